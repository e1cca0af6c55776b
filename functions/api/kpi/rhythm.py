"""The rhythm of a store: visitors per observed hour, by hour of the day and by weekday x hour."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from functions.api.kpi.cells import Cell

LEAST_OBSERVED_HOURS = 0.5
"""An hour of the day needs this much observed time to be the peak: a minute with one visitor is no 60 an hour."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Visitors and the observed time, hours, in which they came."""

    visitors: int
    observed_hours: float

    @property
    def per_hour(self) -> float:
        """Visitors per observed hour."""
        return self.visitors / self.observed_hours


@dataclass(frozen=True, slots=True)
class Peak:
    """An hour of the day on the wall clock, 0..23, and its visitors per observed hour."""

    hour: int
    per_hour: float


def rates(cells: Iterable[Cell], zone: ZoneInfo) -> dict[tuple[int, int], Rate]:
    """The rate of every (weekday, hour) of the wall clock with observed open time; Monday is 1.

    A cell counts by the share of it that was observed, over all cameras; one that nobody observed does not count at
    all.
    """
    visitors: dict[tuple[int, int], int] = defaultdict(int)
    hours: dict[tuple[int, int], float] = defaultdict(float)
    for cell in cells:
        if cell.expected_s and cell.observed_s:
            local = cell.start.astimezone(zone)
            key = (local.isoweekday(), local.hour)
            visitors[key] += cell.ins
            hours[key] += cell.open_s / 3600 * cell.observed_s / cell.expected_s
    return {key: Rate(visitors[key], hours[key]) for key in sorted(hours)}


def peak_hour(by_cell: dict[tuple[int, int], Rate]) -> Peak | None:
    """The hour of the day with the most visitors per observed hour (the earlier of two equals), or None."""
    visitors: dict[int, int] = defaultdict(int)
    hours: dict[int, float] = defaultdict(float)
    for (_, hour), rate in by_cell.items():
        visitors[hour] += rate.visitors
        hours[hour] += rate.observed_hours
    peaks = [
        Peak(hour, visitors[hour] / hours[hour])
        for hour in sorted(hours)
        if hours[hour] >= LEAST_OBSERVED_HOURS and visitors[hour]
    ]
    return max(peaks, key=lambda peak: peak.per_hour, default=None)
