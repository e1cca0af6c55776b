"""The KPIs of a period of store-days, computed from its buckets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from functions.api.kpi.buckets import ObservedBucket
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
)
from functions.api.kpi.store_clock import StoreClock


@dataclass(frozen=True, slots=True)
class StoreDayBuckets:
    """The buckets of a store-day, or of the first part of it.

    Attributes:
        day: the store-day.
        buckets: its buckets in order.
        resets: the resets of the occupancy within them.
        is_whole: whether the buckets reach the end of the store-day.
    """

    day: date
    buckets: tuple[ObservedBucket, ...]
    resets: tuple[Reset, ...]
    is_whole: bool

    @property
    def is_complete(self) -> bool:
        """Whether the day is over and everything has arrived. Only then its occupancy is reconciled."""
        return self.is_whole and not any(bucket.is_pending for bucket in self.buckets)


@dataclass(frozen=True, slots=True)
class PeriodKpis:
    """The KPIs of a period. A number is None where nothing is known.

    Attributes:
        visitors: IN crossings.
        exits: OUT crossings.
        balance: exits / visitors.
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
    curves = [(day, occupancy_curve(day.buckets, day.resets, reconcile=day.is_complete)) for day in days]
    segments = tuple(segment for _, curve in curves for segment in curve)
    buckets = [bucket for day in days for bucket in day.buckets]
    visitors, exits = visitors_and_exits(buckets)
    rates = hourly_rates(buckets, clock)
    complete = [day for day in days if day.is_complete and any(bucket.ins for bucket in day.buckets)]
    return PeriodKpis(
        visitors=visitors,
        exits=exits,
        balance=_balance([bucket for day in complete for bucket in day.buckets] or buckets),
        dwell=_dwell(complete, segments),
        occupancy_average=average_occupancy(segments),
        occupancy_peak=peak_occupancy(segments) if visitors is not None else None,
        peak_hour=find_peak_hour(rates),
        hourly_rates=rates,
        quality=DataQuality(coverage(buckets), overdue_s(buckets, now)),
        segments=segments,
    )


def _balance(buckets: Sequence[ObservedBucket]) -> float | None:
    visitors, exits = visitors_and_exits(buckets)
    return exits / visitors if visitors and exits is not None else None


def _dwell(complete: Sequence[StoreDayBuckets], segments: Sequence[OccupancySegment]) -> Dwell:
    if complete:
        days = ((sum(bucket.ins for bucket in day.buckets), complete_dwell(day.buckets)) for day in complete)
        return Dwell(mean_dwell(days), DwellMethod.COMPLETE)
    visitors = sum(segment.bucket.ins for segment in segments)
    return Dwell(dwell_so_far(person_seconds(segments), visitors), DwellMethod.SO_FAR)
