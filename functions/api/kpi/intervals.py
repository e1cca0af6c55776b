"""Prediction intervals from the baseline's own past errors (split conformal prediction; Lei et al. 2018).

The baseline is run as of each of the last weeks; its errors, on the square-root scale on which counts have a stable
variance (Anscombe 1948), give per hour of the day the quantiles that the intervals are made of.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from functions.api.kpi.seasonal import History, baseline

PAST_RUNS = 4
"""How many weeks the baseline is run as of: 28 errors per hour of the day."""

LEAST_ERRORS = 7
"""An hour of the day with fewer errors takes those of all hours."""

_ANSCOMBE = 3 / 8
_MAD_TO_SIGMA = 1.4826
_SMALLEST_SIGMA = 0.5
"""The standard deviation of the square root of a Poisson count: errors cannot be expected to be smaller."""


@dataclass(frozen=True, slots=True)
class Errors:
    """The sorted errors of the past runs on the square-root scale, by hour of the day, and of all hours."""

    by_hour: Mapping[int, Sequence[float]]
    of_all: Sequence[float]

    def _of(self, hour: int) -> Sequence[float]:
        own = self.by_hour.get(hour, ())
        return own if len(own) >= LEAST_ERRORS else self.of_all

    def interval(self, hour: int, expected: float, confidence: float) -> tuple[float, float]:
        """The range that should hold that share of the outcomes, visitors."""
        errors = self._of(hour)
        low = _shifted(expected, _quantile(errors, (1 - confidence) / 2))
        high = _shifted(expected, _quantile(errors, (1 + confidence) / 2))
        return min(low, expected), max(high, expected)

    def outlier_bounds(self, hour: int, expected: float, sigmas: float) -> tuple[float, float]:
        """The range outside of which an hour is out of the ordinary: so many robust standard deviations (MAD)."""
        errors = self._of(hour)
        middle = median(errors)
        sigma = max(_SMALLEST_SIGMA, _MAD_TO_SIGMA * median(abs(error - middle) for error in errors))
        return _shifted(expected, middle - sigmas * sigma), _shifted(expected, middle + sigmas * sigma)


def past_errors(history: History, origin: date) -> Errors | None:
    """The errors of the baseline as of each of the weeks before ``origin``; None when there are too few."""
    by_hour: dict[int, list[float]] = defaultdict(list)
    for back in range(1, PAST_RUNS + 1):
        start = origin - timedelta(weeks=back)
        model = baseline(history, start)
        for (day, hour), visitors in history.items():
            if start <= day < start + timedelta(weeks=1):
                expected = model.expected(day, hour)
                if expected is not None:
                    by_hour[hour].append(_root(visitors) - _root(expected))
    of_all = sorted(error for errors in by_hour.values() for error in errors)
    if len(of_all) < LEAST_ERRORS:
        return None
    return Errors({hour: sorted(errors) for hour, errors in by_hour.items()}, of_all)


def _root(visitors: float) -> float:
    return float((visitors + _ANSCOMBE) ** 0.5)


def _shifted(expected: float, error: float) -> float:
    return max(0.0, max(0.0, _root(expected) + error) ** 2 - _ANSCOMBE)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """The quantile of sorted values with the correction for a finite sample, (n + 1)·share."""
    place = min(max(share * (len(ordered) + 1) - 1, 0.0), len(ordered) - 1.0)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)
