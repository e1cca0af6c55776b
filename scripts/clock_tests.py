"""Run the tests marked `clock` at instants where the time of day matters: `make test-clock`.

Each run starts pytest under Debian's `faketime`, which sets the clock of Python and of what it starts: Node (and so the
embedded database) and the Lambdas. At each boundary a run starts shortly before it, so that tests run across it. Then
one that starts shortly after it has each module of which a test began before: so every test has run after every
boundary. All instants are in UTC.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BOUNDARIES = {
    "midnight": datetime(2027, 1, 14, 0, 0, tzinfo=UTC),
    "a store-day (04:00 in Rome)": datetime(2027, 1, 14, 3, 0, tzinfo=UTC),
    "the start of daylight saving time in Europe": datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
    "the end of daylight saving time in Europe": datetime(2027, 10, 31, 1, 0, tzinfo=UTC),
}
"""Each of them is the end of an hour and of a quarter-hour as well, and three of them do not end a day in UTC."""
REAL_MONOTONIC_CLOCK = {"FAKETIME_DONT_FAKE_MONOTONIC": "1", "FAKETIME_FORCE_MONOTONIC_FIX": "0"}
"""Settings of faketime, because timeouts need the real clock. What faketime calls its fix is for a faked one: with the
real one, each `pthread_cond_timedwait` by it would end at once, and Python's threads would spin instead of waiting."""
LEADS = timedelta(seconds=20), timedelta(seconds=180)
"""How long before a boundary a run starts; the second one for a machine so busy that no test begins in the first."""
AFTER = timedelta(seconds=5)


def main() -> int:
    """Run every instant, print one line for each, and return 1 when a run failed or collected no test."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=["tests"], help="where to look for the tests (default: tests)")
    paths = files_with_clock_tests([ROOT / path for path in parser.parse_args().paths])
    if shutil.which("faketime") is None:
        print("test-clock: faketime is not installed; install it (Debian: `apt-get install faketime`)", file=sys.stderr)
        return 1
    failed = [
        f"{boundary:%Y-%m-%d %H:%M} UTC, {name}" for name, boundary in BOUNDARIES.items() if not passed(name, paths)
    ]
    for line in failed:
        print(f"test-clock: failed around {line}", file=sys.stderr)
    return 1 if failed else 0


def passed(name: str, paths: list[str]) -> bool:
    """Run the tests across a boundary, and after it those that began before; return whether all passed."""
    boundary = BOUNDARIES[name]
    for lead in LEADS:
        with tempfile.TemporaryDirectory() as folder:
            start_times = Path(folder) / "start-times"
            if not run_at(boundary - lead, name, [*paths, "--start-times", str(start_times)]):
                return False
            modules = modules_begun_before(start_times.read_text(encoding="utf-8"), boundary)
        print(f"test-clock: {len(modules)} modules began before the boundary", flush=True)
        if modules:
            return run_at(boundary + AFTER, name, modules)
    print("test-clock: no test ran across the boundary, because this machine is too busy", file=sys.stderr)
    return False


def modules_begun_before(start_times: str, boundary: datetime) -> list[str]:
    """Return the test files of which a test began before a boundary, from what `tests/start_times.py` wrote."""
    lines = [line.split(" ", 1) for line in start_times.splitlines()]
    before = [node_id for start, node_id in lines if float(start) < boundary.timestamp()]
    return list(dict.fromkeys(node_id.partition("::")[0] for node_id in before))


def files_with_clock_tests(paths: list[Path]) -> list[str]:
    """Return the test files that use the marker. To collect all tests would take a third of the time of a run."""
    files = [file for path in paths for file in (path.rglob("test_*.py") if path.is_dir() else [path])]
    return sorted(str(file) for file in files if "mark.clock" in file.read_text(encoding="utf-8"))


def run_at(instant: datetime, name: str, arguments: list[str]) -> bool:
    """Run pytest with the clock set to an instant and with these arguments; return whether all tests passed."""
    print(f"test-clock: {instant:%Y-%m-%d %H:%M:%S} UTC, {name}", flush=True)
    # An offset, not "@instant": with that, the clock of every process would start at the instant again.
    offset = round((instant - datetime.now(UTC)).total_seconds())
    command = ["faketime", "-f", f"{offset:+d}", sys.executable, "-m", "pytest", "-m", "clock"]
    workers = ["-n", "2", "--max-worker-restart", "0"]
    plugins = ["-p", "no:cacheprovider", "-p", "no:schemathesis", "-p", "tests.start_times"]
    began = time.monotonic()
    environment = {
        **os.environ,
        **REAL_MONOTONIC_CLOCK,
        "TZ": "UTC",
        "PYTHONPATH": str(ROOT / "tests" / "clock"),
    }
    finished = subprocess.run([*command, *workers, *plugins, *arguments], check=False, env=environment, cwd=ROOT)
    print(f"test-clock: exit code {finished.returncode} after {time.monotonic() - began:.0f} s", flush=True)
    return finished.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
