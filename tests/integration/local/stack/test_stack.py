"""What `Stack` promises to the commands that use it, on a stack of one small part and a database that runs already."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from local.errors import AlreadyRunningError, PartFailedError
from local.stack import Part, Stack, StackSettings
from local.stack.guard import alive

FOR_EVER = (sys.executable, "-S", "-c", "import signal; signal.pause()")
Start = Callable[[], AbstractContextManager[Stack]]


@pytest.fixture
def start(stack: Stack, tmp_path: Path) -> Start:
    """Starts a stack that has no parts yet."""

    @contextmanager
    def started() -> Iterator[Stack]:
        settings = StackSettings.for_test(tmp_path, database_url=stack.urls.database)
        with Stack.start(settings, report=lambda _: None, database_only=True) as small:
            yield small

    return started


def test_waiting_ends_with_true_at_a_signal(stack: Stack, tmp_path: Path) -> None:
    assert signalled("waiting", tmp_path, stack) == "False, then True"


def test_a_signal_ends_the_callers_own_work_quietly_and_stops_the_parts(stack: Stack, tmp_path: Path) -> None:
    assert signalled("working", tmp_path, stack) == "nothing after the signal, part stopped"


def test_signals_are_as_before_afterwards(start: Start) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with start():
        assert signal.getsignal(signal.SIGTERM) != before
    assert signal.getsignal(signal.SIGTERM) == before


def test_a_lost_part_ends_the_waiting_with_its_reason(start: Start) -> None:
    with start() as small:
        small.add(Part("doomed", (sys.executable, "-S", "-c", "raise SystemExit('no camera there')")))
        with pytest.raises(PartFailedError, match=r"^doomed failed 5 times within 60 s; .* no camera there"):
            small.wait(30)


def test_a_part_of_ones_own_is_stopped_by_name(start: Start) -> None:
    with start() as small:
        small.add(Part("part", FOR_EVER))
        pid = small.part_pid("part")
        small.stop_part("part")
        assert pid is not None
        assert not alive(pid)
        small.add(Part("part", FOR_EVER))


def test_a_folder_is_free_again_when_its_stack_has_stopped(start: Start) -> None:
    with start(), pytest.raises(AlreadyRunningError), start():
        pytest.fail("two stacks on one folder")
    with start() as small:
        assert small.settings.log_folder.parent == small.settings.home


def signalled(what: str, home: Path, stack: Stack) -> str:
    """What a caller in a process of its own says of its signal."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.integration.local.stack.signalled", what, str(home), stack.urls.database],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.strip()
