"""Keep one service running: start it, wait until it is ready, restart it when it ends."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Final, TypeAlias

from edge_worker.backoff import Backoff
from edge_worker.supervisor.restart_policy import RestartPolicy
from local.errors import LocalError, ServiceFailedError
from local.stack.orphan_cleaner import OrphanCleaner
from local.stack.service import NotReady, Service
from local.stack.service_process import LogFile, ServiceProcess

Report: TypeAlias = Callable[[str], None]
"""Takes one line about what happened."""

WINDOW_S: Final = 60.0
MAX_FAILURES: Final = 5
RESTART_POLICY: Final = RestartPolicy(
    Backoff(first_s=0.25, longest_s=5.0, jitter=0.0), window_s=WINDOW_S, max_failures=MAX_FAILURES
)
_LOG_CHECK_INTERVAL_S = 60.0
_FIRST_POLL_S, _LONGEST_POLL_S = 0.02, 0.25


@dataclass(frozen=True, slots=True)
class SupervisorContext:
    """What the supervisors of one stack share.

    Attributes:
        root: The working directory of the services.
        log_folder: Where their log files are.
        cleaner: Where their process groups are registered.
        report: Called from any thread with one line about what happened.
        on_give_up: Called from any thread with the error when a service is not restarted any more.
    """

    root: Path
    log_folder: Path
    cleaner: OrphanCleaner
    report: Report
    on_give_up: Callable[[LocalError], None]


class ServiceSupervisor:
    """One service, from `start` to `stop`."""

    def __init__(self, service: Service, context: SupervisorContext) -> None:
        self.service = service
        self._context = context
        self._log = LogFile(context.log_folder / f"{service.name}.log")
        self._stopping = Event()
        self._restarts = RESTART_POLICY
        self._process: ServiceProcess | None = None
        self._thread: Thread | None = None

    @property
    def pid(self) -> int | None:
        """The pid of the running program; None before the start."""
        return None if self._process is None else self._process.pid

    def start(self) -> None:
        """Start the service and return once it is ready.

        Raises:
            ServiceFailedError: It ended or was not ready in time.
            MissingToolError: The program cannot be started.
        """
        self._start_process()
        self._thread = Thread(target=self._supervise, name=f"supervisor of {self.service.name}", daemon=True)
        self._thread.start()

    def interrupt(self) -> None:
        """Make a `start` in another thread, or a pending restart, return early."""
        self._stopping.set()

    def stop(self) -> None:
        """Stop the service and everything it started."""
        self._stopping.set()
        process = self._process
        if process is not None:
            process.stop()
        if self._thread is not None:
            self._thread.join()
        # A restart may have happened in between; the thread has ended now, so this is the last process.
        if self._process is not None:
            self._process.stop()
            self._context.cleaner.remove(self._process.pid)

    def _start_process(self) -> None:
        started_at = time.monotonic()
        process = ServiceProcess(self.service, self._log, self._context.root)
        self._process = process
        self._context.cleaner.add(process.pid)
        self._wait_until_ready(process, started_at + self.service.ready_timeout_s)
        if not self._stopping.is_set():
            self._context.report(f"{self.service.name}: ready in {time.monotonic() - started_at:.1f} s")

    def _wait_until_ready(self, process: ServiceProcess, deadline: float) -> None:
        check_ready = self.service.check_ready
        poll_s = _FIRST_POLL_S
        while check_ready is not None and not self._stopping.is_set():
            try:
                check_ready()
            except NotReady as error:
                reason = error
            else:
                if process.exit_code is None:
                    return
            if process.exit_code is not None:
                raise ServiceFailedError(
                    f"{self.service.name} ended before it was ready: {process.describe_exit()} ({self._log.path})"
                )
            if time.monotonic() > deadline:
                raise ServiceFailedError(
                    f"{self.service.name} was not ready within {self.service.ready_timeout_s:g} s: {reason} "
                    f"({self._log.path})"
                )
            self._stopping.wait(poll_s)
            poll_s = min(poll_s * 1.5, _LONGEST_POLL_S)

    def _supervise(self) -> None:
        try:
            while self._process is not None and not self._stopping.is_set():
                process = self._process
                while not process.wait(_LOG_CHECK_INTERVAL_S):
                    self._log.rotate()
                if self._stopping.is_set():
                    return
                self._restart(f"ended: {process.describe_exit()}")
        except LocalError as error:
            self._context.on_give_up(error)
        except Exception as error:  # noqa: BLE001 a full disk, a closed terminal: this thread ends, so say why
            reason = f"{type(error).__name__}: {error}"
            self._context.on_give_up(ServiceFailedError(f"{self.service.name} cannot be supervised any more: {reason}"))

    def _restart(self, reason: str) -> None:
        """Start again until the service is ready.

        Raises:
            ServiceFailedError: It failed too often. Being killed from outside never leads to this.
        """
        while not self._stopping.is_set():
            # SIGKILL comes from outside (a person, or the kernel's out-of-memory killer): not the service's fault.
            was_killed = self._process is not None and self._process.exit_code == -signal.SIGKILL
            if self._process is not None:
                self._process.stop()
                self._context.cleaner.remove(self._process.pid)
            self._restarts = self._restarts.with_failure(time.monotonic())
            if self._restarts.gives_up and not was_killed:
                raise ServiceFailedError(
                    f"{self.service.name} failed {MAX_FAILURES} times within {WINDOW_S:.0f} s; the last time it "
                    f"{reason} ({self._log.path})"
                )
            delay_s = self._restarts.delay_s()
            self._context.report(f"{self.service.name}: {reason}; restarting in {delay_s:.2g} s")
            if self._stopping.wait(delay_s):
                return
            try:
                self._start_process()
            except ServiceFailedError as error:
                reason = f"did not become ready: {error}"
            else:
                return
