"""After `kill -9` of the process that runs the stack, none of its services is left."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.errors import AlreadyRunningError
from local.stack.lock import FolderLock, running_stack
from local.stack.processes import is_running


@pytest.fixture
def stack_process(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.local.supervised", str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    yield process
    process.kill()
    process.communicate()


def pids_of(stack_process: subprocess.Popen[str]) -> tuple[int, int, int]:
    """Return the pids of the cleaner, of the service, and of its child."""
    assert stack_process.stdout is not None
    cleaner, service, child = map(int, stack_process.stdout.readline().split())
    return cleaner, service, child


def until(condition: Callable[[], bool], within_s: float = 15) -> bool:
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def test_its_services_and_their_children_are_stopped(stack_process: subprocess.Popen[str]) -> None:
    pids = pids_of(stack_process)
    assert all(map(is_running, pids))
    stack_process.send_signal(signal.SIGKILL)
    stack_process.wait()
    assert until(lambda: not any(map(is_running, pids)))


def test_the_next_stack_waits_until_that_is_done(stack_process: subprocess.Popen[str], tmp_path: Path) -> None:
    _, service, child = pids_of(stack_process)
    stack_process.send_signal(signal.SIGKILL)
    stack_process.wait()
    FolderLock.acquire(tmp_path).release()
    assert not is_running(service)
    assert until(lambda: not is_running(child))


def test_a_second_stack_on_the_same_folder_is_refused_with_the_pid_of_the_first(
    stack_process: subprocess.Popen[str], tmp_path: Path
) -> None:
    pids_of(stack_process)
    assert running_stack(tmp_path) == stack_process.pid
    with pytest.raises(AlreadyRunningError, match=f"already running on {tmp_path}, by pid {stack_process.pid} "):
        FolderLock.acquire(tmp_path)
