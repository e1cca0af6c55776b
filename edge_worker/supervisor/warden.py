"""Starts the workers of several cameras, starts those again that die, and stops them together."""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from time import monotonic, sleep
from types import FrameType
from typing import Any

from edge_worker.errors import UsageError
from edge_worker.health.systemd import Systemd
from edge_worker.running.status import NOT_ALL_ON_DISK, STATUS_FD
from edge_worker.supervisor.fleet import Launch
from edge_worker.uplink.backoff import Backoff

log = logging.getLogger(__name__)

RESTARTS = Backoff(first_s=2.0, cap_s=60.0)
STEADY_S = 60.0
"""A worker that ran so long was not dying from what it died of before."""
SILENT_S = 180.0
"""A worker that has said nothing for so long, or that its counting is stuck, hangs and is killed.

It speaks twice a second, also while its camera is gone, and is silent at most while it exports a model for the first
time. It speaks through a pipe, not through a file: a full disk must not look like a hang.
"""
STOP_S = 15.0
TURN_S = 0.2
ENDED_FOR_GOOD = {0, UsageError.exit_code, NOT_ALL_ON_DISK}
"""The end of a file or a signal; wrong arguments; the end of a file on a full disk, which must not be counted again."""


@dataclass(slots=True)
class _Ward:
    launch: Launch
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    again_at: float | None = 0.0
    exit_code: int | None = None
    status: dict[str, Any] = field(default_factory=dict)
    voice: int | None = None
    heard: bytes = b""
    heard_at: float = 0.0


class Warden:
    """Watches over the workers.

    Example:
        >>> Warden(launches(read_edge_file(path))).run()   # until SIGTERM, or until every worker has ended by itself
        0
    """

    def __init__(self, fleet: Sequence[Launch], *, elapsed: Callable[[], float] = monotonic) -> None:
        self._wards = [_Ward(launch) for launch in fleet]
        self._elapsed = elapsed
        self._is_asked_to_stop = False
        self._systemd = Systemd()

    def run(self) -> int:
        """The largest exit code of workers that ended for good, 0 after a signal."""
        before = {number: signal.signal(number, self._ask) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            self._systemd.ready()
            while not self._is_asked_to_stop and self._tend_all():
                self._systemd.alive()
                sleep(TURN_S)
            return 0 if self._is_asked_to_stop else max(ward.exit_code or 0 for ward in self._wards)
        finally:
            self._systemd.stopping()
            self._end()
            for number, handler in before.items():
                signal.signal(number, handler)

    def status(self) -> dict[str, Any]:
        """Every worker's own status, for ``/healthz``; the box is as ill as its worst worker."""
        return {"state": "supervising", "cameras": {ward.launch.name: _told(ward) for ward in self._wards}}

    # -- inside ------------------------------------------------------------------------------------------------------

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        # A plain flag: this interrupts the main thread anywhere, also while it holds the lock of an Event.
        self._is_asked_to_stop = True

    def _tend_all(self) -> bool:
        """Whether anybody is alive or will be again; everybody is looked after, not only until the first who is."""
        alive = [self._tend(ward) for ward in self._wards]
        return any(alive)

    def _tend(self, ward: _Ward) -> bool:
        """Whether the ward is alive or will be again."""
        now = self._elapsed()
        if ward.process is None:
            if ward.again_at is None:
                return False
            if now >= ward.again_at:
                self._start(ward, now)
            return True
        self._listen(ward, now)
        code = ward.process.poll()
        if code is None:
            return True
        ward.process, ward.exit_code = None, abs(code)
        if code in ENDED_FOR_GOOD:
            ward.again_at = None
            log.log(logging.ERROR if code else logging.INFO, "%s ended with %d", ward.launch.name, code)
            return False
        self._start_later(ward, now, f"ended with {code}")
        return True

    @staticmethod
    def _start_later(ward: _Ward, now: float, why: str) -> None:
        ward.deaths = 1 if now - ward.started_at > STEADY_S else ward.deaths + 1
        delay = RESTARTS.delay_s(ward.deaths, random.random())  # noqa: S311
        ward.again_at = now + delay
        log.error("%s %s; it starts again in %.0f s", ward.launch.name, why, delay)

    def _start(self, ward: _Ward, now: float) -> None:
        self._deafen(ward)
        voice, mouth = os.pipe()
        os.set_blocking(voice, False)
        ward.voice, ward.heard, ward.heard_at, ward.started_at = voice, b"", now, now
        try:
            ward.process = subprocess.Popen(
                ward.launch.command,
                env={**_own_environment(), **ward.launch.environment, STATUS_FD: str(mouth)},
                stdin=subprocess.DEVNULL,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops them in order
                pass_fds=(mouth,),
            )
        except OSError as error:  # no memory, no process left: the other cameras go on meanwhile
            ward.exit_code = 1
            self._start_later(ward, now, f"cannot be started ({error.strerror})")
            return
        finally:
            os.close(mouth)
        ward.exit_code, ward.again_at, ward.status = None, None, {}
        log.info("%s started (process %d)", ward.launch.name, ward.process.pid)

    def _listen(self, ward: _Ward, now: float) -> None:
        """Takes the newest status; kills a worker that has become silent."""
        if ward.voice is None or ward.process is None:
            return
        try:
            said = os.read(ward.voice, 1 << 16)
        except BlockingIOError:
            said = b""
        *lines, ward.heard = (ward.heard + said).split(b"\n")
        status = _last_status(lines)
        if status is not None:
            ward.status = status
            if not ward.status.get("stuck"):
                ward.heard_at = now
        if now - ward.heard_at > SILENT_S:
            log.error("%s has said nothing for %.0f s and is killed", ward.launch.name, now - ward.heard_at)
            ward.process.kill()

    @staticmethod
    def _deafen(ward: _Ward) -> None:
        if ward.voice is not None:
            os.close(ward.voice)
            ward.voice = None

    def _end(self) -> None:
        """SIGTERM to all at once, then SIGKILL to whoever has not drained within `STOP_S`."""
        running = [ward.process for ward in self._wards if ward.process is not None and ward.process.poll() is None]
        for process in running:
            process.terminate()
        until = self._elapsed() + STOP_S
        for process in running:
            try:
                process.wait(max(until - self._elapsed(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for ward in self._wards:
            self._deafen(ward)


def _last_status(lines: list[bytes]) -> dict[str, Any] | None:
    """The newest of the lines that is a status: a worker that dies while it speaks, or babbles, harms nobody else."""
    for line in reversed(lines):
        try:
            status = json.loads(line)
        except ValueError:
            continue
        if isinstance(status, dict):
            return status
    return None


def _told(ward: _Ward) -> dict[str, Any]:
    return {"state": "starting", **ward.status, "deaths": ward.deaths, "exit_code": ward.exit_code}


def _own_environment() -> dict[str, str]:
    """What workers inherit: not the socket of systemd, which listens to the supervisor alone."""
    return {name: value for name, value in os.environ.items() if name not in {"NOTIFY_SOCKET", "WATCHDOG_USEC"}}
