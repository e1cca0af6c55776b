"""`make bench`: every budget of the design as a table; `build/bench.json` for machines. Exit 1 when one is broken."""

from __future__ import annotations

import importlib
import json
import sys
from dataclasses import asdict
from pathlib import Path

from benchmarks.row import Row

MODULES = ("edge", "cloud", "forecast", "web", "web_vitals", "lighthouse")
OUTPUT = Path("build") / "bench.json"


def table(rows: list[Row]) -> str:
    """The rows as text, one a line, columns aligned."""
    cells = [("", "what", "value", "budget", "unit", "")]
    for row in rows:
        mark = {True: "ok", False: "BROKEN", None: "-" if row.value is not None else "missing"}[row.ok]
        cells.append((mark, row.name, "" if row.value is None else f"{row.value:,.6g}", row.budget, row.unit, row.note))
    widths = [max(len(line[column]) for line in cells) for column in range(5)]
    return "\n".join("  ".join([*(f"{line[c]:<{widths[c]}}" for c in range(5)), line[5]]).rstrip() for line in cells)


def main() -> int:
    """Run the modules named on the command line (all when none is), print, write, judge."""
    chosen = sys.argv[1:] or list(MODULES)
    unknown = sorted(set(chosen) - set(MODULES))
    if unknown:
        print(f"benchmarks: no such part: {', '.join(unknown)} (there are {', '.join(MODULES)})", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in chosen:
        print(f"benchmarks: {name} …", file=sys.stderr, flush=True)
        rows += importlib.import_module(f"benchmarks.{name}").rows()
        OUTPUT.parent.mkdir(exist_ok=True)  # after each part, so that a later one that fails loses no measurement
        OUTPUT.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n", encoding="utf-8")
    print(table(rows))
    return 1 if any(row.ok is False for row in rows) else 0


if __name__ == "__main__":
    raise SystemExit(main())
