"""A process that was started: its status pipe, how long it has been silent, and the command that ends its standby."""

from __future__ import annotations

import json
import logging
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from edge_worker.backoff import Backoff
from edge_worker.errors import UsageError
from edge_worker.status.outputs import NOT_ALL_ON_DISK, STATUS_FD
from edge_worker.supervisor.restart_policy import RestartPolicy
from edge_worker.supervisor.standby import ACTIVATE, STANDBY_FD

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
LONGEST_STEP_S = 0.4
"""Longest time between two checks that counts as silence. A machine that was suspended, or has no time for the
supervisor, has none for its processes either."""
READY_STATES = frozenset({"running", "standby"})
"""The states in which a process has nothing to load, so that it sends its status regularly."""
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
        ready_silence_limit_s: The same while its last status is one of `READY_STATES`; None for no difference.
        has_standby: Whether a second process waits, with its modules imported, to take over when the first one fails.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    descriptors: tuple[int, ...] = ()
    restart_policy: RestartPolicy = RESTART_POLICY
    final_exit_codes: frozenset[int] = FINAL_EXIT_CODES
    silence_limit_s: float = SILENCE_LIMIT_S
    ready_silence_limit_s: float | None = None
    has_standby: bool = False


class RunningProcess:
    """Starts a process and reads its statuses.

    Args:
        spec: How it is started.
        now: Seconds of a monotonic clock.
        on_standby: Start it on standby, until `activate`.

    Attributes:
        started_at: When it began to work, by the same clock.
        statuses: The newest status of each of its cameras; of None for a process without cameras.

    Raises:
        OSError: It cannot be started: no memory, or too many processes.
    """

    def __init__(self, spec: ProcessSpec, now: float, *, on_standby: bool = False) -> None:
        self.started_at = now
        self.statuses: dict[str | None, dict[str, Any]] = {}
        self._spec = spec
        self._silent_s: dict[str | None, float] = {}
        self._checked_at = now
        self._unparsed = b""
        self._status_pipe, write_end = os.pipe()
        os.set_blocking(self._status_pipe, False)
        standby_end: int | None = None
        self._activation_pipe: int | None = None
        if on_standby:
            standby_end, self._activation_pipe = os.pipe()
        inherited = {name: value for name, value in os.environ.items() if name not in _NOT_INHERITED}
        passed = {STATUS_FD: write_end} | ({} if standby_end is None else {STANDBY_FD: standby_end})
        try:
            self._process = subprocess.Popen(
                spec.command,
                env={**inherited, **spec.environment, **{name: str(number) for name, number in passed.items()}},
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches only the supervisor, which stops the processes in order
                pass_fds=(*passed.values(), *spec.descriptors),
            )
        except OSError:
            self.close()
            raise
        finally:
            for number in passed.values():
                os.close(number)

    @property
    def pid(self) -> int:
        """Return the process id."""
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """Return the exit code, negative for a signal; None while the process runs."""
        return self._process.poll()

    @property
    def state(self) -> str:
        """Return the state of a process without cameras."""
        return str(self.statuses.get(None, {}).get("state", "starting"))

    def activate(self, now: float) -> None:
        """End the standby: the process works from now on."""
        self.started_at = now
        if self._activation_pipe is not None:
            with suppress(BrokenPipeError):  # it has ended just now, which the next check finds
                os.write(self._activation_pipe, ACTIVATE)

    def terminate(self) -> None:
        """Ask the process to drain and end (SIGTERM)."""
        if self.exit_code is None:
            self._process.terminate()

    def wait(self, timeout_s: float) -> None:
        """Wait for the end of the process; kill it after ``timeout_s``."""
        try:
            self._process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self.close()

    def check(self, now: float) -> None:
        """Take the newest statuses from the pipe; kill a process that has been silent or stuck for too long."""
        try:
            received = os.read(self._status_pipe, _READ_BYTES)
        except BlockingIOError:
            received = b""
        *lines, self._unparsed = (self._unparsed + received).split(b"\n")
        step_s, self._checked_at = min(now - self._checked_at, LONGEST_STEP_S), now
        for camera_id in self.statuses or (None,):
            self._silent_s[camera_id] = self._silent_s.get(camera_id, 0.0) + step_s
        for status in _statuses(lines):
            camera_id = status.get("camera_id")
            self.statuses[camera_id] = status
            if not status.get("stuck"):
                self._silent_s[camera_id] = 0.0
        going_on = [one for one, status in self.statuses.items() if not _has_ended(status)]
        silent_s = max(self._silent_s.get(one, 0.0) for one in going_on or self.statuses or (None,))
        limit_s = self._spec.silence_limit_s
        if self._spec.ready_silence_limit_s is not None and self.state in READY_STATES:
            limit_s = self._spec.ready_silence_limit_s
        if silent_s > limit_s:
            log.error("%s has sent no healthy status for %.1f s; killing it", self._spec.name, silent_s)
            self._process.kill()

    def close(self) -> None:
        """Close the pipes."""
        for descriptor in (self._status_pipe, self._activation_pipe):
            if descriptor is not None:
                os.close(descriptor)
        self._status_pipe, self._activation_pipe = -1, None


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
