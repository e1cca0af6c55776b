"""Run the processes of one machine: start them, restart those that fail, stop them together."""

from __future__ import annotations

import signal
from collections.abc import Callable, Sequence
from time import monotonic, sleep
from types import FrameType
from typing import Any

from edge_worker.status.systemd import SystemdNotifier
from edge_worker.supervisor.processes import WorkerSpec
from edge_worker.supervisor.running_process import ProcessSpec
from edge_worker.supervisor.supervised_process import SupervisedProcess

STOP_TIMEOUT_S = 15.0
DETECTOR_STOP_TIMEOUT_S = 3.0
POLL_INTERVAL_S = 0.2


class Supervisor:
    """Supervises the workers of the cameras and the detector process.

    Example:
        >>> Supervisor(worker_specs(read_edge_file(path))).run()  # until SIGTERM, or until all workers ended
        0

    Args:
        workers: The workers.
        detector: The detector process; None if the workers run their models themselves.
        elapsed: A monotonic clock, in seconds.
    """

    def __init__(
        self,
        workers: Sequence[WorkerSpec],
        *,
        detector: ProcessSpec | None = None,
        elapsed: Callable[[], float] = monotonic,
    ) -> None:
        self._workers = [(spec.cameras, SupervisedProcess(spec.process)) for spec in workers]
        self._detector = None if detector is None else SupervisedProcess(detector)
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
            while not self._stop_requested and self._update():
                self._systemd.alive()
                sleep(POLL_INTERVAL_S)
            return 0 if self._stop_requested else max(worker.exit_code or 0 for _, worker in self._workers)
        finally:
            self._systemd.stopping()
            self._stop()
            for number, handler in previous_handlers.items():
                signal.signal(number, handler)

    def status(self) -> dict[str, Any]:
        """Return the status of every camera by its name, and that of the detector process, for ``/healthz``."""
        cameras = {
            name: worker.status(camera_id) for names, worker in self._workers for camera_id, name in names.items()
        }
        detector = {} if self._detector is None else {"detector": self._detector.status()}
        return {"state": "supervising", "cameras": cameras, **detector}

    def _request_stop(self, _number: int, _frame: FrameType | None) -> None:
        # A plain flag: this interrupts the main thread anywhere, also while it holds the lock of an Event.
        self._stop_requested = True

    def _update(self) -> bool:
        """Update every process and return whether any worker runs or will be restarted."""
        if self._detector is not None:
            self._detector.update(self._elapsed())
        active = [worker.update(self._elapsed()) for _, worker in self._workers]
        return any(active)

    def _stop(self) -> None:
        """Send SIGTERM to all workers at once, then SIGKILL to those that have not ended after `STOP_TIMEOUT_S`.

        The detector process ends last: the workers finish the frames that they have begun.
        """
        for _, worker in self._workers:
            worker.terminate()
        deadline = self._elapsed() + STOP_TIMEOUT_S
        for _, worker in self._workers:
            worker.wait(max(deadline - self._elapsed(), 0.1))
        if self._detector is not None:
            self._detector.terminate()
            self._detector.wait(DETECTOR_STOP_TIMEOUT_S)
