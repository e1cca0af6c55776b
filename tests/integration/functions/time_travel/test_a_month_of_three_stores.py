"""A month of three stores, through the real Lambdas and the real database, with the clock of every process faked.

`month.py` runs it and `timetable.py` says what has to happen. The list of what happened is in `build/time-travel.md`.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.integration.functions.time_travel.clock import ROOT, faked_environment
from tests.integration.functions.time_travel.timetable import expected_entries

LIST = ROOT / "build" / "time-travel.md"


@pytest.mark.slow
@pytest.mark.timeout(2400)
def test_incidents_messages_and_mails_of_a_month_are_those_of_the_timetable(tmp_path: Path) -> None:
    clock, home = tmp_path / "clock", tmp_path / "home"
    home.mkdir()
    clock.write_text("2026-09-01 00:00:00\n")
    LIST.unlink(missing_ok=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.integration.functions.time_travel.month", str(home), str(LIST)],
        cwd=ROOT,
        env=faked_environment(clock),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate()
    finally:
        with suppress(ProcessLookupError):  # what it started, when this test is stopped
            os.killpg(process.pid, signal.SIGKILL)
    print(output)
    assert process.returncode == 0, output[-6000:]
    happened = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line.startswith("- ")]
    assert len(happened) == len(expected_entries())
