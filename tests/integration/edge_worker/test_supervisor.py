"""The supervisor with real processes that fail in every way a worker can."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from _thread import interrupt_main
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edge_worker.backoff import Backoff
from edge_worker.status.healthz import health_problems
from edge_worker.supervisor import supervised_process
from edge_worker.supervisor.processes import WorkerSpec
from edge_worker.supervisor.restart_policy import RestartPolicy
from edge_worker.supervisor.running_process import ProcessSpec
from edge_worker.supervisor.standby import Standby, StandbyEnd
from edge_worker.supervisor.supervisor import Supervisor

SENDS_STATUS = """
import os
def send(text, camera_id=os.environ.get("CAMERA")):
    if camera_id and text.startswith("{"):
        text = '{"camera_id": "' + camera_id + '", ' + text[1:]
    os.write(int(os.environ["METRICA_STATUS_FD"]), text.encode() + b"\\n")
"""


FAST_RESTARTS = RestartPolicy(Backoff(first_s=0.01, longest_s=0.02), stable_after_s=60.0)


def process(name: str, program: str, **settings: Any) -> ProcessSpec:
    return ProcessSpec(
        name, (sys.executable, "-c", SENDS_STATUS + program), **{"restart_policy": FAST_RESTARTS, **settings}
    )


def worker(name: str, program: str, **settings: Any) -> WorkerSpec:
    return WorkerSpec({name: name}, process(name, program, environment={"CAMERA": name}, **settings))


def supervisor_of(*specs: WorkerSpec, detector: ProcessSpec | None = None) -> Supervisor:
    return Supervisor(specs, detector=detector)


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def run_until(
    specs: list[WorkerSpec], condition: Callable[[Supervisor], bool], detector: ProcessSpec | None = None
) -> tuple[int, Supervisor]:
    """Supervise until ``condition``, then run the handler of SIGTERM: a real signal would end the test process."""
    supervisor = supervisor_of(*specs, detector=detector)
    done = threading.Event()

    def wait_for_condition() -> None:
        while not condition(supervisor) and not done.wait(0.01):
            pass
        if not done.is_set():
            interrupt_main(signal.SIGTERM)

    waiter = threading.Thread(target=wait_for_condition, daemon=True)
    waiter.start()
    try:
        return supervisor.run(), supervisor
    finally:
        done.set()
        waiter.join()


def test_the_supervisor_ends_with_the_largest_exit_code_of_its_workers() -> None:
    assert supervisor_of(worker("a", "raise SystemExit(0)"), worker("b", "raise SystemExit(2)")).run() == 2


def test_a_worker_that_fails_is_restarted_while_the_others_continue(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    dies = f"open({str(starts)!r}, 'a').write('x'); os.kill(os.getpid(), 9)"
    continues = "send('{\"in\": 7}'); import time; time.sleep(60)"
    code, supervisor = run_until(
        [worker("dies", dies), worker("continues", continues)],
        lambda w: starts.exists() and len(starts.read_text()) >= 3 and "in" in w.status()["cameras"]["continues"],
    )
    assert code == 0
    assert supervisor.status()["cameras"]["continues"]["in"] == 7
    assert supervisor.status()["cameras"]["dies"]["failures"] >= 2


def test_a_worker_with_wrong_settings_is_not_restarted(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    assert supervisor_of(worker("a", f"open({str(starts)!r}, 'a').write('x'); raise SystemExit(2)")).run() == 2
    assert starts.read_text() == "x"


def test_a_worker_whose_counting_thread_is_stuck_is_killed_and_restarted(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    stuck = f"""
import time
open({str(starts)!r}, 'a').write('x')
while True:
    send('{{"stuck": true}}')
    time.sleep(0.05)
