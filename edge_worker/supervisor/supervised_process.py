"""One process as its supervisor sees it: how it is started, its status pipe, its restarts."""

from __future__ import annotations

import json
import logging
import os
import random
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from edge_worker.backoff import Backoff
from edge_worker.errors import UsageError
from edge_worker.status.outputs import NOT_ALL_ON_DISK, STATUS_FD
from edge_worker.supervisor.restart_policy import RestartPolicy

log = logging.getLogger(__name__)

RESTART_POLICY = RestartPolicy(Backoff(first_s=2.0, longest_s=60.0), stable_after_s=60.0)
SILENCE_LIMIT_S = 180.0
"""A process that has sent no status for this long, or a worker whose counting thread hangs this long, is killed.

A worker sends its status twice a second, also while its camera is unreachable. The longest silence is the export of a
model at the first start. The status goes through a pipe and not through a file, so a full disk does not look like a
hanging process.
"""
FINAL_EXIT_CODES = frozenset({0, UsageError.exit_code, NOT_ALL_ON_DISK})
"""Not restarted: the end of a file or a signal; wrong settings; a file that was counted to its end on a full disk."""
LONGEST_STEP_S = 1.0
"""Longest time between two checks that counts as silence. A machine that was suspended, or has no time for the
supervisor, has none for its processes either."""
_READ_BYTES = 1 << 16
_NOT_INHERITED = {"NOTIFY_SOCKET", "WATCHDOG_USEC"}
"""The notification socket of systemd accepts messages of the supervisor only."""


@dataclass(frozen=True, slots=True)
class ProcessSpec:
    """How a process is started and supervised.

    Attributes:
        name: For logs, such as ``worker front door``.
        command: The command line. It must not contain secrets: every user of the machine can read it.
        environment: Variables added to those of the supervisor.
        descriptors: File descriptors that the process inherits.
        restart_policy: When to restart it.
        final_exit_codes: Exit codes after which it is not restarted.
        silence_limit_s: It is killed after so many seconds without a status.
        running_silence_limit_s: The same for a process whose last status says ``running``; None for no difference.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    descriptors: tuple[int, ...] = ()
    restart_policy: RestartPolicy = RESTART_POLICY
    final_exit_codes: frozenset[int] = FINAL_EXIT_CODES
    silence_limit_s: float = SILENCE_LIMIT_S
    running_silence_limit_s: float | None = None


class SupervisedProcess:
    """Starts one process, reads its status and restarts it when it fails.

    Attributes:
        exit_code: The exit code of the last run; None while the process runs.
    """

    def __init__(self, spec: ProcessSpec) -> None:
        self.spec = spec
        self.exit_code: int | None = None
        self._restart_policy = spec.restart_policy
        self._process: subprocess.Popen[bytes] | None = None
        self._started_at = 0.0
        self._start_at: float | None = 0.0
        self._statuses: dict[str | None, dict[str, Any]] = {}
        self._silent_s: dict[str | None, float] = {}
        self._checked_at = 0.0
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
        if code in self.spec.final_exit_codes:
            self._start_at = None
            log.log(logging.ERROR if code else logging.INFO, "%s ended with exit code %d", self.spec.name, code)
            return False
        self._schedule_restart(now, f"ended with exit code {code}")
        return True

    def status(self, camera_id: str | None = None) -> dict[str, Any]:
        """Return the newest status with the failures and the last exit code of the process.

        Args:
            camera_id: The status of this camera; None for a process without cameras.
        """
        status = {"state": "starting", "exit_code": None, **self._statuses.get(camera_id, {})}
        exit_code = status["exit_code"] if self.exit_code is None else self.exit_code
        return {**status, "failures": self._restart_policy.failures, "exit_code": exit_code}

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
        self._status_pipe, self._unparsed, self._started_at = read_end, b"", now
        self._silent_s, self._checked_at = {}, now
        inherited = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
        try:
            self._process = subprocess.Popen(
                self.spec.command,
                env={**inherited, **self.spec.environment, STATUS_FD: str(write_end)},
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches only the supervisor, which stops the processes in order
                pass_fds=(write_end, *self.spec.descriptors),
            )
        except OSError as error:  # no memory or too many processes: the others continue
            self.exit_code = 1
            self._schedule_restart(now, f"cannot be started ({error.strerror})")
            return
        finally:
            os.close(write_end)
        self.exit_code, self._start_at, self._statuses = None, None, {}
        log.info("%s started (process %d)", self.spec.name, self._process.pid)

    def _schedule_restart(self, now: float, reason: str) -> None:
        self._restart_policy = self._restart_policy.with_failure(now, now - self._started_at)
        delay_s = self._restart_policy.delay_s(random.random())  # noqa: S311 - jitter
        self._start_at = now + delay_s
        log.error("%s %s; restarting in %.1f s", self.spec.name, reason, delay_s)

    def _read_status(self, now: float) -> None:
        """Take the newest status from the pipe; kill a process that has been silent or stuck for too long."""
        if self._status_pipe is None or self._process is None:
            return
        try:
            received = os.read(self._status_pipe, _READ_BYTES)
        except BlockingIOError:
            received = b""
        *lines, self._unparsed = (self._unparsed + received).split(b"\n")
        step_s, self._checked_at = min(now - self._checked_at, LONGEST_STEP_S), now
        for camera_id in self._statuses or (None,):
            self._silent_s[camera_id] = self._silent_s.get(camera_id, 0.0) + step_s
        for status in _statuses(lines):
            camera_id = status.get("camera_id")
            self._statuses[camera_id] = status
            if not status.get("stuck"):
                self._silent_s[camera_id] = 0.0
        going_on = [one for one, status in self._statuses.items() if not _has_ended(status)]
        silent_s = max(self._silent_s.get(one, 0.0) for one in going_on or self._statuses or (None,))
        limit_s = self.spec.silence_limit_s
        if self.spec.running_silence_limit_s is not None and self.status()["state"] == "running":
            limit_s = self.spec.running_silence_limit_s
        if silent_s > limit_s:
            log.error("%s has sent no healthy status for %.1f s; killing it", self.spec.name, silent_s)
            self._process.kill()

    def _close_status_pipe(self) -> None:
        if self._status_pipe is not None:
            os.close(self._status_pipe)
            self._status_pipe = None


def _statuses(lines: list[bytes]) -> Iterator[dict[str, Any]]:
    """Yield the lines that are JSON objects; a process that dies in the middle of a line does no harm."""
    for line in lines:
        try:
            status = json.loads(line)
        except ValueError:
            continue
        if isinstance(status, dict):
            yield status


def _has_ended(status: Mapping[str, Any]) -> bool:
    """Return whether a camera sends no more statuses while the others of its process go on."""
    return status.get("state") in {"ended", "failed"}
