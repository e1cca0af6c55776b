"""The clock of the simulation: every process reads it from one file, the database's included.

Debian's `faketime` replaces the functions of libc that tell the time. Each call reads the file, so all processes agree
at once. The clock stands still between two steps, so the times of what happens can be compared exactly. The monotonic
clock stays real: timeouts need it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg

from scripts.clock_tests import REAL_MONOTONIC_CLOCK

ROOT = Path(__file__).parents[4]


class ClockError(RuntimeError):
    """`faketime` is missing, or a process does not follow the file."""


def faked_environment(file: Path) -> dict[str, str]:
    """Return the environment of a process that reads its clock from the file.

    Raises:
        ClockError: `faketime` is not installed.
    """
    faketime = shutil.which("faketime")
    if faketime is None:
        raise ClockError("faketime is not installed; install it (Debian: `apt-get install faketime`).")
    # Only the wrapper knows where its library is. `-m` is for processes with threads: without it, a thread that asks
    # for the time while another one reads the file gets the real time now and then.
    show = [faketime, "-m", "-f", "+0", "printenv", "LD_PRELOAD"]
    shown = subprocess.run(show, check=True, capture_output=True, text=True)
    return {
        **os.environ,
        **REAL_MONOTONIC_CLOCK,
        "TZ": "UTC",
        "LD_PRELOAD": shown.stdout.strip(),
        "FAKETIME_TIMESTAMP_FILE": str(file),
        "FAKETIME_NO_CACHE": "1",
        "METRICA_WASM_COMPILER": "optimizing",  # pays after a minute
        "PYTHONPATH": os.pathsep.join([str(ROOT / "tests" / "clock"), str(ROOT)]),
    }


class FakedClock:
    """The file that all processes read their clock from."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def set(self, at: datetime) -> None:
        """Set the clock of all processes to a time, aware, in whole seconds."""
        unfinished = self._file.with_suffix(".new")
        unfinished.write_text(f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}\n")
        unfinished.replace(self._file)

    def check(self, at: datetime, database: psycopg.Connection[Any]) -> None:
        """Set the clock and compare those of Python, of a new process of Node, and of the database.

        Raises:
            ClockError: one of them differs.
        """
        self.set(at)
        of_node = subprocess.run(["node", "-p", "new Date().toISOString()"], check=True, capture_output=True, text=True)
        row = database.execute("SELECT now(), clock_timestamp()").fetchone()
        assert row is not None
        clocks = {
            "Python": datetime.now(UTC),
            "Node": datetime.fromisoformat(of_node.stdout.strip()),
            "now()": row[0],
            "clock_timestamp()": row[1],
        }
        if any(read != at for read in clocks.values()):
            raise ClockError(f"The clocks are not at {at}: {clocks}.")
