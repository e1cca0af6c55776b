"""The KPIs of a calendar period of several stores, from their store-days, beside an earlier period."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from functions.api.kpi.day_kpis import StoreDay
from functions.api.kpi.enums import CompareMode, MatchMode, Period
from functions.api.kpi.period_kpis import PeriodKpis, compute_period_kpis
from functions.api.kpi.periods import ComparedPeriod, StoreDays, compared_period
from functions.api.kpi.store_day import StoreDayBuckets, compute_day_kpis
from functions.api.repositories.counting_periods import StoreCountingPeriods, list_counting_periods
from functions.api.schemas.stores import StoreComparison, StorePeriod
from functions.api.services.comparison import RequestedComparison, compare_kpi, get_baseline, join_counterparts
from functions.api.services.line_changes import CountedWindows, have_lines_changed
from functions.api.services.request_window import RequestedPeriod, resolve_period
from functions.api.services.store_days import StoreDaysQuery, get_store_days
from functions.api.services.store_settings import StoreSettings
from functions.common.database import Connection
from functions.common.field_errors import FieldErrorType
from functions.common.problems import Invalid, field_error
from functions.common.tenancy import ReadableStore

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RequestedStorePeriods:
    """The period of a list of stores.

    Attributes:
        period: the period.
        comparison: what it is compared with.
    """

    period: RequestedPeriod
    comparison: RequestedComparison


@dataclass(frozen=True, slots=True)
class StoreSoFar:
    """A store and its store-day in progress.

    Attributes:
        store: the store.
        settings: its settings.
        today: the buckets of the store-day so far; without any when it begins now.
    """

    store: ReadableStore
    settings: StoreSettings
    today: StoreDayBuckets


@dataclass(frozen=True, slots=True)
class _PeriodSoFar:
    """The days of a period of a store so far, and those that they are compared with."""

    of_store: StoreSoFar
    period: StoreDays
    until: datetime
    days: tuple[StoreDay, ...]
    compared: ComparedPeriod | None

    @property
    def kpis(self) -> PeriodKpis:
        """The KPIs of the days."""
        return compute_period_kpis([of_day.kpis for of_day in self.days])

    @property
    def counterparts(self) -> list[date]:
        """The earlier days of the days so far."""
        others = self.compared.counterparts if self.compared else {}
        return [others[of_day.kpis.day] for of_day in self.days if of_day.kpis.day in others]


def resolve_stores_period(
    period: Period | None, day: date | None, compare: CompareMode, match: MatchMode
) -> RequestedStorePeriods | None:
    """Return the period that the parameters of a list of stores name; None without one.

    Raises:
        Invalid: a comparison is requested without a period.
    """
    if period is not None:
        return RequestedStorePeriods(RequestedPeriod(period, day), RequestedComparison(compare, match))
    if compare is not CompareMode.NONE:
        message = "Send `period` too: it is what is compared."
        raise Invalid([field_error(["query", "compare"], FieldErrorType.NEEDS_PERIOD, message)])
    return None


def get_store_periods(
    connection: Connection, stores: Sequence[StoreSoFar], now: datetime, requested: RequestedStorePeriods
) -> list[StorePeriod]:
    """Return the KPIs of each store in the requested period, up to now.

    Args:
        connection: the connection of the request.
        stores: the stores, each with its store-day in progress.
        now: the current time.
        requested: the period, and what it is compared with.

    Raises:
        Invalid: the day is in the future in the zone of a store, or before 2000.
    """
    periods = [resolve_period(requested.period, each.today.day, each.store.first_weekday)[0] for each in stores]
    queries = [
        StoreDaysQuery(of_store.store, of_store.settings, days.first, min(days.last, of_store.today.day - _DAY))
        for of_store, days in zip(stores, periods, strict=True)
    ]
    found = get_store_days(connection, queries, now)
    so_far = [
        _period_so_far(of_store, period, past, now, requested.comparison)
        for of_store, period, past in zip(stores, periods, found, strict=True)
    ]
    comparisons = _compare(connection, so_far, now, requested.comparison)
    return [_store_period(each, comparison) for each, comparison in zip(so_far, comparisons, strict=True)]


def _period_so_far(
    of_store: StoreSoFar, period: StoreDays, past: Sequence[StoreDay], now: datetime, comparison: RequestedComparison
) -> _PeriodSoFar:
    clock, today = of_store.settings.clock, of_store.today
    days = [*past]
    if today.buckets and period.first <= today.day <= period.last:
        days.append(StoreDay(compute_day_kpis(today, now), None))
    until = period.window(clock).until(now).end
    compared = compared_period(clock, period, comparison.mode, comparison.match, until)
    return _PeriodSoFar(of_store, period, until, tuple(days), compared)


def _compare(
    connection: Connection, periods: Sequence[_PeriodSoFar], now: datetime, comparison: RequestedComparison
) -> list[StoreComparison | None]:
    """Return the comparison of each period; None where nothing is compared."""
    asked = [(each, each.compared) for each in periods if each.compared is not None]
    lines_changed = _have_lines_changed(connection, asked, now)
    counterparts = _list_counterparts(connection, asked, now)
    answers: dict[int, StoreComparison] = {}
    for (each, compared), others, line_changed in zip(asked, counterparts, lines_changed, strict=True):
        clock = each.of_store.settings.clock
        baseline = get_baseline(each.days, others, compared, each.of_store.settings)
        answers[id(each)] = StoreComparison(
            mode=comparison.mode,
            match=comparison.match,
            date=compared.day,
            start=clock.local(compared.window.start),
            end=clock.local(compared.until),
            days=baseline.comparable.days,
            days_left_out=baseline.days_left_out,
            visitors=compare_kpi(each.kpis, baseline, lambda of: of.visitors, line_changed=line_changed),
        )
    return [answers.get(id(each)) for each in periods]


def _list_counterparts(
    connection: Connection, asked: Sequence[tuple[_PeriodSoFar, ComparedPeriod]], now: datetime
) -> list[tuple[StoreDay, ...]]:
    """Return for each period the earlier days of its days so far; that of the day in progress up to the same time."""
    queries: list[StoreDaysQuery] = []
    whole: list[int | None] = []
    cut: list[int | None] = []
    for each, compared in asked:
        of_store = each.of_store
        today = None if compared.cut is None else compared.counterparts[of_store.today.day]
        others = [other for other in each.counterparts if other != today]
        whole.append(len(queries) if others else None)
        if others:
            queries.append(StoreDaysQuery(of_store.store, of_store.settings, min(others), max(others)))
        cut.append(len(queries) if today is not None else None)
        if today is not None:
            queries.append(StoreDaysQuery(of_store.store, of_store.settings, today, today, until=compared.cut))
    found = get_store_days(connection, queries, now)
    answers = []
    for (each, compared), of_whole, of_cut in zip(asked, whole, cut, strict=True):
        earlier: Mapping[date, StoreDay] = (
            {} if of_whole is None else {of_day.kpis.day: of_day for of_day in found[of_whole]}
        )
        until_cut = None if of_cut is None else found[of_cut]
        answers.append(join_counterparts(each.days, compared, earlier, until_cut, each.of_store.today.day))
    return answers


def _have_lines_changed(
    connection: Connection, asked: Sequence[tuple[_PeriodSoFar, ComparedPeriod]], now: datetime
) -> list[bool]:
    windows = [
        (
            each.of_store,
            (each.period.window(each.of_store.settings.clock).until(each.until), compared.window.until(compared.until)),
        )
        for each, compared in asked
    ]
    counting = list_counting_periods(
        connection, [(of_store.store, window) for of_store, both in windows for window in both], now
    )
    return have_lines_changed(
        connection,
        [
            CountedWindows(
                of_store.store, of_store.settings, counting.get(of_store.store.id, StoreCountingPeriods()), both
            )
            for of_store, both in windows
        ],
    )


def _store_period(each: _PeriodSoFar, comparison: StoreComparison | None) -> StorePeriod:
    clock, period, kpis = each.of_store.settings.clock, each.period, each.kpis
    return StorePeriod(
        period=period.period,
        start=clock.local(clock.start_of(period.first)),
        end=clock.local(clock.day_window(period.last).end),
        until=clock.local(each.until),
        visitors=kpis.visitors,
        exits=kpis.exits,
        dwell_s=kpis.dwell.seconds,
        occupancy_average=kpis.occupancy_average,
        balance=kpis.balance,
        coverage=kpis.quality.coverage,
        compare=comparison,
    )
