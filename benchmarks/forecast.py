"""Rows on the forecast: its error and its intervals on pedestrian counts, beside a naive forecast and a library.

The library, statsforecast, runs in an environment of its own (`build/peers/forecast`), because Metrica does not use it.
Its model is the mean of the same hour of the last weeks and MSTL (a decomposition into daily and weekly seasons with
exponential smoothing of the rest), each with the history that our forecast has.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from benchmarks.pedestrian_counts import Counts, load_counts, public_holidays
from benchmarks.row import Row, at_least, at_most, figure, missing
from functions.api.kpi.forecast import HISTORY_WEEKS, fit_forecast

STREETS = ("107 Quay Street", "150 K Road", "210 Queen Street", "45 Queen Street", "59 High Street")
ORIGINS = [date(2023, 6, 1) + timedelta(days=37 * n) for n in range(24)]
"""Days whose next seven are forecast. They hold 15 public holidays."""

ENVIRONMENT = Path("build/peers/forecast")
LIBRARY = "statsforecast==2.1.1"
_WEEK = timedelta(weeks=1)


@dataclass
class Score:
    """Sums over forecast hours.

    Attributes:
        error: the absolute errors, visitors.
        visitors: the visitors that came.
        held: the hours within their interval.
        hours: all hours.
    """

    error: float = 0.0
    visitors: float = 0.0
    held: int = 0
    hours: int = 0

    def add(self, actual: int, forecast: float, low: float, high: float) -> None:
        """Add an hour."""
        self.error += abs(actual - forecast)
        self.visitors += actual
        self.held += low - 0.5 <= actual <= high + 0.5
        self.hours += 1

    @property
    def share(self) -> float:
        """The mean absolute error as a share of the visitors."""
        return self.error / self.visitors


def rows() -> list[Row]:
    """Forecast a week from each origin on each street, and compare it with what came."""
    first, last = ORIGINS[0] - HISTORY_WEEKS * _WEEK, ORIGINS[-1] + _WEEK
    streets = load_counts(STREETS, first, last)
    holidays = public_holidays(first, last)
    ours, of_holidays, naive = Score(), Score(), Score()
    series: list[list[int]] = []
    outcomes: list[list[int | None]] = []
    for counts in streets.values():
        for origin in ORIGINS:
            history = {key: n for key, n in counts.items() if origin - HISTORY_WEEKS * _WEEK <= key[0] < origin}
            model = fit_forecast(history, origin, {}, holidays)
            if model is None:
                raise LookupError(f"no forecast from {origin} on: the counts are missing")
            for day, hour in _hours(origin, 7):
                actual, week_before = counts.get((day, hour)), counts.get((day - _WEEK, hour))
                found = model.predict(day, hour)
                if actual is None or week_before is None or found is None:
                    continue
                ours.add(actual, found.visitors, found.low, found.high)
                naive.add(actual, week_before, 0, 0)
                if day in holidays:
                    of_holidays.add(actual, found.visitors, found.low, found.high)
            series.append(_without_gaps(counts, origin))
            outcomes.append([counts.get(key) for key in _hours(origin, 7)])
    note = f"{ours.hours} hours of {len(STREETS)} streets, {len(ORIGINS)} weeks; mean absolute error / visitors"
    return [
        at_most("forecast: error", 100 * ours.share, 20.0, "%", note),
        at_most("forecast: error / seasonal naive", ours.error / naive.error, 0.88, "x", "the same hour last week"),
        figure("forecast: error of the seasonal naive", 100 * naive.share, "%"),
        *_library_rows(series, outcomes),
        figure("forecast: error on public holidays", 100 * of_holidays.share, "%", f"{of_holidays.hours} hours"),
        at_least("forecast: 80 % intervals hold, at least", 100 * ours.held / ours.hours, 75.0, "%"),
        at_most("forecast: 80 % intervals hold, at most", 100 * ours.held / ours.hours, 85.0, "%"),
        figure("forecast: 80 % intervals hold on public holidays", 100 * of_holidays.held / of_holidays.hours, "%"),
    ]


def _hours(first: date, days: int) -> list[tuple[date, int]]:
    return [(first + timedelta(days=day), hour) for day in range(days) for hour in range(24)]


def _without_gaps(counts: Mapping[tuple[date, int], int], origin: date) -> list[int]:
    """Return the history before an origin for the library: a gap has the value of a week before."""
    filled: Counts = {}
    for day, hour in _hours(origin - HISTORY_WEEKS * _WEEK, 7 * HISTORY_WEEKS):
        filled[day, hour] = counts.get((day, hour), filled.get((day - _WEEK, hour), 0))
    return list(filled.values())


def _library_rows(series: list[list[int]], outcomes: list[list[int | None]]) -> list[Row]:
    names = {"mean of eight weeks": "window", "MSTL": "mstl"}
    try:
        forecasts = _run_library(series)
    except (OSError, subprocess.CalledProcessError) as error:
        reason = str(getattr(error, "stderr", None) or error).strip().splitlines()[-1]
        return [missing(f"forecast: error of statsforecast, {name}", "%", reason) for name in names]
    found = []
    for name, key in names.items():
        score = Score()
        for of_origin, actuals in zip(forecasts[key], outcomes, strict=True):
            for forecast, actual in zip(of_origin, actuals, strict=True):
                if actual is not None:
                    score.add(actual, max(0.0, forecast), 0, 0)
        found.append(figure(f"forecast: error of statsforecast, {name}", 100 * score.share, "%", LIBRARY))
    return found


def _run_library(series: list[list[int]]) -> dict[str, list[list[float]]]:
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        _run(sys.executable, "-m", "venv", str(ENVIRONMENT))
        _run(str(python), "-m", "pip", "install", "--quiet", LIBRARY)
    script = Path(__file__).with_name("forecast_library.py")
    done = subprocess.run(
        [str(python), str(script)], input=json.dumps(series), check=True, capture_output=True, text=True
    )
    answer: dict[str, list[list[float]]] = json.loads(done.stdout)
    return answer


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True, text=True)
