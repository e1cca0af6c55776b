"""`make test-clock` notes when tests begin, finds those of before a boundary, and leaves the monotonic clock real."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from time import time

import pytest

from scripts.clock_tests import REAL_MONOTONIC_CLOCK, modules_begun_before

ROOT = Path(__file__).parents[3]
TESTS = """
import pytest

@pytest.mark.parametrize("name", ["of two words", "b"])
def test_it(name): ...
"""
WAIT_S = 0.2
WAIT = f"""
import ctypes, time

class Time(ctypes.Structure):
    _fields_ = [("s", ctypes.c_long), ("ns", ctypes.c_long)]

libc = ctypes.CDLL(None)
attributes, condition, mutex = (ctypes.create_string_buffer(64) for _ in range(3))
libc.pthread_condattr_init(attributes)
libc.pthread_condattr_setclock(attributes, time.CLOCK_MONOTONIC)
libc.pthread_cond_init(condition, attributes)
libc.pthread_mutex_init(mutex, None)
libc.pthread_mutex_lock(mutex)
began = time.monotonic()
until_s = began + {WAIT_S}
libc.pthread_cond_timedwait(condition, mutex, ctypes.byref(Time(int(until_s), int(until_s % 1 * 1e9))))
print(time.time(), time.monotonic() - began)
"""
DAY_S = 86_400
BOUNDARY = datetime(2027, 3, 28, 1, 0, tzinfo=UTC)


def test_the_modules_of_the_tests_that_began_before_are_found() -> None:
    at = BOUNDARY.timestamp()
    lines = [
        f"{at - 9.5} tests/test_b.py::test_it[of two words]",
        f"{at - 9} tests/test_a.py::test_it[b]",
        f"{at - 0.001} tests/test_b.py::test_it[b]",
        f"{at} tests/test_c.py::test_it[b]",
        f"{at + 1} tests/test_a.py::test_that",
    ]
    assert modules_begun_before("\n".join([*lines, ""]), BOUNDARY) == ["tests/test_b.py", "tests/test_a.py"]
    assert modules_begun_before(lines[-1] + "\n", BOUNDARY) == []


def test_the_start_of_each_test_of_all_workers_is_noted(tmp_path: Path) -> None:
    for name in ("test_a.py", "test_b.py"):
        (tmp_path / name).write_text(TESTS)
    noted = tmp_path / "start-times"
    plugins = ["-p", "tests.start_times", "-p", "no:hypothesispytest", "-p", "no:schemathesis"]
    options = ["--start-times", str(noted), "-n", "2", "--dist", "loadfile", "--rootdir", "."]
    command = [sys.executable, "-m", "pytest", "-q", *plugins, *options]
    began = time()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert "4 passed" in done.stdout, done.stdout + done.stderr
    lines = [line.split(" ", 1) for line in noted.read_text().splitlines()]
    assert sorted(node_id for _, node_id in lines) == [
        f"test_{module}.py::test_it[{name}]" for module in "ab" for name in ("b", "of two words")
    ]
    assert all(began < float(start) < time() for start, _ in lines)


def test_a_wait_by_the_monotonic_clock_lasts_as_long_as_it_is_to_while_the_clock_is_faked() -> None:
    faketime = shutil.which("faketime")
    if faketime is None:
        pytest.skip("faketime is not installed")
    command = [faketime, "-f", f"+{DAY_S}", sys.executable, "-c", WAIT]
    environment = {**os.environ, **REAL_MONOTONIC_CLOCK}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    now, waited_s = map(float, done.stdout.split())
    assert now - time() > DAY_S - 60
    assert waited_s > 0.99 * WAIT_S
