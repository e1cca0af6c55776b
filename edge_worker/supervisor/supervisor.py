"""Run the workers of several cameras: start them, restart those that fail, stop them together."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from time import monotonic, sleep
from types import FrameType
from typing import Any

from edge_worker.status.systemd import SystemdNotifier
from edge_worker.supervisor.restart_policy import RestartPolicy
from edge_worker.supervisor.worker_process import RESTART_POLICY, WorkerProcess, WorkerSpec

STOP_TIMEOUT_S = 15.0
POLL_INTERVAL_S = 0.2


class Supervisor:
    """Supervises one `WorkerProcess` per camera.

    Example:
        >>> Supervisor(worker_specs(read_edge_file(path))).run()   # until SIGTERM, or until all workers ended
        0

    Args:
        specs: The workers.
        restart_policy: When to restart a worker.
        elapsed: A monotonic clock, in seconds.
    """

    def __init__(
        self,
        specs: Sequence[WorkerSpec],
        *,
        restart_policy: RestartPolicy = RESTART_POLICY,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self._workers = [WorkerProcess(spec, restart_policy) for spec in specs]
        self._elapsed = elapsed
        self._stop_requested = False
        self._systemd = SystemdNotifier()

    def run(self) -> int:
        """Supervise until a signal arrives or every worker has ended for good.

        Returns:
            0 after a signal, otherwise the largest exit code of the workers.
        """
        previous_handlers = {
            number: signal.signal(number, self._request_stop) for number in (signal.SIGINT, signal.SIGTERM)
        }
        try:
            self._systemd.ready()
            while not self._stop_requested and self._update_workers():
                self._systemd.alive()
                sleep(POLL_INTERVAL_S)
            return 0 if self._stop_requested else max(worker.exit_code or 0 for worker in self._workers)
        finally:
            self._systemd.stopping()
            self._stop_workers()
            for number, handler in previous_handlers.items():
                signal.signal(number, handler)

    def status(self) -> dict[str, Any]:
        """Return the status of every worker by camera name, for ``/healthz``."""
        return {"state": "supervising", "cameras": {worker.spec.name: worker.status() for worker in self._workers}}

    def _request_stop(self, _number: int, _frame: FrameType | None) -> None:
        # A plain flag: this interrupts the main thread anywhere, also while it holds the lock of an Event.
        self._stop_requested = True

    def _update_workers(self) -> bool:
        """Update every worker and return whether any of them runs or will be restarted."""
        active = [worker.update(self._elapsed()) for worker in self._workers]
        return any(active)

    def _stop_workers(self) -> None:
        """Send SIGTERM to all workers at once, then SIGKILL to those that have not ended after `STOP_TIMEOUT_S`."""
        for worker in self._workers:
            worker.terminate()
        deadline = self._elapsed() + STOP_TIMEOUT_S
        for worker in self._workers:
            worker.wait(max(deadline - self._elapsed(), 0.1))
