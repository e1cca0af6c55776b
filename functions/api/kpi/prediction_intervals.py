"""Prediction intervals from the residuals of past forecasts (split conformal prediction; Lei et al. 2018).

The baseline is fitted as of each of the last weeks. Its residuals are taken on the square-root scale, on which counts
have a stable variance (Anscombe 1948). Their quantiles, for each hour of the day, give the intervals.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from functions.api.kpi.seasonal_baseline import History, SpecialDays, fit_baseline

BACKTEST_WEEKS = 4
"""How many weeks the baseline is fitted as of: 28 residuals for each hour of the day."""

MIN_RESIDUALS = 7
"""An hour of the day with fewer residuals uses those of all hours."""

SPECIAL_DAY_WIDENING = 1.5
"""How much larger the residuals of special days are, as measured on Auckland's public holidays (decision 65)."""

_ANSCOMBE = 3 / 8
_MAD_TO_SIGMA = 1.4826
_MIN_SIGMA = 0.5
"""The standard deviation of the square root of a Poisson count, below which no forecast can get."""


@dataclass(frozen=True, slots=True)
class Residuals:
    """The residuals of past forecasts of ordinary days on the square-root scale, sorted.

    Attributes:
        by_hour: the residuals of each hour of the day.
        all_hours: the residuals of all hours together.
    """

    by_hour: Mapping[int, Sequence[float]]
    all_hours: Sequence[float]

    def prediction_interval(
        self, hour: int, expected: float, confidence: float, *, is_special: bool
    ) -> tuple[float, float]:
        """Return the range that should contain the outcome with this probability, visitors.

        Args:
            hour: the hour of the day.
            expected: the expected visitors.
            confidence: the probability.
            is_special: whether the hour is one of a special day.
        """
        residuals = self._of_hour(hour)
        scale = SPECIAL_DAY_WIDENING if is_special else 1.0
        low = _shift(expected, scale * _quantile(residuals, (1 - confidence) / 2))
        high = _shift(expected, scale * _quantile(residuals, (1 + confidence) / 2))
        return min(low, expected), max(high, expected)

    def anomaly_bounds(self, hour: int, expected: float, sigmas: float, *, is_special: bool) -> tuple[float, float]:
        """Return the range outside of which an hour is an anomaly, visitors.

        Args:
            hour: the hour of the day.
            expected: the expected visitors.
            sigmas: the half-width of the range in robust standard deviations (from the median absolute deviation).
            is_special: whether the hour is one of a special day.
        """
        residuals = self._of_hour(hour)
        center = median(residuals)
        sigma = max(_MIN_SIGMA, _MAD_TO_SIGMA * median(abs(residual - center) for residual in residuals))
        sigma *= SPECIAL_DAY_WIDENING if is_special else 1.0
        return _shift(expected, center - sigmas * sigma), _shift(expected, center + sigmas * sigma)

    def _of_hour(self, hour: int) -> Sequence[float]:
        residuals = self.by_hour.get(hour, ())
        return residuals if len(residuals) >= MIN_RESIDUALS else self.all_hours


def backtest(history: History, origin: date, special_days: SpecialDays) -> Residuals | None:
    """Return the residuals of the baseline as of each of the weeks before `origin`; None when there are too few.

    Args:
        history: the observed hours.
        origin: the first day of the forecast.
        special_days: the days that are left out.
    """
    by_hour: dict[int, list[float]] = defaultdict(list)
    for weeks_back in range(1, BACKTEST_WEEKS + 1):
        start = origin - timedelta(weeks=weeks_back)
        baseline = fit_baseline(history, start, special_days)
        for (day, hour), visitors in baseline.history.items():
            if start <= day < start + timedelta(weeks=1):
                expected = baseline.expected_visitors(day, hour)
                if expected is not None:
                    by_hour[hour].append(_root(visitors) - _root(expected))
    all_hours = sorted(residual for residuals in by_hour.values() for residual in residuals)
    if len(all_hours) < MIN_RESIDUALS:
        return None
    return Residuals({hour: sorted(residuals) for hour, residuals in by_hour.items()}, all_hours)


def _root(visitors: float) -> float:
    return float((visitors + _ANSCOMBE) ** 0.5)


def _shift(expected: float, residual: float) -> float:
    return max(0.0, max(0.0, _root(expected) + residual) ** 2 - _ANSCOMBE)


def _quantile(ordered: Sequence[float], share: float) -> float:
    """Return the quantile of sorted values with the correction for a finite sample, (n + 1)·share."""
    position = min(max(share * (len(ordered) + 1) - 1, 0.0), len(ordered) - 1.0)
    below = int(position)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (position - below)
