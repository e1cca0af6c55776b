"""The contract of `Stack`, with one small service and a database that already runs."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from local.errors import AlreadyRunningError, ServiceFailedError
from local.stack.processes import is_running
from local.stack.service import Service
from local.stack.stack import Stack
from tests.stack import stack_settings

SLEEP = (sys.executable, "-S", "-c", "import signal; signal.pause()")
Start = Callable[[], AbstractContextManager[Stack]]


@pytest.fixture
def start(stack: Stack, tmp_path: Path) -> Start:
    """Start a stack without services."""

    @contextmanager
    def started() -> Iterator[Stack]:
        settings = stack_settings(tmp_path, database_url=stack.urls.database)
        with Stack.start(settings, report=lambda _: None, database_only=True) as small:
            yield small

    return started


def test_wait_returns_true_after_a_signal(stack: Stack, tmp_path: Path) -> None:
    assert signalled("waiting", tmp_path, stack) == "False, then True"


def test_a_signal_ends_the_callers_own_code_without_an_error_and_stops_the_services(
    stack: Stack, tmp_path: Path
) -> None:
    assert signalled("working", tmp_path, stack) == "nothing after the signal, service stopped"


def test_the_signal_handlers_are_restored(start: Start) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with start():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_wait_raises_the_reason_when_a_service_is_given_up(start: Start) -> None:
    with start() as small:
        small.add_service(Service("doomed", (sys.executable, "-S", "-c", "raise SystemExit('no camera there')")))
        with pytest.raises(ServiceFailedError, match=r"^doomed failed 5 times within 60 s; .* no camera there"):
            small.wait(30)


def test_an_added_service_is_stopped_by_its_name(start: Start) -> None:
    with start() as small:
        small.add_service(Service("service", SLEEP))
        pid = small.service_pid("service")
        small.stop_service("service")
        assert pid is not None
        assert not is_running(pid)
        small.add_service(Service("service", SLEEP))


def test_a_folder_can_be_used_again_after_its_stack_has_stopped(start: Start) -> None:
    with start(), pytest.raises(AlreadyRunningError), start():
        pytest.fail("two stacks on one folder")
    with start() as small:
        assert small.settings.log_folder.parent == small.settings.home


def signalled(what: str, home: Path, stack: Stack) -> str:
    """Return what a caller in a process of its own prints after its signal."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.local.stack.signalled_caller", what, str(home), stack.urls.database],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()
