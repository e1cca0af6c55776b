"""The supervisor with real processes that fail in every way a worker can."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from edge_worker.status.healthz import health_problems
from edge_worker.supervisor.processes import WorkerSpec
from edge_worker.supervisor.running_process import ProcessSpec
from tests.integration.edge_worker.supervising import (
    FAST_RESTARTS,
    open_descriptors,
    process,
    run_until,
    supervisor_of,
    worker,
)


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
