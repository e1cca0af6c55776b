"""Cold starts: how long the handlers take to import; and how large their packages are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median

from benchmarks.row import Row, at_most, missing

RUNS = 7
HANDLERS = {"ingest": (200, 6), "api": (800, 25)}
PACKAGES = Path("build") / "package"
_TIMED = "from time import perf_counter as now; t = now(); import functions.{}.handler; print((now() - t) * 1000)"


def measure() -> list[Row]:
    """Milliseconds from a started interpreter to an imported handler, median; megabytes of the zipped packages."""
    rows = []
    for name, (most_ms, most_mb) in HANDLERS.items():
        rows.append(at_most(f"cloud.{name}_cold_import", median(_import_ms(name)), most_ms, "ms", f"median of {RUNS}"))
        package = PACKAGES / f"{name}.zip"
        if package.is_file():
            rows.append(at_most(f"cloud.{name}_package", package.stat().st_size / 1e6, most_mb, "MB", "zipped, arm64"))
        else:
            rows.append(missing(f"cloud.{name}_package", "MB", "not built: run `make package`"))
    return rows


def _import_ms(name: str) -> list[float]:
    environ = {**os.environ, "METRICA_ENV": "test"}
    command = [sys.executable, "-c", _TIMED.format(name)]
    times = []
    for _ in range(RUNS + 1):
        done = subprocess.run(command, env=environ, check=True, capture_output=True, text=True)
        times.append(float(done.stdout))
    return times[1:]  # the first fills the file cache
