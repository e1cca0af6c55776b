"""Run the tests marked `clock` at instants where the time of day matters: `make test-clock`.

Each run starts pytest under Debian's `faketime`, which sets the clock of Python and of what it starts: Node (and so the
embedded database) and the Lambdas. At each boundary a run starts shortly before it, so that tests run across it. A
second run starts shortly after a quarter-hour and after a change of the clocks: then every test runs after them. The
other boundaries are the ends of quarter-hours, too. All instants are in UTC.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOUNDARIES = {
    "a quarter-hour": datetime(2027, 1, 13, 10, 15, tzinfo=UTC),
    "an hour": datetime(2027, 1, 13, 11, 0, tzinfo=UTC),
    "midnight": datetime(2027, 1, 14, 0, 0, tzinfo=UTC),
    "a store-day (04:00 in Rome)": datetime(2027, 1, 14, 3, 0, tzinfo=UTC),
    "the start of daylight saving time in Europe": datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    "the end of daylight saving time in Europe": datetime(2027, 10, 31, 1, 0, tzinfo=UTC),
}
ALSO_AFTER = {name for name in BOUNDARIES if name == "a quarter-hour" or "daylight saving" in name}
BEFORE, AFTER = timedelta(seconds=-20), timedelta(seconds=5)


def main() -> int:
    """Run every instant, print one line for each, and return 1 when a run failed or collected no test."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=["tests"], help="where to look for the tests (default: tests)")
    paths = files_with_clock_tests([ROOT / path for path in parser.parse_args().paths])
    if shutil.which("faketime") is None:
        print("test-clock: faketime is not installed; install it (Debian: `apt-get install faketime`)", file=sys.stderr)
        return 1
    failed = [
        f"{instant:%Y-%m-%d %H:%M:%S} UTC, {name}"
        for name, boundary in BOUNDARIES.items()
        for instant in (boundary + BEFORE, *([boundary + AFTER] if name in ALSO_AFTER else []))
        if not run_at(instant, name, paths)
    ]
    for line in failed:
        print(f"test-clock: failed at {line}", file=sys.stderr)
    return 1 if failed else 0


def files_with_clock_tests(paths: list[Path]) -> list[str]:
    """Return the test files that use the marker. To collect all tests would take a third of the time of a run."""
    files = [file for path in paths for file in (path.rglob("test_*.py") if path.is_dir() else [path])]
    return sorted(str(file) for file in files if "mark.clock" in file.read_text(encoding="utf-8"))


def run_at(instant: datetime, name: str, paths: list[str]) -> bool:
    """Run the tests with the clock set to an instant; return whether they passed."""
    print(f"test-clock: {instant:%Y-%m-%d %H:%M:%S} UTC, {name}", flush=True)
    # An offset, not "@instant": with that, the clock of every process would start at the instant again.
    offset = round((instant - datetime.now(UTC)).total_seconds())
    command = ["faketime", "-f", f"{offset:+d}", sys.executable, "-m", "pytest", "-m", "clock"]
    command += ["-n", "2", "--max-worker-restart", "0", "-p", "no:cacheprovider", *paths]
    began = time.monotonic()
    environment = {
        **os.environ,
        "TZ": "UTC",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",  # timeouts of threads need the real one
        "PYTHONPATH": str(ROOT / "tests" / "clock"),
    }
    finished = subprocess.run(command, check=False, env=environment)
    print(f"test-clock: exit code {finished.returncode} after {time.monotonic() - began:.0f} s", flush=True)
    return finished.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
