"""The forecasts of statsforecast. Runs in an environment with that package and nothing of Metrica's.

Reads a JSON list of hourly series from standard input, and writes the next 168 hours of each, by model.
"""

from __future__ import annotations

import json
import sys

import numpy as np
from statsforecast.models import MSTL, SeasonalWindowAverage

DAY, WEEK = 24, 168


def main() -> None:
    """Forecast every series with both models."""
    answer: dict[str, list[list[float]]] = {"window": [], "mstl": []}
    for values in json.load(sys.stdin):
        y = np.asarray(values, float)
        average = SeasonalWindowAverage(season_length=WEEK, window_size=8)
        answer["window"].append(average.forecast(y, h=WEEK)["mean"].tolist())
        # Counts vary with their level, so the decomposition is made on the logarithms.
        decomposed = MSTL(season_length=[DAY, WEEK]).forecast(np.log1p(y), h=WEEK)["mean"]
        answer["mstl"].append(np.expm1(decomposed).tolist())
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
