"""Visitors per observed hour: by weekday and hour for the heatmap, and by hour of the day for the peak hour."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from functions.api.kpi.buckets import ObservedBucket
from functions.api.kpi.store_clock import StoreClock

MIN_OBSERVED_HOURS = 0.5
"""The observed hours that an hour of the day needs to be the peak: one visitor in one minute is not a rate of 60."""


@dataclass(frozen=True, slots=True)
class HourlyRate:
    """The visitors of an hour of the week.

    Attributes:
        visitors: the visitors that were counted.
        observed_hours: the observed time in which they came, hours.
    """

    visitors: int
    observed_hours: float

    @property
    def visitors_per_hour(self) -> float:
        """The visitors per observed hour."""
        return self.visitors / self.observed_hours


@dataclass(frozen=True, slots=True)
class HourOfDayRate:
    """The visitors of an hour of the day.

    Attributes:
        hour: the hour of the wall clock, 0..23.
        visitors_per_hour: the visitors per observed hour.
    """

    hour: int
    visitors_per_hour: float


def hourly_rates(buckets: Iterable[ObservedBucket], clock: StoreClock) -> dict[tuple[int, int], HourlyRate]:
    """Return the rate of every hour of the week with observed open time.

    A bucket contributes the share of its time that was observed, over all cameras. A bucket that was not observed does
    not contribute.

    Returns:
        The rates by (weekday, hour) of the wall clock, in order; Monday is 1.
    """
    visitors: dict[tuple[int, int], int] = defaultdict(int)
    hours: dict[tuple[int, int], float] = defaultdict(float)
    for bucket in buckets:
        if bucket.expected_s and bucket.observed_s:
            local = clock.local(bucket.start)
            key = (local.isoweekday(), local.hour)
            visitors[key] += bucket.ins
            hours[key] += bucket.open_s / 3600 * bucket.observed_s / bucket.expected_s
    return {key: HourlyRate(visitors[key], hours[key]) for key in sorted(hours)}


def find_peak_hour(rates: Mapping[tuple[int, int], HourlyRate]) -> HourOfDayRate | None:
    """Return the hour of the day with the most visitors per observed hour, the earlier of two equals; None without one.

    Args:
        rates: the rates by (weekday, hour).
    """
    visitors: dict[int, int] = defaultdict(int)
    hours: dict[int, float] = defaultdict(float)
    for (_, hour), rate in rates.items():
        visitors[hour] += rate.visitors
        hours[hour] += rate.observed_hours
    candidates = [
        HourOfDayRate(hour, visitors[hour] / hours[hour])
        for hour in sorted(hours)
        if hours[hour] >= MIN_OBSERVED_HOURS and visitors[hour]
    ]
    return max(candidates, key=lambda candidate: candidate.visitors_per_hour, default=None)
