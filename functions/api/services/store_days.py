"""The KPIs of store-days: stored by a job, read where they are stored and valid, otherwise computed from the counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from functions.api.kpi.day_kpis import DayKpis, HourlyRates, compute_day_kpis, compute_hourly_rates, unobserved_day
from functions.api.kpi.window import Window
from functions.api.repositories.counting_periods import StoreCountingPeriods, list_counting_periods
from functions.api.repositories.store_days import read_data_versions, read_store_days, write_store_days
from functions.api.services.footfall_query import FootfallQuery, query_footfall
from functions.api.services.store_settings import StoreSettings
from functions.common.database import Connection
from functions.common.limits import LATE_AFTER
from functions.common.tenancy import ReadableStore

COMPUTED_AFTER = LATE_AFTER + timedelta(minutes=5)
"""A store-day is stored when it has been over for this long: later data is noted as late, and makes the row invalid."""

MAX_HISTORY = timedelta(days=800)
"""Older store-days are not stored: a year, and the year before it, are read at most."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class StoreDaysQuery:
    """A query for the store-days of a store.

    Attributes:
        store: the store.
        settings: its settings.
        first: the first store-day.
        last: the last store-day.
        until: a time within the last store-day at which the query ends; None for the end of the day.
    """

    store: ReadableStore
    settings: StoreSettings
    first: date
    last: date
    until: datetime | None = None

    def end(self, now: datetime) -> datetime:
        """Return the end of what is asked for."""
        return now if self.until is None else min(now, self.until)

    def windows(self, now: datetime) -> dict[date, Window]:
        """Return the windows of the store-days that have begun and are not empty."""
        clock = self.settings.clock
        last = min(self.last, clock.date_of(now))
        days = (self.first + n * _DAY for n in range((last - self.first).days + 1))
        windows = {day: clock.day_window(day) for day in days}
        return {day: window for day, window in windows.items() if window.seconds and window.start < now}


@dataclass(frozen=True, slots=True)
class StoreDay:
    """The KPIs of a store-day, up to now when it is in progress.

    Attributes:
        kpis: the KPIs.
        hourly_rates: the rates by (weekday, hour); None when they were not asked for.
    """

    kpis: DayKpis
    hourly_rates: HourlyRates | None


def get_store_days(
    connection: Connection, queries: Sequence[StoreDaysQuery], now: datetime, *, with_hourly_rates: bool = False
) -> list[list[StoreDay]]:
    """Return for each query its store-days in order, those that have begun.

    Args:
        connection: the connection of the request; its statements should see one snapshot.
        queries: the queries.
        now: the current time.
        with_hourly_rates: whether the hourly rates are needed.
    """
    stored = read_store_days(
        connection, [(query.store, query.first, query.last) for query in queries], with_hourly_rates=with_hourly_rates
    )
    found: list[dict[date, StoreDay]] = []
    not_stored: list[dict[date, Window]] = []
    for query, of_query in zip(queries, stored, strict=True):
        end, windows = query.end(now), query.windows(now)
        valid = {day: row for day, row in of_query.items() if windows.get(day) == row.window and row.window.end <= end}
        found.append({day: StoreDay(row.kpis, row.hourly_rates) for day, row in valid.items()})
        not_stored.append({day: window for day, window in windows.items() if day not in valid})
    unobserved = _unobserved_days(connection, queries, not_stored, now)
    missing: list[tuple[int, FootfallQuery]] = []
    for index, query in enumerate(queries):
        found[index] |= unobserved[index]
        split_at = () if query.until is None else (query.until,)
        missing += [
            (index, FootfallQuery(query.store, query.settings, window, split_at))
            for window in _adjoining([w for day, w in not_stored[index].items() if day not in unobserved[index]])
        ]
    results = query_footfall(connection, [footfall_query for _, footfall_query in missing], now)
    for (index, footfall_query), result in zip(missing, results, strict=True):
        clock = footfall_query.settings.clock
        for day in result.store_days(min(queries[index].end(now), footfall_query.window.end)):
            rates = compute_hourly_rates(day, clock) if with_hourly_rates else None
            found[index][day.day] = StoreDay(compute_day_kpis(day, now), rates)
    return [[days[day] for day in sorted(days)] for days in found]


def _unobserved_days(
    connection: Connection,
    queries: Sequence[StoreDaysQuery],
    not_stored: Sequence[Mapping[date, Window]],
    now: datetime,
) -> list[dict[date, StoreDay]]:
    """Return the days that were over before a camera counted for the store. They are not stored, and need no counts."""
    over = [
        {day: window for day, window in days.items() if window.end <= query.end(now)}
        for query, days in zip(queries, not_stored, strict=True)
    ]
    asked = [
        (query.store, Window(next(iter(windows.values())).start, now))
        for query, windows in zip(queries, over, strict=True)
        if windows
    ]
    counting = list_counting_periods(connection, asked, now)
    found: list[dict[date, StoreDay]] = []
    for query, windows in zip(queries, over, strict=True):
        periods = counting.get(query.store.id, StoreCountingPeriods()).periods
        counted_from = min((period.counts_from for period in periods), default=now)
        before = {day: window for day, window in windows.items() if window.end <= counted_from}
        open_s = {
            day: sum(each.seconds for each in query.settings.opening_hours.open_windows(window))
            for day, window in before.items()
        }
        found.append({day: StoreDay(unobserved_day(day, open_s[day]), {}) for day in before})
    return found


def list_missing_days(
    connection: Connection, store: ReadableStore, settings: StoreSettings, now: datetime
) -> list[date]:
    """Return the store-days that are over and not stored, in order: from the first that was counted on."""
    clock = settings.clock
    over_at = now - COMPUTED_AFTER
    counting = list_counting_periods(connection, [(store, Window(now - MAX_HISTORY, now))], now).get(store.id)
    if counting is None:
        return []
    counted_from = max(now - MAX_HISTORY, min(period.counts_from for period in counting.periods))
    query = StoreDaysQuery(store, settings, clock.date_of(counted_from), clock.date_of(over_at) - _DAY)
    (stored,) = read_store_days(connection, [(store, query.first, query.last)], with_hourly_rates=False)
    return [day for day, window in query.windows(now).items() if day not in stored or stored[day].window != window]


def compute_store_days(
    connection: Connection, store: ReadableStore, settings: StoreSettings, days: Sequence[date], now: datetime
) -> int:
    """Compute and store the KPIs of those of the days that are delivered, and return their number.

    Args:
        connection: a connection with the isolation level REPEATABLE READ: the numbers and the version of their data are
            read in one snapshot.
        store: the store.
        settings: its settings.
        days: store-days that are over, in order.
        now: the current time.
    """
    clock = settings.clock
    windows = {day: clock.day_window(day) for day in days}
    versions = dict(zip(days, read_data_versions(connection, store, list(windows.values())), strict=True))
    spans = _adjoining(list(windows.values()))
    results = query_footfall(connection, [FootfallQuery(store, settings, span) for span in spans], now)
    complete = [
        (windows[day.day], compute_day_kpis(day, now), compute_hourly_rates(day, clock), versions[day.day])
        for result in results
        for day in result.store_days(result.query.window.end)
        if day.is_complete
    ]
    write_store_days(connection, store, complete)
    return len(complete)


def _adjoining(windows: Sequence[Window]) -> list[Window]:
    """Return the windows, given in order, with those that adjoin as one."""
    spans: list[Window] = []
    for window in windows:
        if spans and spans[-1].end == window.start:
            spans[-1] = Window(spans[-1].start, window.end)
        else:
            spans.append(window)
    return spans
