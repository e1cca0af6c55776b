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

import pytest

from edge_worker.backoff import Backoff
from edge_worker.status.healthz import health_problems
from edge_worker.supervisor.restart_policy import RestartPolicy
from edge_worker.supervisor.supervisor import Supervisor
from edge_worker.supervisor.worker_process import WorkerSpec

SENDS_STATUS = "import os; send = lambda text: os.write(int(os.environ['METRICA_STATUS_FD']), text.encode() + b'\\n')\n"


FAST_RESTARTS = RestartPolicy(Backoff(first_s=0.01, longest_s=0.02), stable_after_s=60.0)


def worker(name: str, program: str, **environment: str) -> WorkerSpec:
    return WorkerSpec(name, (sys.executable, "-c", SENDS_STATUS + program), environment)


def supervisor_of(*specs: WorkerSpec) -> Supervisor:
    return Supervisor(specs, restart_policy=FAST_RESTARTS)


def open_descriptors() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def run_until(specs: list[WorkerSpec], condition: Callable[[Supervisor], bool]) -> tuple[int, Supervisor]:
    """Supervise until ``condition``, then run the handler of SIGTERM: a real signal would end the test process."""
    supervisor = supervisor_of(*specs)
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


def test_a_worker_whose_counting_thread_is_stuck_is_killed_and_restarted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("edge_worker.supervisor.worker_process.SILENCE_LIMIT_S", 0.6)
    starts = tmp_path / "starts"
    stuck = f"""
import time
open({str(starts)!r}, 'a').write('x')
while True:
    send('{{"stuck": true}}')
    time.sleep(0.05)
"""
    run_until([worker("stuck", stuck)], lambda _: starts.exists() and len(starts.read_text()) >= 2)


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
    gone = WorkerSpec("gone", ("/no/such/python", "-c", ""), {})
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
