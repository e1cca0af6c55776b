"""The dashboard of a day, a week or a month of a store."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from functions.api.kpi.buckets import buckets_within
from functions.api.kpi.change import compare_values
from functions.api.kpi.coverage import bucket_note, bucket_state, coverage, visitors_and_exits
from functions.api.kpi.enums import CompareMode, Note, Period
from functions.api.kpi.line_changes import is_line_changed
from functions.api.kpi.occupancy import OccupancySegment, average_occupancy, segments_within, unmatched_exits
from functions.api.kpi.period_kpis import PeriodKpis, StoreDayBuckets, compute_period_kpis, sum_of_residuals
from functions.api.kpi.periods import ComparedPeriod, compared_period, period_days, period_window
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window
from functions.api.repositories.counting_periods import list_cameras
from functions.api.schemas.dashboard import (
    Bucket,
    Comparison,
    Dashboard,
    DashboardWindow,
    HeatmapCell,
    Kpi,
    Kpis,
    PeakHour,
)
from functions.api.schemas.types import StoreId
from functions.api.services.footfall_query import FootfallQuery, FootfallResult, query_footfall
from functions.api.services.request_window import resolve_day
from functions.api.services.store_health import get_data_complete_until
from functions.api.services.store_settings import parse_store_settings
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class Baseline:
    """The compared period.

    Attributes:
        period: the period and the end of the comparison.
        footfall: the footfall of the whole period.
        kpis: its KPIs up to the end of the comparison.
        line_changed: whether a camera counted with more than one line in the two periods.
    """

    period: ComparedPeriod
    footfall: FootfallResult
    kpis: PeriodKpis
    line_changed: bool


def get_dashboard(
    connection: Connection, store: ReadableStore, now: datetime, *, period: Period, day: date | None, mode: CompareMode
) -> Dashboard:
    """Return the KPIs of a period beside those of the compared one, its buckets and its heatmap.

    Args:
        connection: the connection of the request.
        store: the store.
        now: the current time.
        period: the kind of period.
        day: any store-day of the period; None for today.
        mode: what to compare with.

    Raises:
        Invalid: the day is in the future, or before 2000.
    """
    settings = parse_store_settings(store)
    clock = settings.clock
    day = resolve_day(day, clock.date_of(now))
    window = period_window(clock, period, day)
    until = window.until(now).end
    last_day = min(period_days(period, day)[-1], clock.date_of(now))
    compared = compared_period(clock, period, day, mode, until)
    queries = [FootfallQuery(store, settings, window, (until,))]
    queries += [FootfallQuery(store, settings, compared.window, (compared.until,))] if compared else []
    complete_until = get_data_complete_until(list_cameras(connection, [store]), clock, now)
    footfall, *others = query_footfall(connection, queries, now)
    days = footfall.store_days(until)
    kpis = compute_period_kpis(days, clock, now)
    used_lines = footfall.used_lines(until)
    baseline = None
    if compared:
        baseline_kpis = compute_period_kpis(others[0].store_days(compared.until), clock, now)
        line_changed = is_line_changed(used_lines, others[0].used_lines(compared.until))
        baseline = Baseline(compared, others[0], baseline_kpis, line_changed)
    return Dashboard(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=clock.zone_on(last_day).key,
        as_of=clock.local(now),
        capacity=settings.capacity_on(last_day),
        period=period,
        date=day,
        window=DashboardWindow(
            start=clock.local(window.start),
            end=clock.local(window.end),
            until=clock.local(until),
            in_progress=window.start <= now < window.end,
        ),
        compare=_comparison(mode, baseline, clock),
        data_complete_until=complete_until,
        coverage=kpis.quality.coverage,
        kpis=_kpis(
            kpis,
            baseline.kpis if baseline else None,
            line_changed=baseline.line_changed if baseline else is_line_changed(used_lines),
        ),
        dwell_method=kpis.dwell.method,
        buckets=_buckets(period, day, footfall, days=days, segments=kpis.segments, baseline=baseline),
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


def _comparison(mode: CompareMode, baseline: Baseline | None, clock: StoreClock) -> Comparison | None:
    if baseline is None:
        return None
    return Comparison(
        mode=mode,
        date=baseline.period.day,
        start=clock.local(baseline.period.window.start),
        end=clock.local(baseline.period.until),
        note=Note.LINE_CHANGED if baseline.line_changed else None,
    )


def _kpis(kpis: PeriodKpis, baseline: PeriodKpis | None, *, line_changed: bool) -> Kpis:
    baseline_quality = baseline.quality if baseline else None

    def kpi(value: float | None, baseline_value: float | None, missing: Note = Note.NOT_OBSERVED) -> Kpi:
        missing = Note.NOT_OBSERVED if kpis.visitors is None else missing
        compared = compare_values(
            value, kpis.quality, baseline_value, baseline_quality, missing, line_changed=line_changed
        )
        return Kpi(value=compared.value, baseline=compared.baseline, change=compared.change, note=compared.note)

    no_dwell = Note.NO_EXITS if kpis.visitors else Note.NO_VISITORS
    same_method = baseline is not None and baseline.dwell.method is kpis.dwell.method
    peak_hour = kpis.peak_hour
    baseline_peak_hour = baseline.peak_hour if baseline else None
    return Kpis(
        visitors=kpi(kpis.visitors, baseline.visitors if baseline else None),
        exits=kpi(kpis.exits, baseline.exits if baseline else None),
        dwell_s=kpi(kpis.dwell.seconds, baseline.dwell.seconds if baseline and same_method else None, no_dwell),
        occupancy_average=kpi(kpis.occupancy_average, baseline.occupancy_average if baseline else None),
        occupancy_peak=kpi(kpis.occupancy_peak, baseline.occupancy_peak if baseline else None),
        balance=kpi(kpis.balance, baseline.balance if baseline else None, Note.NO_VISITORS),
        unmatched_exits=kpi(kpis.unmatched_exits, baseline.unmatched_exits if baseline else None),
        residual=kpi(kpis.residual, baseline.residual if baseline else None, Note.PENDING),
        peak_hour=PeakHour(
            hour=peak_hour.hour if peak_hour else None,
            visitors_per_hour=peak_hour.visitors_per_hour if peak_hour else None,
            baseline_hour=baseline_peak_hour.hour if baseline_peak_hour else None,
            baseline_visitors_per_hour=baseline_peak_hour.visitors_per_hour if baseline_peak_hour else None,
        ),
    )


def _buckets(
    period: Period,
    day: date,
    footfall: FootfallResult,
    *,
    days: Sequence[StoreDayBuckets],
    segments: Sequence[OccupancySegment],
    baseline: Baseline | None,
) -> list[Bucket]:
    """Return the buckets of a period, each with the visitors of its counterpart in the compared period.

    The buckets of the compared period are whole, also where the comparison ends within one.
    """
    clock = footfall.query.settings.clock
    baseline_visitors: dict[Hashable, int | None] = {}
    if baseline:
        for key, window in _bucket_windows(period, clock, baseline.period.day).items():
            baseline_visitors[key], _ = visitors_and_exits(buckets_within(baseline.footfall.buckets, window))
    return [
        _bucket(
            footfall,
            window,
            [day for day in days if period is not Period.DAY and day.buckets[0].start in window],
            segments_within(segments, window),
            baseline_visitors.get(key),
        )
        for key, window in _bucket_windows(period, clock, day).items()
    ]


def _bucket_windows(period: Period, clock: StoreClock, day: date) -> dict[Hashable, Window]:
    """Return the windows of the buckets of a period, in order.

    The buckets of two periods correspond when their keys are equal: (hour of the wall clock, 1 when it occurs for the
    second time or else 0), weekday, or day of the month.
    """
    if period is Period.DAY:
        windows: dict[Hashable, Window] = {}
        times_seen: Counter[int] = Counter()
        for window in clock.split_hours(clock.day_window(day)):
            hour = clock.local(window.start).hour
            windows[hour, times_seen[hour]] = window
            times_seen[hour] += 1
        return windows
    days = period_days(period, day)
    return {d.weekday() if period is Period.WEEK else d.day: clock.day_window(d) for d in days}


def _bucket(
    footfall: FootfallResult,
    window: Window,
    days: Sequence[StoreDayBuckets],
    segments: Sequence[OccupancySegment],
    baseline_visitors: int | None,
) -> Bucket:
    clock = footfall.query.settings.clock
    buckets = buckets_within(footfall.buckets, window)
    visitors, exits = visitors_and_exits(buckets)
    is_known = visitors is not None
    return Bucket(
        start=clock.local(window.start),
        end=clock.local(window.end),
        visitors=visitors,
        exits=exits,
        unmatched_exits=unmatched_exits(segments) if is_known else None,
        residual=sum_of_residuals(days),
        occupancy_average=average_occupancy(segments),
        occupancy_end=segments[-1].at_end if segments and is_known else None,
        state=bucket_state(buckets),
        coverage=coverage(buckets),
        note=bucket_note(buckets),
        baseline_visitors=baseline_visitors,
    )
