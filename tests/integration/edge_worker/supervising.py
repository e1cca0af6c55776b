"""Supervise processes in a test: programs that send a status, and a supervisor that runs until something holds."""

from __future__ import annotations

import signal
import sys
import threading
from _thread import interrupt_main
from collections.abc import Callable
from pathlib import Path
from typing import Any

from edge_worker.backoff import Backoff
from edge_worker.supervisor.processes import WorkerSpec
from edge_worker.supervisor.restart_policy import RestartPolicy
from edge_worker.supervisor.running_process import ProcessSpec
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
