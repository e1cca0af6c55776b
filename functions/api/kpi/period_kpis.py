"""The KPIs of a period of store-days, computed from its buckets."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.closing import ended_windows
from functions.api.kpi.coverage import DataQuality, coverage, overdue_s, visitors_and_exits
from functions.api.kpi.dwell import Dwell, complete_dwell, dwell_so_far, mean_dwell
from functions.api.kpi.enums import DwellMethod
from functions.api.kpi.hourly_rates import HourlyRate, HourOfDayRate, find_peak_hour, hourly_rates
from functions.api.kpi.occupancy import (
    OccupancySegment,
    Reset,
    average_occupancy,
    occupancy_curve,
    peak_occupancy,
    person_seconds,
    unmatched_exits,
)
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window


@dataclass(frozen=True, slots=True)
class StoreDayBuckets:
    """The buckets of a store-day, or of the first part of it.

    Attributes:
        day: the store-day.
        buckets: its buckets in order.
        resets: the resets of the occupancy by hand within them.
        is_whole: whether the buckets reach the end of the store-day.
        after_closing: the windows of the store-day from each closing to the next opening.
    """

    day: date
    buckets: tuple[ObservedBucket, ...]
    resets: tuple[Reset, ...]
    is_whole: bool
    after_closing: tuple[Window, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether the day is over and everything has arrived. Only then its occupancy is reconciled."""
        return self.is_whole and not any(bucket.is_pending for bucket in self.buckets)

    @property
    def ended(self) -> tuple[Window, ...]:
        """The windows after closing in which the occupancy has ended."""
        return ended_windows(self.buckets, (reset.at for reset in self.resets), self.after_closing)

    @property
    def all_resets(self) -> tuple[Reset, ...]:
        """The resets by hand, and a reset to 0 at each end of the occupancy."""
        return (*self.resets, *(Reset(window.start, 0) for window in self.ended))

    @property
    def is_empty(self) -> bool:
        """Whether the occupancy has ended: the day is over, or everybody counts as gone after closing."""
        ended = self.ended
        return self.is_whole or (bool(ended) and ended[-1].end == self.buckets[-1].end)

    @property
    def residual(self) -> int | None:
        """IN - OUT of the day: people who were not seen leaving, negative when entries were missed.

        None while people are inside, and where nothing is known.
        """
        visitors, exits = visitors_and_exits(self.buckets)
        return visitors - exits if self.is_empty and visitors is not None and exits is not None else None


@dataclass(frozen=True, slots=True)
class PeriodKpis:
    """The KPIs of a period. A number is None where nothing is known.

    Attributes:
        visitors: IN crossings.
        exits: OUT crossings.
        balance: exits / visitors.
        unmatched_exits: OUT crossings of people who were not counted inside.
        residual: people who were not seen leaving until the end of each day; negative when entries were missed.
        dwell: the mean time inside.
        occupancy_average: the time-average of the occupancy, people.
        occupancy_peak: the highest occupancy, people.
        peak_hour: the hour of the day with the most visitors per observed hour.
        hourly_rates: the rates by (weekday, hour), Monday is 1.
        quality: how completely the period was observed.
        segments: the occupancy curve.
    """

    visitors: int | None
    exits: int | None
    balance: float | None
    unmatched_exits: int | None
    residual: int | None
    dwell: Dwell
    occupancy_average: float | None
    occupancy_peak: float | None
    peak_hour: HourOfDayRate | None
    hourly_rates: Mapping[tuple[int, int], HourlyRate]
    quality: DataQuality
    segments: tuple[OccupancySegment, ...]


def compute_period_kpis(days: Sequence[StoreDayBuckets], clock: StoreClock, now: datetime) -> PeriodKpis:
    """Compute the KPIs of store-days.

    Dwell and balance are those of the complete days with visitors. When there are none, they are those of the day in
    progress.

    Args:
        days: the store-days in order.
        clock: the clock of the store.
        now: the current time.
    """
    curves = [(day, occupancy_curve(day.buckets, day.all_resets, reconcile=day.is_complete)) for day in days]
    segments = tuple(segment for _, curve in curves for segment in curve)
    buckets = [bucket for day in days for bucket in day.buckets]
    visitors, exits = visitors_and_exits(buckets)
    rates = settled_hourly_rates(days, clock)
    complete = [day for day in days if day.is_complete and any(bucket.ins for bucket in day.buckets)]
    return PeriodKpis(
        visitors=visitors,
        exits=exits,
        balance=_balance([bucket for day in complete for bucket in day.buckets] or buckets),
        unmatched_exits=unmatched_exits(segments) if visitors is not None else None,
        residual=sum_of_residuals(days),
        dwell=_dwell(complete, segments),
        occupancy_average=average_occupancy(segments),
        occupancy_peak=peak_occupancy(segments) if visitors is not None else None,
        peak_hour=find_peak_hour(rates),
        hourly_rates=rates,
        quality=DataQuality(coverage(buckets), overdue_s(buckets, now)),
        segments=segments,
    )


def settled_hourly_rates(days: Sequence[StoreDayBuckets], clock: StoreClock) -> dict[tuple[int, int], HourlyRate]:
    """Return the rate of every hour of the week with observed open time, of hours that are over and delivered."""
    return hourly_rates(_settled_hours(days, clock), clock)


def _settled_hours(days: Sequence[StoreDayBuckets], clock: StoreClock) -> list[ObservedBucket]:
    """Return the buckets of the wall-clock hours that are over and delivered.

    The rate of an hour in progress would be an extrapolation of the visitors that its bar shows.
    """
    unsettled = set()
    for day in days:
        unsettled |= {_hour(bucket.start, clock) for bucket in day.buckets if bucket.is_pending and bucket.open_s}
        if day.buckets and not day.is_whole and not _is_full_hour(clock.local(day.buckets[-1].end)):
            unsettled.add(_hour(day.buckets[-1].start, clock))
    buckets = [bucket for day in days for bucket in day.buckets]
    return [bucket for bucket in buckets if _hour(bucket.start, clock) not in unsettled] if unsettled else buckets


def sum_of_residuals(days: Iterable[StoreDayBuckets]) -> int | None:
    """Return the sum of the residuals of the days that have one; None when there is none."""
    residuals = [residual for day in days if (residual := day.residual) is not None]
    return sum(residuals) if residuals else None


def _hour(at: datetime, clock: StoreClock) -> tuple[date, int, int]:
    """Return the wall-clock hour; of an hour that occurs twice, which of the two."""
    local = clock.local(at)
    return local.date(), local.hour, local.fold


def _is_full_hour(local: datetime) -> bool:
    return not (local.minute or local.second or local.microsecond)


def _balance(buckets: Sequence[ObservedBucket]) -> float | None:
    visitors, exits = visitors_and_exits(buckets)
    return exits / visitors if visitors and exits is not None else None


def _dwell(complete: Sequence[StoreDayBuckets], segments: Sequence[OccupancySegment]) -> Dwell:
    if complete:
        days = ((sum(bucket.ins for bucket in day.buckets), complete_dwell(day.buckets)) for day in complete)
        return Dwell(mean_dwell(days), DwellMethod.COMPLETE)
    visitors = sum(segment.bucket.ins for segment in segments)
    return Dwell(dwell_so_far(person_seconds(segments), visitors), DwellMethod.SO_FAR)
