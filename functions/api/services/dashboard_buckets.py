"""The buckets of a dashboard: hours of a day, or days, weeks or months, each beside its baseline."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from functions.api.kpi.buckets import ObservedBucket, buckets_within
from functions.api.kpi.coverage import bucket_note, bucket_state, coverage, visitors_and_exits
from functions.api.kpi.enums import Note
from functions.api.kpi.occupancy import average_occupancy, occupancy_curve, segments_within, unmatched_exits
from functions.api.kpi.period_kpis import compute_period_kpis
from functions.api.kpi.periods import ComparedPeriod, StoreDays, days_window
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window
from functions.api.schemas.dashboard import Bucket
from functions.api.services.annotations import Annotations
from functions.api.services.dashboard_days import DashboardDays
from functions.api.services.store_settings import StoreSettings


def build_buckets(
    period: StoreDays,
    settings: StoreSettings,
    days: DashboardDays,
    compared: ComparedPeriod | None,
    annotations: Annotations,
    *,
    now: datetime,
) -> list[Bucket]:
    """Return the buckets of a period, each with the visitors of its counterpart in the compared period.

    The counterparts are whole, also where the comparison ends within one.

    Args:
        period: the store-days of the period.
        settings: the settings of the store.
        days: the store-days so far and the earlier ones.
        compared: the compared days; None when nothing is compared.
        annotations: what is special about the days of the period.
        now: the current time.
    """
    if days.footfall:
        return _build_hours(period.first, settings.clock, days, compared, annotations, now=now)
    clock = settings.clock
    open_ahead = _open_ahead(period, settings, now)
    counterparts = compared.counterparts if compared else {}
    so_far = {day.kpis.day: day.kpis for day in days.so_far}
    earlier = {day: of_day.kpis for day, of_day in days.earlier.items()}
    buckets = []
    for dates in period.buckets:
        window = days_window(clock, dates[0], dates[-1])
        kpis = compute_period_kpis(
            [so_far[day] for day in dates if day in so_far], is_open_ahead=_is_open(open_ahead, window)
        )
        others = [counterparts[day] for day in dates if day in counterparts]
        baseline = compute_period_kpis(
            [earlier[day] for day in others if day in earlier],
            is_open_ahead=any(_is_open(open_ahead, clock.day_window(day)) for day in others) if open_ahead else False,
        )
        buckets.append(
            Bucket(
                start=clock.local(window.start),
                end=clock.local(window.end),
                visitors=kpis.visitors,
                exits=kpis.exits,
                unmatched_exits=kpis.unmatched_exits,
                residual=kpis.residual,
                occupancy_average=kpis.occupancy_average,
                occupancy_end=kpis.occupancy_end,
                state=kpis.state,
                coverage=kpis.quality.coverage,
                note=Note.LINE_CHANGED if kpis.line_changed else None,
                baseline_visitors=baseline.visitors,
                annotations=annotations.within(window),
            )
        )
    return buckets


def _open_ahead(period: StoreDays, settings: StoreSettings, now: datetime) -> list[Window]:
    """Return the open time of a period from now on."""
    end = settings.clock.day_window(period.last).end
    return settings.opening_hours.open_windows(Window(now, end)) if now < end else []


def _is_open(open_windows: Sequence[Window], window: Window) -> bool:
    return any(each.start < window.end and window.start < each.end for each in open_windows)


def _build_hours(
    day: date,
    clock: StoreClock,
    days: DashboardDays,
    compared: ComparedPeriod | None,
    annotations: Annotations,
    *,
    now: datetime,
) -> list[Bucket]:
    footfall, *others = days.footfall
    of_day = footfall.store_day(day, min(now, footfall.query.window.end))
    segments = occupancy_curve(of_day.buckets, of_day.all_resets, reconcile=of_day.is_complete)
    other_day = compared.counterparts[day] if compared else None
    other_hours = _hours_of(other_day, clock) if other_day else {}
    hours = []
    for key, window in _hours_of(day, clock).items():
        buckets = buckets_within(footfall.buckets, window)
        within = segments_within(segments, window)
        visitors, exits = visitors_and_exits(buckets)
        is_known = visitors is not None
        other: Sequence[ObservedBucket] = ()
        if key in other_hours:
            other = buckets_within(others[0].buckets, other_hours[key])
        hours.append(
            Bucket(
                start=clock.local(window.start),
                end=clock.local(window.end),
                visitors=visitors,
                exits=exits,
                unmatched_exits=unmatched_exits(within) if is_known else None,
                residual=None,
                occupancy_average=average_occupancy(within),
                occupancy_end=within[-1].at_end if within and is_known else None,
                state=bucket_state(buckets),
                coverage=coverage(buckets),
                note=bucket_note(buckets),
                baseline_visitors=visitors_and_exits(other)[0],
                annotations=annotations.within(window),
            )
        )
    return hours


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
