"""When is the store busy? A weekday x hour heatmap, from the SQL view or from the CSV; both say the same.

    python heatmap.py --csv footfall.csv --out busy.png
    python heatmap.py --sql postgresql://analyst_maya:…@host/db --store "Queen Street" --out busy.png

Needs matplotlib for the picture and psycopg for SQL; without --out it prints the table.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

Hour = tuple[int, int, float, float]
"""Weekday (1 = Monday), hour of the day, visitors, and the share of the hour that was observed."""

Grid = dict[tuple[int, int], float]
"""Visitors per observed hour by (weekday, hour)."""


def hours_of_csv(path: Path) -> Iterator[Hour]:
    """The observed hours of `GET /stores/{id}/footfall?interval=hour&format=csv`."""
    with path.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["visitors"] and row["coverage"]:  # empty: nobody knows, or closed
                at = datetime.fromisoformat(row["local_time"])
                yield at.isoweekday(), at.hour, float(row["visitors"]), float(row["coverage"])


def hours_of_sql(url: str, store: str) -> Iterator[Hour]:
    """The observed hours of the view `analytics.hourly_footfall`."""
    import psycopg

    query = "SELECT weekday, hour_of_day, visitors, coverage FROM analytics.hourly_footfall WHERE store_name = %s"
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        for weekday, hour, visitors, coverage in connection.execute(query, [store]):
            if coverage is not None:
                yield weekday, hour, float(visitors), float(coverage)


def heatmap(hours: Iterable[Hour]) -> Grid:
    """Visitors per observed hour: a half observed hour counts as half an hour, an unobserved one not at all."""
    visitors: dict[tuple[int, int], float] = defaultdict(float)
    observed: dict[tuple[int, int], float] = defaultdict(float)
    for weekday, hour, people, coverage in hours:
        if coverage > 0:
            visitors[weekday, hour] += people
            observed[weekday, hour] += coverage
    return {cell: visitors[cell] / observed[cell] for cell in sorted(observed)}


def table(grid: Grid) -> str:
    """One line per hour, one column per weekday; a dot where nothing was observed."""
    lines = ["hour " + " ".join(f"{name:>6}" for name in WEEKDAYS)]
    for hour in sorted({hour for _, hour in grid}):
        cells = (f"{grid[day, hour]:6.1f}" if (day, hour) in grid else "     ." for day in range(1, 8))
        lines.append(f"{hour:02d}   " + " ".join(cells))
    return "\n".join(lines)


def draw(grid: Grid, path: Path) -> None:
    """The grid as a picture; white where nothing was observed."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    rows = [[grid.get((day, hour), float("nan")) for hour in range(24)] for day in range(1, 8)]
    figure, axes = pyplot.subplots(figsize=(10, 3.2), layout="constrained")
    image = axes.imshow(rows, cmap="viridis", aspect="auto")
    axes.set(yticks=range(7), yticklabels=WEEKDAYS, xticks=range(0, 24, 2), xlabel="hour of the day")
    figure.colorbar(image, label="visitors per observed hour")
    figure.savefig(path, dpi=120)


def main() -> int:
    """Exit 2 when there is nothing to draw."""
    parser = argparse.ArgumentParser(description="A weekday x hour heatmap of a store's visitors.")
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--csv", type=Path, help="hourly CSV of GET /stores/{id}/footfall")
    source.add_argument("--sql", help="connection URL of an analyst's role")
    parser.add_argument("--store", default="", help="name of the store, with --sql")
    parser.add_argument("--out", type=Path, help="PNG to write")
    chosen = parser.parse_args()
    grid = heatmap(hours_of_csv(chosen.csv) if chosen.csv else hours_of_sql(chosen.sql, chosen.store))
    if not grid:
        print("heatmap: no observed hour; check the store's name, or ask for a longer window", file=sys.stderr)
        return 2
    print(table(grid))
    if chosen.out:
        draw(grid, chosen.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
