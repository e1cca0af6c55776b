"""A seasonal baseline: the usual visitors of an hour of the week, scaled to the level of the last days.

The usual value is an exponentially weighted mean of the same hour of the week in the weeks before (simple exponential
smoothing for each season; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, chapter 8). The level is
the damped ratio of the last week to its usual values. On hourly counts of Auckland's pedestrian sensors its error is
17 % smaller than that of the same hour last week (docs/decisions/0028-own-forecast.md; a test repeats this on a part
of the counts).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

DECAY = 0.7
"""The weight of a week relative to that of the next week."""

WEEKS = 8
"""How many weeks the mean includes. The ninth would have a weight of 0.7^8 = 6 % of the first."""

DAMPING = 0.5
"""The exponent of the ratio of observed to usual visitors: half of a deviation (in logarithms) is expected to last."""

LEVEL_DAYS = 7
"""The days before the origin from which the level is computed."""

PRIOR_VISITORS = 25.0
"""Visitors that draw a ratio towards 1: a gamma prior for the factor of a day, with a standard deviation of 1/5."""

_DAY = timedelta(days=1)

History = Mapping[tuple[date, int], int]
"""Visitors by (day, hour of the wall clock), for hours that were open and fully observed."""


@dataclass(frozen=True, slots=True)
class SeasonalBaseline:
    """A baseline fitted to the days before a forecast origin.

    Attributes:
        history: the observed hours; only those before `origin` are used.
        origin: the first day of the forecast.
        level: the factor of the last days, 1 when they were as usual.
    """

    history: History
    origin: date
    level: float

    def expected_visitors(self, day: date, hour: int) -> float | None:
        """Return the visitors to expect in an hour; None where that hour of the week was never observed."""
        usual = _usual_visitors(self.history, self.origin, day, hour)
        return None if usual is None else usual * self.level


def fit_baseline(history: History, origin: date) -> SeasonalBaseline:
    """Fit the baseline to the days before `origin`."""
    since = origin - LEVEL_DAYS * _DAY
    observed = expected = 0.0
    for (day, hour), visitors in history.items():
        if since <= day < origin:
            usual = _usual_visitors(history, since, day, hour)
            if usual is not None:
                observed += visitors
                expected += usual
    return SeasonalBaseline(history, origin, damped_ratio(observed, expected))


def damped_ratio(observed: float, expected: float) -> float:
    """Return the part of the ratio of observed to expected visitors that is expected to last.

    >>> damped_ratio(0, 0)
    1.0
    """
    return float(((observed + PRIOR_VISITORS) / (expected + PRIOR_VISITORS)) ** DAMPING)


def _usual_visitors(history: History, origin: date, day: date, hour: int) -> float | None:
    weeks_back = -(-((day - origin).days + 1) // 7)  # to the last such weekday before the origin
    total = weights = 0.0
    for week in range(WEEKS):
        visitors = history.get((day - 7 * (weeks_back + week) * _DAY, hour))
        if visitors is not None:
            weight = DECAY**week
            total += weight * visitors
            weights += weight
    return total / weights if weights else None