"""
    run_until([worker("stuck", stuck, silence_limit_s=0.6)], lambda _: starts.exists() and len(starts.read_text()) >= 2)


def test_a_worker_that_reached_the_end_of_its_file_on_a_full_disk_is_not_restarted(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    assert supervisor_of(worker("a", f"open({str(starts)!r}, 'a').write('x'); raise SystemExit(3)")).run() == 3
    assert starts.read_text() == "x"


@pytest.mark.parametrize("invalid", ['{"in": 7', "7", "", "[1]"])
def test_an_invalid_status_of_one_worker_does_not_end_the_supervisor(invalid: str) -> None:
    sends_it_and_continues = f"send({invalid!r}); send('{{\"in\": 7}}'); send({invalid!r}); import time; time.sleep(60)"
    code, supervisor = run_until(
        [worker("a", sends_it_and_continues)], lambda w: w.status()["cameras"]["a"].get("in") == 7
    )
    assert code == 0
    assert supervisor.status()["cameras"]["a"]["failures"] == 0


def test_a_worker_that_cannot_be_started_is_retried_while_the_others_continue() -> None:
    gone = WorkerSpec(
        {"gone": "gone"}, ProcessSpec("gone", ("/no/such/python", "-c", ""), restart_policy=FAST_RESTARTS)
    )
    continues = "send('{\"in\": 7}'); import time; time.sleep(60)"
    open_before = open_descriptors()
    code, supervisor = run_until(
        [gone, worker("continues", continues)],
        lambda w: w.status()["cameras"]["gone"]["failures"] >= 3 and "in" in w.status()["cameras"]["continues"],
    )
    assert code == 0
    assert any("gone" in one for one in health_problems(supervisor.status()))
    assert open_descriptors() <= open_before, "an attempt left a pipe open"


def test_sigterm_reaches_every_worker_and_leaves_it_time_to_drain(tmp_path: Path) -> None:
    def drains(name: str) -> str:
        return f"""
import signal, time
def drain(*_):
    open({str(tmp_path / name)!r}, 'w').write('drained')
    raise SystemExit(0)
signal.signal(signal.SIGTERM, drain)
send('{{"ready": true}}')
time.sleep(60)
"""

    code, _ = run_until(
        [worker("a", drains("a")), worker("b", drains("b"))],
        lambda w: all("ready" in camera for camera in w.status()["cameras"].values()),
    )
    assert code == 0
    assert [(tmp_path / name).read_text() for name in ("a", "b")] == ["drained", "drained"]


# -- several cameras in one worker ------------------------------------------------------------------------------


def shared_worker(program: str, **settings: Any) -> WorkerSpec:
    return WorkerSpec({"1": "one", "2": "two"}, process("shared", program, **settings))


def test_each_camera_of_a_worker_has_a_status_of_its_own() -> None:
    sends = """
import time
send('{"in": 1}', "1")
send('{"state": "failed", "exit_code": 1, "problem": "no such camera"}', "2")
time.sleep(60)
"""
    _, supervisor = run_until([shared_worker(sends)], lambda one: one.status()["cameras"]["two"]["state"] == "failed")
    assert supervisor.status()["cameras"]["one"]["in"] == 1
    assert "two: the worker ended with exit code 1: no such camera" in health_problems(supervisor.status())


@pytest.mark.parametrize("state", ["ended", "failed"])
def test_a_camera_that_has_ended_is_not_missed_and_one_that_hangs_is(tmp_path: Path, state: str) -> None:
    starts = tmp_path / "starts"
    program = f"""
import time
open({str(starts)!r}, 'a').write('x')
send('{{"state": "{state}"}}', "2")
for _ in range(60):
    send('{{"state": "running"}}', "1")
    time.sleep(0.02)
open({str(starts)!r}, 'a').write('h')
time.sleep(60)
"""
    run_until([shared_worker(program, silence_limit_s=0.5)], lambda _: starts.exists() and len(starts.read_text()) >= 3)
    assert starts.read_text()[:3] == "xhx"


# -- the detector process --------------------------------------------------------------------------------------------

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


def test_a_worker_notices_that_its_supervisor_is_gone() -> None:
    reader, writer = os.pipe()
    program = """
import os
from edge_worker.status.outputs import StatusPipe
pipe = StatusPipe()
pipe.send({})
print(pipe.orphaned, flush=True)
input()
pipe.send({})
print(pipe.orphaned)
"""
    with subprocess.Popen(
        [sys.executable, "-c", program],
        env={**os.environ, "METRICA_STATUS_FD": str(writer)},
        pass_fds=(writer,),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        os.close(writer)
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "False"
        os.close(reader)
        assert process.communicate("\n")[0].strip() == "True"
