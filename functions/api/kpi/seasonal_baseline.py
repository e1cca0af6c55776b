"""A seasonal baseline: the usual visitors of an hour of the week, scaled to the level of the last days.

The usual value is an exponentially weighted mean of the same hour of the week in the weeks before (simple exponential
smoothing for each season; Hyndman and Athanasopoulos, Forecasting: Principles and Practice, chapter 8). The level is
the damped ratio of the last week to its usual values. On hourly counts of Auckland's pedestrian sensors its error is
17 % smaller than that of the same hour last week (docs/decisions/0028-own-forecast.md; a test repeats this on a part
of the counts).

Special days have no part in the usual values. A public holiday is expected to be like a Sunday, and a day with a note
like its weekday, both times the damped ratio of the past days of the same kind
(docs/decisions/0065-special-days-in-the-forecast.md).
"""

from collections import defaultdict
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

PUBLIC_HOLIDAY = "public holiday"
"""The kind of the special days that are expected to be like a Sunday."""

_DAY = timedelta(days=1)
_SUNDAY = 6

History = Mapping[tuple[date, int], int]
"""Visitors by (day, hour of the wall clock), for hours that were open and fully observed."""

SpecialDays = Mapping[date, str]
"""The kinds of the days, past and future, that are unlike their weekday: `PUBLIC_HOLIDAY`, or a note such as "sale"."""


@dataclass(frozen=True, slots=True)
class SeasonalBaseline:
    """A baseline fitted to the days before a forecast origin.

    Attributes:
        history: the observed hours of ordinary days; only those before `origin` are used.
        origin: the first day of the forecast.
        level: the factor of the last days, 1 when they were as usual.
        special_days: the special days, past and future.
        special_factors: the factor of each kind of special day, of the kinds that were observed.
    """

    history: History
    origin: date
    level: float
    special_days: SpecialDays
    special_factors: Mapping[str, float]

    def expected_visitors(self, day: date, hour: int) -> float | None:
        """Return the visitors to expect in an hour; None where that hour of the week was never observed."""
        kind = self.special_days.get(day)
        usual = _usual_visitors_of_kind(self.history, self.origin, day, hour, kind)
        if usual is None:
            return None
        return usual * self.level * (1.0 if kind is None else self.special_factors.get(kind, 1.0))


def fit_baseline(history: History, origin: date, special_days: SpecialDays) -> SeasonalBaseline:
    """Fit the baseline to the days before `origin`.

    Args:
        history: the observed hours, of special days as well.
        origin: the first day of the forecast.
        special_days: the special days, past and future.
    """
    ordinary = {key: visitors for key, visitors in history.items() if key[0] not in special_days}
    since = origin - LEVEL_DAYS * _DAY
    observed = expected = 0.0
    of_kinds: dict[str, tuple[float, float]] = defaultdict(lambda: (0.0, 0.0))
    for (day, hour), visitors in history.items():
        kind = special_days.get(day)
        if day >= origin or (kind is None and day < since):
            continue
        usual = _usual_visitors_of_kind(ordinary, day if kind else since, day, hour, kind)
        if usual is None:
            continue
        if kind is None:
            observed += visitors
            expected += usual
        else:
            of_kind = of_kinds[kind]
            of_kinds[kind] = (of_kind[0] + visitors, of_kind[1] + usual)
    factors = {kind: damped_ratio(*sums) for kind, sums in of_kinds.items()}
    return SeasonalBaseline(ordinary, origin, damped_ratio(observed, expected), special_days, factors)


def damped_ratio(observed: float, expected: float) -> float:
    """Return the part of the ratio of observed to expected visitors that is expected to last.

    >>> damped_ratio(0, 0)
    1.0
    """
    return float(((observed + PRIOR_VISITORS) / (expected + PRIOR_VISITORS)) ** DAMPING)


def _usual_visitors_of_kind(history: History, origin: date, day: date, hour: int, kind: str | None) -> float | None:
    if kind == PUBLIC_HOLIDAY:
        sunday = day + (_SUNDAY - day.weekday()) * _DAY
        usual = _usual_visitors(history, origin, sunday, hour)
        if usual is not None:
            return usual
    return _usual_visitors(history, origin, day, hour)


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
