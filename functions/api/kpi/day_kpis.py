"""The KPIs of one store-day, in a form from which those of a period are computed without its buckets."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from functions.api.kpi.coverage import DataQuality, bucket_state, overdue_s
from functions.api.kpi.dwell import Dwell, complete_dwell, dwell_so_far, mean_dwell
from functions.api.kpi.enums import BucketState, DwellMethod
from functions.api.kpi.hourly_rates import HourlyRate, HourOfDayRate, find_peak_hour
from functions.api.kpi.occupancy import occupancy_curve, peak_occupancy, person_seconds, unmatched_exits
from functions.api.kpi.period_kpis import StoreDayBuckets, settled_hourly_rates
from functions.api.kpi.store_clock import StoreClock

FORMULA_VERSION = 1
"""The version of the formulas behind `DayKpis`. A change of any of them, or of the fields, needs the next number."""

HourlyRates = Mapping[tuple[int, int], HourlyRate]
"""The rates by (weekday, hour) of the wall clock; Monday is 1."""


@dataclass(frozen=True, slots=True)
class DayKpis:
    """The KPIs of a store-day, or of its first part.

    Attributes:
        day: the store-day.
        is_complete: the day is over and everything has arrived.
        is_known: something was observed, or somebody crossed.
        state: the state of the day.
        visitors: IN crossings.
        exits: OUT crossings.
        unmatched_exits: OUT crossings of people who were not counted inside.
        residual: people who were not seen leaving until the end of the day; None while people are inside.
        dwell_s: mean exit time - mean entry time, seconds; None without visitors or exits.
        person_seconds: the time that all people together spent inside in observed time, seconds.
        open_person_seconds: the same within opening hours.
        open_known_s: the observed time within opening hours, seconds.
        occupancy_peak: the highest occupancy; None when nothing is known.
        occupancy_end: the occupancy at the end; None when nothing is known.
        expected_s: the camera-seconds of the open time that is delivered.
        observed_s: those of them with frames.
        overdue_s: the open seconds that are over but not delivered yet.
    """

    day: date
    is_complete: bool
    is_known: bool
    state: BucketState
    visitors: int
    exits: int
    unmatched_exits: int
    residual: int | None
    dwell_s: float | None
    person_seconds: float
    open_person_seconds: float
    open_known_s: float
    occupancy_peak: float | None
    occupancy_end: float | None
    expected_s: float
    observed_s: float
    overdue_s: float

    def as_json(self) -> dict[str, Any]:
        """Return the fields without the day, as JSON."""
        return {name: value for name, value in asdict(self).items() if name != "day"}

    @classmethod
    def from_json(cls, day: date, fields: Mapping[str, Any]) -> "DayKpis":
        """Return the KPIs that `as_json` has returned."""
        return cls(day=day, **{**fields, "state": BucketState(fields["state"])})


@dataclass(frozen=True, slots=True)
class CombinedKpis:
    """The KPIs of several store-days together. A number is None where nothing is known.

    Attributes:
        visitors: IN crossings.
        exits: OUT crossings.
        balance: exits / visitors.
        unmatched_exits: OUT crossings of people who were not counted inside.
        residual: people who were not seen leaving until the end of each day.
        dwell: the mean time inside.
        occupancy_average: the time-average of the occupancy, people.
        occupancy_peak: the highest occupancy, people.
        quality: how completely the days were observed.
    """

    visitors: int | None
    exits: int | None
    balance: float | None
    unmatched_exits: int | None
    residual: int | None
    dwell: Dwell
    occupancy_average: float | None
    occupancy_peak: float | None
    quality: DataQuality


def compute_day_kpis(day: StoreDayBuckets, now: datetime) -> DayKpis:
    """Compute the KPIs of a store-day, or of the first part of one.

    Args:
        day: the buckets of the day, at least one.
        now: the current time.
    """
    buckets = day.buckets
    segments = occupancy_curve(buckets, day.all_resets, reconcile=day.is_complete)
    known = [segment for segment in segments if segment.bucket.is_known]
    open_known = [segment for segment in known if segment.bucket.open_s > 0]
    settled = [bucket for bucket in buckets if bucket.open_s > 0 and not bucket.is_pending]
    return DayKpis(
        day=day.day,
        is_complete=day.is_complete,
        is_known=bool(known),
        state=bucket_state(buckets),
        visitors=sum(bucket.ins for bucket in buckets),
        exits=sum(bucket.outs for bucket in buckets),
        unmatched_exits=unmatched_exits(segments),
        residual=day.residual,
        dwell_s=complete_dwell(buckets),
        person_seconds=person_seconds(segments),
        open_person_seconds=person_seconds(open_known),
        open_known_s=sum(segment.bucket.seconds for segment in open_known),
        occupancy_peak=peak_occupancy(segments),
        occupancy_end=segments[-1].at_end if known else None,
        expected_s=sum(bucket.expected_s for bucket in settled),
        observed_s=sum(bucket.observed_s for bucket in settled),
        overdue_s=overdue_s(buckets, now),
    )


def compute_hourly_rates(day: StoreDayBuckets, clock: StoreClock) -> HourlyRates:
    """Return the rate of every hour of the week with observed open time in a store-day."""
    return settled_hourly_rates([day], clock)


def combine_days(days: Sequence[DayKpis]) -> CombinedKpis:
    """Compute the KPIs of store-days together.

    Dwell and balance are those of the complete days with visitors. When there are none, they are those of all days.
    """
    visitors, exits = combined_visitors_and_exits(days)
    complete = [day for day in days if day.is_complete and day.visitors]
    residuals = [day.residual for day in days if day.residual is not None]
    peaks = [day.occupancy_peak for day in days if day.occupancy_peak is not None]
    open_known_s = sum(day.open_known_s for day in days)
    expected_s = sum(day.expected_s for day in days)
    balanced = combined_visitors_and_exits(complete or days)
    return CombinedKpis(
        visitors=visitors,
        exits=exits,
        balance=balanced[1] / balanced[0] if balanced[0] and balanced[1] is not None else None,
        unmatched_exits=sum(day.unmatched_exits for day in days) if visitors is not None else None,
        residual=sum(residuals) if residuals else None,
        dwell=_dwell(days, complete),
        occupancy_average=sum(day.open_person_seconds for day in days) / open_known_s if open_known_s else None,
        occupancy_peak=max(peaks, default=None) if visitors is not None else None,
        quality=DataQuality(
            sum(day.observed_s for day in days) / expected_s if expected_s else None,
            sum(day.overdue_s for day in days),
        ),
    )


def combined_visitors_and_exits(days: Sequence[DayKpis]) -> tuple[int | None, int | None]:
    """Return the visitors and the exits of store-days, or (None, None) where nothing is known: never 0 instead."""
    visitors, exits = sum(day.visitors for day in days), sum(day.exits for day in days)
    states = {day.state for day in days}
    nothing_observed = BucketState.NO_DATA in states and states <= {BucketState.NO_DATA, BucketState.CLOSED}
    if not any(day.is_known for day in days) or (not visitors and not exits and nothing_observed):
        return None, None
    return visitors, exits


def combine_hourly_rates(rates: Sequence[HourlyRates]) -> dict[tuple[int, int], HourlyRate]:
    """Return the rates of store-days together, in order."""
    visitors: dict[tuple[int, int], int] = defaultdict(int)
    hours: dict[tuple[int, int], float] = defaultdict(float)
    for of_day in rates:
        for key, rate in of_day.items():
            visitors[key] += rate.visitors
            hours[key] += rate.observed_hours
    return {key: HourlyRate(visitors[key], hours[key]) for key in sorted(hours)}


def combined_peak_hour(rates: Sequence[HourlyRates]) -> HourOfDayRate | None:
    """Return the hour of the day with the most visitors per observed hour in store-days together; None without one."""
    return find_peak_hour(combine_hourly_rates(rates))


def _dwell(days: Sequence[DayKpis], complete: Sequence[DayKpis]) -> Dwell:
    if complete:
        return Dwell(mean_dwell((day.visitors, day.dwell_s) for day in complete), DwellMethod.COMPLETE)
    seconds = dwell_so_far(sum(day.person_seconds for day in days), sum(day.visitors for day in days))
    return Dwell(seconds, DwellMethod.SO_FAR)
