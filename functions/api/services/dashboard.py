"""The dashboard of a period of a store."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from functions.api.kpi.change import ObservedValue, compare_values
from functions.api.kpi.enums import CompareMode, MatchMode, Note
from functions.api.kpi.line_changes import is_line_changed
from functions.api.kpi.period_kpis import PeriodKpis, StoreDayBuckets, compute_period_kpis
from functions.api.kpi.periods import ComparedPeriod, compared_period
from functions.api.kpi.store_clock import StoreClock
from functions.api.repositories.counting_periods import list_cameras
from functions.api.schemas.dashboard import Comparison, Dashboard, DashboardWindow, HeatmapCell, Kpi, Kpis, PeakHour
from functions.api.schemas.types import StoreId
from functions.api.services.dashboard_buckets import build_buckets
from functions.api.services.footfall_query import FootfallQuery, FootfallResult, query_footfall
from functions.api.services.request_window import RequestedPeriod, resolve_period
from functions.api.services.store_health import get_data_complete_until
from functions.api.services.store_settings import parse_store_settings
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class RequestedComparison:
    """What a dashboard is compared with.

    Attributes:
        mode: the compared period.
        match: how the days of the two periods are matched.
    """

    mode: CompareMode
    match: MatchMode


@dataclass(frozen=True, slots=True)
class Baseline:
    """The compared days.

    Attributes:
        period: the earlier days and the end of the comparison.
        footfall: their footfall.
        comparable: the KPIs of the days of the period that have a counterpart.
        kpis: the KPIs of the counterparts.
        line_changed: whether a camera counted with more than one line in the two periods.
    """

    period: ComparedPeriod
    footfall: FootfallResult
    comparable: PeriodKpis
    kpis: PeriodKpis
    line_changed: bool


def get_dashboard(
    connection: Connection,
    store: ReadableStore,
    now: datetime,
    requested: RequestedPeriod,
    comparison: RequestedComparison,
) -> Dashboard:
    """Return the KPIs of a period beside those of the compared one, its buckets and its heatmap.

    Args:
        connection: the connection of the request.
        store: the store.
        now: the current time.
        requested: the period.
        comparison: what to compare it with.

    Raises:
        Invalid: the period is in the future, before 2000 or too long, or its parameters contradict each other.
    """
    settings = parse_store_settings(store)
    clock = settings.clock
    today = clock.date_of(now)
    period, day = resolve_period(requested, today)
    window = period.window(clock)
    until = window.until(now).end
    last_day = min(period.last, today)
    compared = compared_period(clock, period, comparison.mode, comparison.match, until)
    queries = [FootfallQuery(store, settings, window, (until,))]
    if compared:
        split_at = () if compared.cut is None else (compared.cut,)
        queries.append(FootfallQuery(store, settings, compared.window, split_at))
    complete_until = get_data_complete_until(list_cameras(connection, [store]), clock, now)
    footfall, *others = query_footfall(connection, queries, now)
    days = footfall.store_days(until)
    kpis = compute_period_kpis(days, clock, now)
    used_lines = footfall.used_lines(until)
    baseline = None
    if compared:
        line_changed = is_line_changed(used_lines, others[0].used_lines(compared.until))
        baseline = _baseline(compared, others[0], days, kpis, now, line_changed=line_changed)
    return Dashboard(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=clock.zone_on(last_day).key,
        as_of=clock.local(now),
        capacity=settings.capacity_on(last_day),
        period=period.period,
        interval=period.interval,
        date=day,
        window=DashboardWindow(
            start=clock.local(window.start),
            end=clock.local(window.end),
            until=clock.local(until),
            in_progress=window.start <= now < window.end,
        ),
        compare=_comparison(comparison, baseline, clock),
        data_complete_until=complete_until,
        coverage=kpis.quality.coverage,
        kpis=_kpis(kpis, baseline, line_changed=baseline.line_changed if baseline else is_line_changed(used_lines)),
        dwell_method=kpis.dwell.method,
        buckets=build_buckets(
            period, footfall, days, kpis.segments, (baseline.period, baseline.footfall) if baseline else None
        ),
        heatmap=[
            HeatmapCell(
                weekday=weekday,
                hour=hour,
                visitors_per_hour=rate.visitors_per_hour,
                observed_hours=rate.observed_hours,
            )
            for (weekday, hour), rate in kpis.hourly_rates.items()
        ],
        provenance=footfall.provenance,
    )


def _baseline(
    period: ComparedPeriod,
    footfall: FootfallResult,
    days: Sequence[StoreDayBuckets],
    kpis: PeriodKpis,
    now: datetime,
    *,
    line_changed: bool,
) -> Baseline:
    """Return the KPIs of the days that have a counterpart, and of the counterparts."""
    clock = footfall.query.settings.clock
    comparable = [day for day in days if day.day in period.counterparts]
    counterparts = []
    for day in comparable:
        other = period.counterparts[day.day]
        end = clock.day_window(other).end if day.is_whole or period.cut is None else period.cut
        counterparts.append(footfall.store_day(other, end))
    return Baseline(
        period=period,
        footfall=footfall,
        comparable=kpis if len(comparable) == len(days) else compute_period_kpis(comparable, clock, now),
        kpis=compute_period_kpis(counterparts, clock, now),
        line_changed=line_changed,
    )


def _comparison(requested: RequestedComparison, baseline: Baseline | None, clock: StoreClock) -> Comparison | None:
    if baseline is None:
        return None
    return Comparison(
        mode=requested.mode,
        match=requested.match,
        date=baseline.period.day,
        start=clock.local(baseline.period.window.start),
        end=clock.local(baseline.period.until),
        days=baseline.comparable.days,
        note=Note.LINE_CHANGED if baseline.line_changed else None,
    )


def _kpis(kpis: PeriodKpis, baseline: Baseline | None, *, line_changed: bool) -> Kpis:
    def kpi(number_of: Callable[[PeriodKpis], float | None], missing: Note = Note.NOT_OBSERVED) -> Kpi:
        compared = compare_values(
            ObservedValue(number_of(kpis), kpis.quality),
            ObservedValue(number_of(baseline.comparable), baseline.comparable.quality) if baseline else None,
            ObservedValue(number_of(baseline.kpis), baseline.kpis.quality) if baseline else None,
            Note.NOT_OBSERVED if kpis.visitors is None else missing,
            line_changed=line_changed,
        )
        return Kpi(
            value=compared.value,
            comparable=compared.comparable,
            baseline=compared.baseline,
            change=compared.change,
            note=compared.note,
        )

    def dwell_s(of: PeriodKpis) -> float | None:
        return of.dwell.seconds if of.dwell.method is kpis.dwell.method else None

    peak_hour = kpis.peak_hour
    baseline_peak_hour = baseline.kpis.peak_hour if baseline else None
    return Kpis(
        visitors=kpi(lambda of: of.visitors),
        visitors_per_day=kpi(lambda of: of.visitors_per_day),
        exits=kpi(lambda of: of.exits),
        dwell_s=kpi(dwell_s, Note.NO_EXITS if kpis.visitors else Note.NO_VISITORS),
        occupancy_average=kpi(lambda of: of.occupancy_average),
        occupancy_peak=kpi(lambda of: of.occupancy_peak),
        balance=kpi(lambda of: of.balance, Note.NO_VISITORS),
        unmatched_exits=kpi(lambda of: of.unmatched_exits),
        residual=kpi(lambda of: of.residual, Note.PENDING),
        peak_hour=PeakHour(
            hour=peak_hour.hour if peak_hour else None,
            visitors_per_hour=peak_hour.visitors_per_hour if peak_hour else None,
            baseline_hour=baseline_peak_hour.hour if baseline_peak_hour else None,
            baseline_visitors_per_hour=baseline_peak_hour.visitors_per_hour if baseline_peak_hour else None,
        ),
    )
