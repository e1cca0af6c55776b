"""After `kill -9` of the command that runs the stack, nothing of it is left."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.errors import AlreadyRunningError
from local.stack.guard import alive
from local.stack.lock import FolderLock, running_on


@pytest.fixture
def supervisor(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.local.supervisor", str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def pids_of(supervisor: subprocess.Popen[str]) -> tuple[int, int, int]:
    """The guard, the part, the part's child."""
    assert supervisor.stdout is not None
    guard, part, child = map(int, supervisor.stdout.readline().split())
    return guard, part, child


def until(condition: Callable[[], bool], within_s: float = 15) -> bool:
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        os.sched_yield()
    return True


def test_its_parts_and_their_children_are_cleared_away(supervisor: subprocess.Popen[str]) -> None:
    pids = pids_of(supervisor)
    assert all(map(alive, pids))
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    assert until(lambda: not any(map(alive, pids)))


def test_the_next_one_waits_until_that_is_done(supervisor: subprocess.Popen[str], tmp_path: Path) -> None:
    _, part, child = pids_of(supervisor)
    supervisor.send_signal(signal.SIGKILL)
    supervisor.wait()
    FolderLock.acquire(tmp_path).release()
    assert not alive(part)
    assert until(lambda: not alive(child))


def test_a_second_one_on_the_same_folder_is_refused_with_the_first_ones_pid(
    supervisor: subprocess.Popen[str], tmp_path: Path
) -> None:
    pids_of(supervisor)
    assert running_on(tmp_path) == supervisor.pid
    with pytest.raises(AlreadyRunningError, match=f"already running on {tmp_path}, by pid {supervisor.pid} "):
        FolderLock.acquire(tmp_path)
