"""Services are restarted, and every event is reported in one sentence."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from local.errors import ServiceFailedError
from local.stack.processes import is_running
from local.stack.service import NotReady, ReadinessCheck
from local.stack.supervisor import ServiceSupervisor
from tests.integration.local.stack.conftest import Reports

Supervise = Callable[..., ServiceSupervisor]
SLEEP = "import signal; signal.pause()"


def file_exists(path: Path) -> ReadinessCheck:
    def check() -> None:
        if not path.exists():
            raise NotReady(f"{path.name} is not there")

    return check


def until(condition: Callable[[], bool], within_s: float = 15) -> bool:
    """Return whether the condition became true in time."""
    deadline = time.monotonic() + within_s
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def test_start_returns_when_the_service_is_ready(supervise: Supervise, reports: Reports, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    supervise(f"open({str(ready)!r}, 'w'); {SLEEP}", check_ready=file_exists(ready)).start()
    assert reports.line_with("service: ready in")
    assert ready.exists()


def test_a_service_that_ends_before_it_is_ready_is_reported_with_its_last_log_line(
    supervise: Supervise, tmp_path: Path
) -> None:
    supervisor = supervise(
        "import sys; sys.exit('no space left on device')", check_ready=file_exists(tmp_path / "never")
    )
    with pytest.raises(ServiceFailedError) as failed:
        supervisor.start()
    assert "service ended before it was ready: exit code 1; last log line: no space left on device" in str(failed.value)
    assert "logs/service.log" in str(failed.value)


def test_a_service_that_never_becomes_ready_is_reported_with_the_reason(supervise: Supervise, tmp_path: Path) -> None:
    supervisor = supervise(SLEEP, check_ready=file_exists(tmp_path / "never"), ready_timeout_s=0.2)
    with pytest.raises(ServiceFailedError, match=r"service was not ready within 0\.2 s: never is not there"):
        supervisor.start()


def test_a_killed_service_is_restarted(supervise: Supervise, reports: Reports) -> None:
    supervisor = supervise(SLEEP)
    supervisor.start()
    first = supervisor.pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    assert reports.line_with("ended") == "service: ended: killed by SIGKILL; no output; restarting in 0.25 s"
    assert reports.line_with("ready in")
    assert supervisor.pid != first
    assert reports.failures.empty()


def test_a_service_that_keeps_failing_is_given_up_with_its_last_log_line(
    supervise: Supervise, reports: Reports
) -> None:
    supervise("print('out of luck'); raise SystemExit(3)").start()
    error = reports.failures.get(timeout=30)
    assert isinstance(error, ServiceFailedError)
    assert str(error).startswith(
        "service failed 5 times within 60 s; the last time it ended: exit code 3; last log line: out of luck"
    )


def test_a_service_that_is_killed_again_and_again_is_not_given_up(supervise: Supervise, reports: Reports) -> None:
    supervisor = supervise(SLEEP)
    supervisor.start()
    for delay in ("0.25", "0.5", "1", "2", "4"):
        assert supervisor.pid is not None
        os.kill(supervisor.pid, signal.SIGKILL)
        assert reports.line_with("ended").endswith(f"restarting in {delay} s")
        if delay != "4":
            reports.line_with("ready in")
    assert reports.failures.empty()


def test_children_of_a_killed_service_do_not_outlive_it(supervise: Supervise, reports: Reports, tmp_path: Path) -> None:
    pid_file = tmp_path / "child"
    supervisor = supervise(
        "import os, signal\n"
        "child = os.fork()\n"
        "if child == 0:\n"
        "    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"else:\n    open({str(pid_file)!r}, 'w').write(str(child))\n"
        "signal.pause()",
        check_ready=lambda: file_exists(pid_file)() if pid_file.exists() and pid_file.read_text() else _not_yet(),
    )
    supervisor.start()
    child = int(pid_file.read_text())
    assert supervisor.pid is not None
    os.kill(supervisor.pid, signal.SIGKILL)
    reports.line_with("ended")
    assert until(lambda: not is_running(child))


def test_a_service_that_ignores_sigterm_is_killed_with_its_children(supervise: Supervise) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        number = listener.getsockname()[1]
    supervisor = supervise(
        "import os, signal, socket\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"listener = socket.create_server(('127.0.0.1', {number}))\n"
        "os.fork()\n"
        "signal.pause()",
        check_ready=_listens(number),
    )
    supervisor.start()
    supervisor.stop()
    # The child held the port too: a free port means that it has ended.
    socket.create_server(("127.0.0.1", number)).close()


def _not_yet() -> None:
    raise NotReady("the child has not written its pid")


def _listens(number: int) -> ReadinessCheck:
    def check() -> None:
        try:
            socket.create_connection(("127.0.0.1", number), timeout=1).close()
        except OSError as error:
            raise NotReady(str(error)) from error

    return check
