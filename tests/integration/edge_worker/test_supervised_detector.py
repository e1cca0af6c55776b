"""The supervisor with a detector process that fails, and with a standby of it."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from edge_worker.backoff import Backoff
from edge_worker.status.healthz import health_problems
from edge_worker.supervisor import supervised_process
from edge_worker.supervisor.restart_policy import RestartPolicy
from edge_worker.supervisor.running_process import ProcessSpec
from edge_worker.supervisor.standby import Standby, StandbyEnd
from edge_worker.supervisor.supervisor import Supervisor
from tests.integration.edge_worker.supervising import process, run_until, worker

CONTINUES = "send('{\"in\": 7}'); import time; time.sleep(60)"


def test_a_detector_process_that_ends_is_always_started_again_and_is_a_problem_of_health(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    ends = process("detector", f"open({str(starts)!r}, 'a').write('x')", final_exit_codes=frozenset())
    code, _ = run_until(
        [worker("a", CONTINUES)], lambda _: starts.exists() and len(starts.read_text()) >= 3, detector=ends
    )
    assert code == 0


def test_a_detector_process_that_was_killed_is_reported_with_a_remedy() -> None:
    slow = RestartPolicy(Backoff(first_s=60.0, longest_s=60.0))
    dies = process("detector", "import os; os.kill(os.getpid(), 9)", restart_policy=slow)
    _, supervisor = run_until(
        [worker("a", CONTINUES)], lambda one: one.status()["detector"]["exit_code"] == 9, detector=dies
    )
    [problem] = [one for one in health_problems(supervisor.status()) if "detector process" in one]
    assert "ended with exit code 9" in problem
    assert "choose another --backend" in problem


def test_a_detector_process_that_is_silent_is_killed_when_it_runs_but_may_load_for_longer(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    program = f"""
import time
open({str(starts)!r}, 'a').write('x')
send('{{"state": "loading"}}')
time.sleep(1.0)
open({str(starts)!r}, 'a').write('r')
send('{{"state": "running"}}')
time.sleep(60)
"""
    run_until(
        [worker("a", CONTINUES)],
        lambda _: starts.exists() and len(starts.read_text()) >= 3,
        detector=process("detector", program, ready_silence_limit_s=0.4),
    )
    assert starts.read_text()[:3] == "xrx"


STANDS_BY = """
import signal, time
from edge_worker.supervisor.standby import Standby
standby = Standby.inherited()
if standby is not None:
    if os.path.exists({fails!r}):
        raise SystemExit(1)
    send('{{"state": "standby"}}')
    if standby.wait(60).name != "ACTIVATED":
        raise SystemExit(0)
send('{{"state": "running", "pid": ' + str(os.getpid()) + '}}')
time.sleep(60)
"""


def detector_with_standby(tmp_path: Path, **settings: Any) -> ProcessSpec:
    program = STANDS_BY.format(fails=str(tmp_path / "standby fails"))
    return process("detector", program, has_standby=True, final_exit_codes=frozenset(), **settings)


def test_a_standby_takes_over_and_gets_a_standby_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervised_process, "STANDBY_AFTER_S", 0.0)
    seen: list[tuple[int, int]] = []

    def has_taken_over_twice(supervisor: Supervisor) -> bool:
        detector = supervisor.status()["detector"]
        pid, standby_pid = detector.get("pid"), detector["standby_pid"]
        if pid and standby_pid and all(pid != before for before, _ in seen):
            seen.append((pid, standby_pid))
            os.kill(pid, signal.SIGKILL)
        return len(seen) == 3

    run_until([worker("a", CONTINUES)], has_taken_over_twice, detector=detector_with_standby(tmp_path))
    assert [pid for pid, _ in seen[1:]] == [standby_pid for _, standby_pid in seen[:-1]]
    assert not any(Path(f"/proc/{pid}").exists() for pids in seen for pid in pids), "a process was left"


def test_without_a_standby_that_lives_the_process_is_started_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(supervised_process, "STANDBY_AFTER_S", 0.0)
    (tmp_path / "standby fails").touch()
    pids: set[int] = set()

    def was_started_again(supervisor: Supervisor) -> bool:
        detector = supervisor.status()["detector"]
        if "pid" in detector and detector["pid"] not in pids and "the standby of detector ended" in caplog.text:
            pids.add(detector["pid"])
            os.kill(detector["pid"], signal.SIGKILL)
        return len(pids) == 2

    run_until([worker("a", CONTINUES)], was_started_again, detector=detector_with_standby(tmp_path))


def test_a_standby_ends_with_the_supervisor_that_was_killed() -> None:
    reader, writer = os.pipe()
    standby = Standby(reader)
    assert standby.wait(0) is None
    os.close(writer)
    assert standby.wait(10) is StandbyEnd.SUPERVISOR_ENDED
    os.close(reader)


def test_the_detector_process_ends_after_the_workers(tmp_path: Path) -> None:
    order = tmp_path / "order"

    def notes(name: str) -> str:
        return f"""
import signal, time
def end(*_):
    open({str(order)!r}, 'a').write({name!r})
    raise SystemExit(0)
signal.signal(signal.SIGTERM, end)
send('{{"ready": true}}')
time.sleep(60)
"""

    run_until(
        [worker("a", notes("w")), worker("b", notes("w"))],
        lambda one: all("ready" in each for each in (*one.status()["cameras"].values(), one.status()["detector"])),
        detector=process("detector", notes("d")),
    )
    assert order.read_text() == "wwd"
