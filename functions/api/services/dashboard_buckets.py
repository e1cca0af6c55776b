"""The buckets of a dashboard: hours of a day, or days, weeks or months, each beside its baseline."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from functions.api.kpi.buckets import buckets_within
from functions.api.kpi.coverage import bucket_note, bucket_state, coverage, visitors_and_exits
from functions.api.kpi.enums import DashboardInterval
from functions.api.kpi.occupancy import OccupancySegment, average_occupancy, segments_within, unmatched_exits
from functions.api.kpi.period_kpis import StoreDayBuckets, sum_of_residuals
from functions.api.kpi.periods import ComparedPeriod, StoreDays, days_window, group_days
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window
from functions.api.schemas.dashboard import Bucket
from functions.api.services.footfall_query import FootfallResult


def build_buckets(
    period: StoreDays,
    footfall: FootfallResult,
    days: Sequence[StoreDayBuckets],
    segments: Sequence[OccupancySegment],
    baseline: tuple[ComparedPeriod, FootfallResult] | None,
) -> list[Bucket]:
    """Return the buckets of a period, each with the visitors of its counterpart in the compared period.

    The counterparts are whole, also where the comparison ends within one.

    Args:
        period: the store-days of the period.
        footfall: their footfall.
        days: the store-days so far.
        segments: the occupancy curve so far.
        baseline: the compared days and their footfall.
    """
    clock = footfall.query.settings.clock
    if period.interval is DashboardInterval.HOUR:
        hours = _hours_of(period.first, clock)
        other = baseline[0].counterparts[period.first] if baseline else None
        other_hours = _hours_of(other, clock) if other else {}
        return [
            _bucket(
                footfall, window, (), segments, _visitors(baseline, [other_hours[key]] if key in other_hours else [])
            )
            for key, window in hours.items()
        ]
    buckets = []
    for dates in group_days(period.dates, period.interval):
        window = days_window(clock, dates[0], dates[-1])
        counterparts = baseline[0].counterparts if baseline else {}
        others = [clock.day_window(counterparts[day]) for day in dates if day in counterparts]
        within = [day for day in days if dates[0] <= day.day <= dates[-1]]
        buckets.append(_bucket(footfall, window, within, segments, _visitors(baseline, others)))
    return buckets


def _hours_of(day: date, clock: StoreClock) -> dict[tuple[int, int], Window]:
    """Return the hours of a store-day in order.

    The hours of two days correspond when their keys are equal: the hour of the wall clock, and 1 when it occurs for the
    second time or else 0.
    """
    windows: dict[tuple[int, int], Window] = {}
    times_seen: Counter[int] = Counter()
    for window in clock.split_hours(clock.day_window(day)):
        hour = clock.local(window.start).hour
        windows[hour, times_seen[hour]] = window
        times_seen[hour] += 1
    return windows


def _visitors(baseline: tuple[ComparedPeriod, FootfallResult] | None, windows: Sequence[Window]) -> int | None:
    """Return the visitors of the compared period in some windows; None where nothing is known."""
    if baseline is None:
        return None
    buckets = [bucket for window in windows for bucket in buckets_within(baseline[1].buckets, window)]
    visitors, _ = visitors_and_exits(buckets)
    return visitors


def _bucket(
    footfall: FootfallResult,
    window: Window,
    days: Sequence[StoreDayBuckets],
    segments: Sequence[OccupancySegment],
    baseline_visitors: int | None,
) -> Bucket:
    clock = footfall.query.settings.clock
    buckets = buckets_within(footfall.buckets, window)
    segments = segments_within(segments, window)
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
