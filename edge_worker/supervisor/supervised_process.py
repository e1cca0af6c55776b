"""One process as its supervisor sees it: its restarts, and the standby that takes over."""

from __future__ import annotations

import logging
import random
from time import monotonic
from typing import Any

from edge_worker.supervisor.running_process import ProcessSpec, RunningProcess

log = logging.getLogger(__name__)

STANDBY_AFTER_S = 2.0
"""The standby is started when the process has worked for so long, so that it takes no time from a start."""
STANDBY_RETRY_S = 30.0
"""A standby that fails is replaced after this time."""


class SupervisedProcess:
    """Starts one process, reads its status and restarts it when it fails.

    Attributes:
        exit_code: The exit code of the last run; None while the process runs.
    """

    def __init__(self, spec: ProcessSpec) -> None:
        self.spec = spec
        self.exit_code: int | None = None
        self._restart_policy = spec.restart_policy
        self._process: RunningProcess | None = None
        self._last: RunningProcess | None = None
        self._start_at: float | None = 0.0
        self._standby: RunningProcess | None = None
        self._standby_at = 0.0

    def update(self, now: float) -> bool:
        """Start, check or restart the process, whatever is due.

        Args:
            now: Seconds of a monotonic clock.

        Returns:
            Whether the process runs or will be started again.
        """
        if self.spec.has_standby:
            self._update_standby(now)
        if self._process is None:
            if self._start_at is None:
                return False
            if now >= self._start_at:
                self._start(now)
            return True
        self._process.check(now)
        code = self._process.exit_code
        if code is None:
            return True
        started_at = self._process.started_at
        self._process.close()
        self._process, self.exit_code = None, abs(code)
        if code in self.spec.final_exit_codes:
            self._start_at = None
            log.log(logging.ERROR if code else logging.INFO, "%s ended with exit code %d", self.spec.name, code)
            return False
        self._schedule_restart(now, now - started_at, f"ended with exit code {code}")
        return True

    def status(self, camera_id: str | None = None) -> dict[str, Any]:
        """Return the newest status with the failures and the last exit code of the process.

        Args:
            camera_id: The status of this camera; None for a process without cameras.
        """
        newest = {} if self._last is None else self._last.statuses.get(camera_id, {})
        status = {"state": "starting", "exit_code": None, **newest}
        exit_code = status["exit_code"] if self.exit_code is None else self.exit_code
        status |= {"failures": self._restart_policy.failures, "exit_code": exit_code}
        if self.spec.has_standby:
            standby = self._standby
            status["standby_pid"] = standby.pid if standby is not None and standby.state == "standby" else None
        return status

    def terminate(self) -> None:
        """Ask the process and its standby to drain and end (SIGTERM)."""
        for process in (self._process, self._standby):
            if process is not None:
                process.terminate()

    def wait(self, timeout_s: float) -> None:
        """Wait for the end of the process and its standby; kill them after ``timeout_s``."""
        deadline = monotonic() + timeout_s
        for process in (self._process, self._standby):
            if process is not None:
                process.wait(max(deadline - monotonic(), 0.1))

    # -- internal ----------------------------------------------------------------------------------------------------

    def _start(self, now: float) -> None:
        """Let the standby take over, or start the process."""
        if self._standby is not None and self._standby.exit_code is None:
            self._process, self._standby = self._standby, None
            self._process.activate(now)
            log.info("%s goes on in its standby (process %d)", self.spec.name, self._process.pid)
        else:
            try:
                self._process = RunningProcess(self.spec, now)
            except OSError as error:  # no memory or too many processes: the others continue
                self.exit_code = 1
                self._schedule_restart(now, 0.0, f"cannot be started ({error.strerror})")
                return
            log.info("%s started (process %d)", self.spec.name, self._process.pid)
        self.exit_code, self._start_at, self._last = None, None, self._process
        self._standby_at = now + STANDBY_AFTER_S

    def _schedule_restart(self, now: float, ran_s: float, reason: str) -> None:
        self._restart_policy = self._restart_policy.with_failure(now, ran_s)
        delay_s = self._restart_policy.delay_s(random.random())  # noqa: S311 - jitter
        self._start_at = now + delay_s
        log.error("%s %s; restarting in %.1f s", self.spec.name, reason, delay_s)

    def _update_standby(self, now: float) -> None:
        if self._standby is not None:
            self._standby.check(now)
            code = self._standby.exit_code
            if code is not None:
                log.error(
                    "the standby of %s ended with exit code %d; another one starts in %.0f s",
                    *(self.spec.name, code, STANDBY_RETRY_S),
                )
                self._standby.close()
                self._standby, self._standby_at = None, now + STANDBY_RETRY_S
        elif self._process is not None and self._process.state == "running" and now >= self._standby_at:
            try:
                self._standby = RunningProcess(self.spec, now, on_standby=True)
            except OSError as error:
                log.error("the standby of %s cannot be started (%s)", self.spec.name, error.strerror)  # noqa: TRY400 - a sentence
                self._standby_at = now + STANDBY_RETRY_S
