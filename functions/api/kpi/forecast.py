"""The forecast of the visitors of each hour, and the past hours that were far from their forecast."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from functions.api.kpi.prediction_intervals import Residuals, backtest
from functions.api.kpi.seasonal_baseline import (
    History,
    SeasonalBaseline,
    SpecialDays,
    damped_ratio,
    fit_baseline,
)

CONFIDENCE = 0.8
"""The share of the hours that should lie within their prediction interval."""

ANOMALY_SIGMAS = 4.0
"""An hour is an anomaly when it is more robust standard deviations than this from the forecast."""

ANOMALY_MIN_VISITORS = 10.0
"""An hour is an anomaly only when it is at least this many visitors from the forecast."""

MIN_WEEKS = 2
"""The weeks of history that a forecast needs."""

HISTORY_WEEKS = 14
"""The weeks of history that a forecast reads: those of the baseline and of its backtest."""


@dataclass(frozen=True, slots=True)
class Prediction:
    """The visitors to expect in an hour.

    Attributes:
        visitors: the expected visitors.
        low: the lower end of the prediction interval.
        high: the upper end of the prediction interval.
    """

    visitors: float
    low: float
    high: float

    def scaled(self, share: float) -> "Prediction":
        """Return the prediction for a share, 0..1, of the hour. The interval is scaled with it."""
        return Prediction(self.visitors * share, self.low * share, self.high * share)


@dataclass(frozen=True, slots=True)
class AnomalousHour:
    """A past hour outside the bounds of its forecast.

    Attributes:
        day: the day.
        hour: the hour of the wall clock.
        visitors: the visitors that were counted.
        expected: the prediction as of that day, with the bounds of an anomaly as its interval.
    """

    day: date
    hour: int
    visitors: int
    expected: Prediction


@dataclass(frozen=True, slots=True)
class ForecastModel:
    """A forecast as of the start of `today`, adjusted to the hours of today that are over.

    Attributes:
        baseline: the seasonal baseline.
        residuals: the residuals of past forecasts.
        today: the day in progress.
        today_factor: the factor by which today differs from the baseline.
    """

    baseline: SeasonalBaseline
    residuals: Residuals
    today: date
    today_factor: float

    def predict(self, day: date, hour: int) -> Prediction | None:
        """Predict an hour of today or later; None where that hour of the week was never observed."""
        expected = self.baseline.expected_visitors(day, hour)
        if expected is None:
            return None
        visitors = expected * self.today_factor if day == self.today else expected
        is_special = day in self.baseline.special_days
        low, high = self.residuals.prediction_interval(hour, visitors, CONFIDENCE, is_special=is_special)
        return Prediction(visitors, low, high)


def fit_forecast(
    history: History, today: date, visitors_today: Mapping[int, int], special_days: SpecialDays
) -> ForecastModel | None:
    """Fit the forecast from today on; None with less than two weeks of observed hours.

    Args:
        history: the visitors of open, fully observed hours before today.
        today: the day in progress.
        visitors_today: the visitors by hour of the wall clock, for hours of today that are over and fully observed.
        special_days: the days, past and future, that are not like their weekday.
    """
    residuals = backtest(history, today, special_days)
    if residuals is None or count_observed_weeks(history) < MIN_WEEKS:
        return None
    baseline = fit_baseline(history, today, special_days)
    hours = [(visitors, baseline.expected_visitors(today, hour)) for hour, visitors in visitors_today.items()]
    known = [(visitors, expected) for visitors, expected in hours if expected is not None]
    factor = damped_ratio(sum(visitors for visitors, _ in known), sum(expected for _, expected in known))
    return ForecastModel(baseline, residuals, today, factor)


def count_observed_weeks(history: History) -> int:
    """Return the number of full weeks, back from the last day, in which an hour was observed."""
    days = {day for day, _ in history}
    if not days:
        return 0
    last = max(days)
    full_weeks = ((last - min(days)).days + 1) // 7
    return min(full_weeks, len({(last - day).days // 7 for day in days}))


def find_anomalies(history: History, days: Iterable[date], special_days: SpecialDays) -> list[AnomalousHour]:
    """Return the anomalous hours of past days, each compared with the baseline as of its own day.

    Args:
        history: the visitors of open, fully observed hours.
        days: the days to search.
        special_days: the days that are not like their weekday.
    """
    anomalies = []
    for day in days:
        residuals = backtest(history, day, special_days)
        if residuals is None:
            continue
        baseline = fit_baseline(history, day, special_days)
        for hour in range(24):
            visitors, expected = history.get((day, hour)), baseline.expected_visitors(day, hour)
            if visitors is None or expected is None:
                continue
            low, high = residuals.anomaly_bounds(hour, expected, ANOMALY_SIGMAS, is_special=day in special_days)
            if not low <= visitors <= high and abs(visitors - expected) >= ANOMALY_MIN_VISITORS:
                anomalies.append(AnomalousHour(day, hour, visitors, Prediction(expected, low, high)))
    return anomalies


def first_day_of_history(today: date) -> date:
    """Return the first day that a forecast as of `today` reads."""
    return today - timedelta(weeks=HISTORY_WEEKS)
