"""When is the store busy? A heatmap by weekday and hour, from the SQL view or from the CSV of the API.

    python heatmap.py --csv footfall.csv --out busy.png
    python heatmap.py --sql postgresql://analyst_maya:…@host/db --store "Queen Street" --out busy.png

Both sources give the same result for hours that are open from beginning to end. For an hour in which the store opens or
closes they differ: the `coverage` of the CSV is a share of the open time, and the `observed_share` of the view is a
share of the whole hour.

The picture needs matplotlib, SQL needs psycopg. Without --out the script only prints the table.
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
"""Weekday (1 = Monday), hour of the day, visitors, and the share that was observed: of the open time or of the hour."""

Grid = dict[tuple[int, int], float]
"""Visitors per observed hour by (weekday, hour)."""


def hours_of_csv(path: Path) -> Iterator[Hour]:
    """Yield the observed hours of `GET /stores/{id}/footfall?interval=hour&format=csv`."""
    with path.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["visitors"] and row["coverage"]:  # both are empty when the hour is unknown or closed
                at = datetime.fromisoformat(row["local_time"])
                yield at.isoweekday(), at.hour, float(row["visitors"]), float(row["coverage"])


def hours_of_sql(url: str, store: str) -> Iterator[Hour]:
    """Yield the observed hours of the view `analytics.hourly_footfall`."""
    import psycopg

    query = "SELECT weekday, hour_of_day, visitors, observed_share FROM analytics.hourly_footfall WHERE store_name = %s"
    with psycopg.connect(url, autocommit=True, prepare_threshold=None) as connection:
        for weekday, hour, visitors, observed_share in connection.execute(query, [store]):
            if observed_share is not None:
                yield weekday, hour, float(visitors), float(observed_share)


def heatmap(hours: Iterable[Hour]) -> Grid:
    """Return the visitors per observed hour. An hour that was half observed counts as half an hour."""
    visitors: dict[tuple[int, int], float] = defaultdict(float)
    observed: dict[tuple[int, int], float] = defaultdict(float)
    for weekday, hour, count, share in hours:
        if share > 0:
            visitors[weekday, hour] += count
            observed[weekday, hour] += share
    return {cell: visitors[cell] / observed[cell] for cell in sorted(observed)}


def table(grid: Grid) -> str:
    """Return the grid as text: one line per hour, one column per weekday, a dot where nothing was observed."""
    lines = ["hour " + " ".join(f"{name:>6}" for name in WEEKDAYS)]
    for hour in sorted({hour for _, hour in grid}):
        cells = (f"{grid[day, hour]:6.1f}" if (day, hour) in grid else "     ." for day in range(1, 8))
        lines.append(f"{hour:02d}   " + " ".join(cells))
    return "\n".join(lines)


def draw(grid: Grid, path: Path) -> None:
    """Write the grid as a PNG. Hours without observation are white."""
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
    """Run the command line. The exit status is 2 when there is nothing to draw."""
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
