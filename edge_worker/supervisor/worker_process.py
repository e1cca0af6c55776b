"""One worker process as its supervisor sees it: how it is started, its status pipe, its restarts."""

from __future__ import annotations

import json
import logging
import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from edge_worker.backoff import Backoff
from edge_worker.errors import UsageError
from edge_worker.status.outputs import NOT_ALL_ON_DISK, STATUS_FD
from edge_worker.supervisor.edge_file import CameraSection, EdgeFile
from edge_worker.supervisor.restart_policy import RestartPolicy

log = logging.getLogger(__name__)

RESTART_POLICY = RestartPolicy(Backoff(first_s=2.0, longest_s=60.0), stable_after_s=60.0)
SILENCE_LIMIT_S = 180.0
"""A worker that has sent no status for this long, or whose counting thread hangs this long, is killed.

A worker sends its status twice a second, also while its camera is unreachable. The longest silence is the export of a
model at the first start. The status goes through a pipe and not through a file, so a full disk does not look like a
hanging worker.
"""
FINAL_EXIT_CODES = {0, UsageError.exit_code, NOT_ALL_ON_DISK}
"""Not restarted: the end of a file or a signal; wrong settings; a file that was counted to its end on a full disk."""
_READ_BYTES = 1 << 16
_NOT_INHERITED = {"NOTIFY_SOCKET", "WATCHDOG_USEC"}
"""The notification socket of systemd accepts messages of the supervisor only."""


@dataclass(frozen=True, slots=True)
class WorkerSpec:
    """How the worker of one camera is started.

    Attributes:
        name: The camera's name, for logs and the status.
        command: The command line. It must not contain secrets: every user of the machine can read it.
        environment: Variables added to those of the supervisor.
    """

    name: str
    command: tuple[str, ...]
    environment: dict[str, str]


def worker_specs(edge_file: EdgeFile) -> list[WorkerSpec]:
    """Return one worker for each camera of the file."""
    return [_worker_spec(edge_file.path, camera) for camera in edge_file.cameras]


def _worker_spec(path: Path, camera: CameraSection) -> WorkerSpec:
    command = (sys.executable, "-m", "edge_worker.supervisor.worker_main", str(path), camera.options.camera_id)
    return WorkerSpec(camera.name, command, {"OMP_NUM_THREADS": str(camera.threads)})


class WorkerProcess:
    """Starts one worker, reads its status and restarts it when it fails.

    Args:
        restart_policy: When to restart it.
    """

    def __init__(self, spec: WorkerSpec, restart_policy: RestartPolicy = RESTART_POLICY) -> None:
        self.spec = spec
        self.exit_code: int | None = None
        self._restart_policy = restart_policy
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_at: float | None = 0.0
        self._status: dict[str, Any] = {}
        self._status_at = 0.0
        self._status_pipe: int | None = None
        self._unparsed = b""

    def update(self, now: float) -> bool:
        """Start, check or restart the process, whatever is due.

        Args:
            now: Seconds of a monotonic clock.

        Returns:
            Whether the process runs or will be started again.
        """
        if self._process is None:
            if self._start_at is None:
                return False
            if now >= self._start_at:
                self._start(now)
            return True
        self._read_status(now)
        code = self._process.poll()
        if code is None:
            return True
        self._process, self.exit_code = None, abs(code)
        if code in FINAL_EXIT_CODES:
            self._start_at = None
            log.log(logging.ERROR if code else logging.INFO, "worker %s ended with exit code %d", self.spec.name, code)
            return False
        self._schedule_restart(now, f"ended with exit code {code}")
        return True

    def status(self) -> dict[str, Any]:
        """Return the newest status of the worker with its failures and its last exit code."""
        status = {"state": "starting", **self._status}
        return {**status, "failures": self._restart_policy.failures, "exit_code": self.exit_code}

    def terminate(self) -> None:
        """Ask the process to drain and end (SIGTERM)."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()

    def wait(self, timeout_s: float) -> None:
        """Wait for the end of the process; kill it after ``timeout_s``."""
        if self._process is not None:
            try:
                self._process.wait(timeout_s)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._close_status_pipe()

    # -- internal ----------------------------------------------------------------------------------------------------

    def _start(self, now: float) -> None:
        self._close_status_pipe()
        read_end, write_end = os.pipe()
        os.set_blocking(read_end, False)
        self._status_pipe, self._unparsed, self._status_at, self._started_at = read_end, b"", now, now
        inherited = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
        try:
            self._process = subprocess.Popen(
                self.spec.command,
                env={**inherited, **self.spec.environment, STATUS_FD: str(write_end)},
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches only the supervisor, which stops the workers in order
                pass_fds=(write_end,),
            )
        except OSError as error:  # no memory or too many processes: the other cameras continue
            self.exit_code = 1
            self._schedule_restart(now, f"cannot be started ({error.strerror})")
            return
        finally:
            os.close(write_end)
        self.exit_code, self._start_at, self._status = None, None, {}
        log.info("worker %s started (process %d)", self.spec.name, self._process.pid)

    def _schedule_restart(self, now: float, reason: str) -> None:
        self._restart_policy = self._restart_policy.with_failure(now, now - self._started_at)
        delay_s = self._restart_policy.delay_s(random.random())  # noqa: S311
        self._start_at = now + delay_s
        log.error("worker %s %s; restarting in %.0f s", self.spec.name, reason, delay_s)

    def _read_status(self, now: float) -> None:
        """Take the newest status from the pipe; kill a worker that has been silent or stuck for too long."""
        if self._status_pipe is None or self._process is None:
            return
        try:
            received = os.read(self._status_pipe, _READ_BYTES)
        except BlockingIOError:
            received = b""
        *lines, self._unparsed = (self._unparsed + received).split(b"\n")
        status = _newest_status(lines)
        if status is not None:
            self._status = status
            if not status.get("stuck"):
                self._status_at = now
        silent_s = now - self._status_at
        if silent_s > SILENCE_LIMIT_S:
            log.error("worker %s has sent no healthy status for %.0f s; killing it", self.spec.name, silent_s)
            self._process.kill()

    def _close_status_pipe(self) -> None:
        if self._status_pipe is not None:
            os.close(self._status_pipe)
            self._status_pipe = None


def _newest_status(lines: list[bytes]) -> dict[str, Any] | None:
    """Return the last line that is a JSON object; a worker that dies in the middle of a line does no harm."""
    for line in reversed(lines):
        try:
            status = json.loads(line)
        except ValueError:
            continue
        if isinstance(status, dict):
            return status
    return None
