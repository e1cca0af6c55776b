"""Parts are kept running, with what happened said in a sentence."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from local.errors import PartFailedError
from local.stack.guard import alive
from local.stack.keeper import Keeper
from local.stack.part import NotReady, Probe
from tests.integration.local.stack.conftest import Watch

Keep = Callable[..., Keeper]
FOR_EVER = "import signal; signal.pause()"


def file_exists(path: Path) -> Probe:
    def probe() -> None:
        if not path.exists():
            raise NotReady(f"{path.name} is not there")

    return probe


def until(condition: Callable[[], bool], within_s: float = 15) -> bool:
    """Whether the condition came true in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        os.sched_yield()
    return True


def test_a_part_is_started_and_waited_for(keep: Keep, watch: Watch, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    keep(f"open({str(ready)!r}, 'w'); {FOR_EVER}", ready=file_exists(ready)).start()
    assert watch.line_with("part: ready in")
    assert ready.exists()


def test_a_part_that_ends_before_it_is_ready_is_told_with_its_last_words(keep: Keep, tmp_path: Path) -> None:
    keeper = keep("import sys; sys.exit('no space left on device')", ready=file_exists(tmp_path / "never"))
    with pytest.raises(PartFailedError) as failed:
        keeper.start()
    assert "part ended before it was ready: exit code 1; its last words: no space left on device" in str(failed.value)
    assert "logs/part.log" in str(failed.value)


def test_a_part_that_is_never_ready_is_told_with_what_was_seen(keep: Keep, tmp_path: Path) -> None:
    keeper = keep(FOR_EVER, ready=file_exists(tmp_path / "never"), within_s=0.2)
    with pytest.raises(PartFailedError, match=r"part was not ready within 0\.2 s: never is not there"):
        keeper.start()


def test_a_killed_part_is_started_again(keep: Keep, watch: Watch) -> None:
    keeper = keep(FOR_EVER)
    keeper.start()
    first = keeper.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert watch.line_with("died") == "part: died: killed by SIGKILL; it said nothing; starting it again in 0.25 s"
    assert watch.line_with("ready in")
    assert keeper.pid != first
    assert watch.lost.empty()


def test_a_part_that_keeps_dying_is_given_up_with_its_last_words(keep: Keep, watch: Watch) -> None:
    keep("print('out of luck'); raise SystemExit(3)").start()
    error = watch.lost.get(timeout=30)
    assert isinstance(error, PartFailedError)
    assert str(error).startswith(
        "part failed 5 times within 60 s; the last time it died: exit code 3; its last words: out of luck"
    )


def test_a_part_that_is_killed_again_and_again_is_not_given_up(keep: Keep, watch: Watch) -> None:
    keeper = keep(FOR_EVER)
    keeper.start()
    for delay in ("0.25", "0.5", "1", "2", "4"):
        assert keeper.pid is not None
        os.kill(keeper.pid, signal.SIGKILL)
        assert watch.line_with("died").endswith(f"starting it again in {delay} s")
        if delay != "4":
            watch.line_with("ready in")
    assert watch.lost.empty()


def test_a_part_that_may_end_is_let_go(keep: Keep, watch: Watch) -> None:
    keeper = keep("raise SystemExit(7)", restart=False)
    keeper.start()
    assert until(lambda: keeper.exit_code == 7)
    keeper.stop()
    assert watch.lost.empty()


def test_children_of_a_killed_part_do_not_outlive_it(keep: Keep, watch: Watch, tmp_path: Path) -> None:
    told = tmp_path / "child"
    keeper = keep(
        "import os, signal\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"else:\n    open({str(told)!r}, 'w').write(str(child))\n"
        "signal.pause()",
        ready=lambda: file_exists(told)() if told.exists() and told.read_text() else _not_yet(),
    )
    keeper.start()
    child = int(told.read_text())
    assert keeper.pid is not None
    os.kill(keeper.pid, signal.SIGKILL)
    watch.line_with("died")
    assert until(lambda: not alive(child))


def test_a_part_that_ignores_sigterm_is_killed_with_its_children(keep: Keep) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1]
    keeper = keep(
        "import os, signal, socket\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"listener = socket.create_server(('127.0.0.1', {number}))\n"
        "os.fork()\n"
        "signal.pause()",
        ready=_listens(number),
    )
    keeper.start()
    keeper.stop()
    # The child held the port too: free means that it has gone.
    socket.create_server(("127.0.0.1", number)).close()


def _not_yet() -> None:
    raise NotReady("the child has not told its pid")


def _listens(number: int) -> Probe:
    def probe() -> None:
        try:
            socket.create_connection(("127.0.0.1", number), timeout=1).close()
        except OSError as error:
            raise NotReady(str(error)) from error

    return probe
