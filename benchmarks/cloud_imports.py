"""Cold starts: the import time of the handlers, and the size of their packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import distribution, distributions
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.row import Row, at_most, missing
from scripts.package import OUT, PACKAGES, Package, files_of

RUNS = 7
BUDGETS = {"ingest": (200, 6), "api": (800, 25)}
_TIMED = (
    "import sys; sys.path.insert(0, {!r}); from time import perf_counter as now; t = now();"
    "import functions.{}.handler; print((now() - t) * 1000)"
)


def measure() -> list[Row]:
    """Return the median import time of each handler in ms, and the size of its zipped package in MB."""
    return [row for package in PACKAGES if package.name in BUDGETS for row in _measure(package)]


def _measure(package: Package) -> list[Row]:
    import_row, size_row = f"cloud.{package.name}_cold_import", f"cloud.{package.name}_package"
    max_ms, max_mb = BUDGETS[package.name]
    zipped = OUT / f"{package.name}.zip"
    if not zipped.is_file():
        why = "not built: run `make package`"
        return [missing(import_row, "ms", why), missing(size_row, "MB", why)]
    note = f"median of {RUNS}, the package's files with bytecode"
    return [
        at_most(import_row, median(_import_ms(package)), max_ms, "ms", note),
        at_most(size_row, zipped.stat().st_size / 1e6, max_mb, "MB", "zipped, arm64"),
    ]


def _import_ms(package: Package) -> Iterator[float]:
    """Yield import times, with only the package installed as on AWS: FastAPI and pydantic scan what is installed."""
    with TemporaryDirectory() as folder:
        wheels, task = Path(folder) / "wheels", Path(folder) / "task"
        _copy_installed(OUT / "wheels" / package.name, wheels)
        for name, path in files_of(package, wheels):
            _copy(path, task / name)
        command = [sys.executable, "-I", "-S", "-c", _TIMED.format(str(task), package.name)]
        for run in range(RUNS + 1):
            done = subprocess.run(
                command, env={**os.environ, "METRICA_ENV": "test"}, check=True, capture_output=True, text=True
            )
            if run:  # the first writes the bytecode
                yield float(done.stdout)


def _copy_installed(built: Path, target: Path) -> None:
    """Copy the distributions of a package as installed here: this machine cannot run the wheels for AWS."""
    for wheel in distributions(path=[str(built)]):
        here = distribution(wheel.metadata["Name"])
        for name in here.files or ():
            if ".." not in name.parts:
                _copy(Path(str(here.locate_file(name))), target / name)


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
