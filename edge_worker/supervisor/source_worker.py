"""The worker of a source that several cameras share: one process, with a counter and an outbox for each camera."""

from __future__ import annotations

import logging
import random
import signal
import socket
import threading
from collections.abc import Sequence
from functools import partial
from time import monotonic, sleep
from types import FrameType

from edge_worker import logs
from edge_worker.cli import UNEXPECTED, worker_version
from edge_worker.detection.shared_detector import SharedDetector
from edge_worker.errors import EdgeError
from edge_worker.pipeline.opening import SharedInput
from edge_worker.running.feed import open_feed
from edge_worker.running.session import STATUS_INTERVAL_S, Session, StopRequest
from edge_worker.status.outputs import StatusPipe
from edge_worker.supervisor.edge_file import CameraSection
from edge_worker.supervisor.running_process import FINAL_EXIT_CODES, RESTART_POLICY
from edge_worker.video.shared_source import SharedSource

log = logging.getLogger(__name__)

STOP_TIMEOUT_S = 12.0
"""Less than the time after which the supervisor kills the process."""


class SourceWorker:
    """Runs the cameras of one source, each in a thread of its own.

    A camera that fails is started again after a while, as a process would be; the others go on.

    Args:
        cameras: The sections of the cameras, with the same source.
        detector_address: The workers' socket of the detector process; None if the cameras need no model.
    """

    def __init__(self, cameras: Sequence[CameraSection], detector_address: socket.socket | None) -> None:
        self._stop = StopRequest()
        shared = SharedInput(SharedSource(len(cameras)), SharedDetector())
        self._cameras = [_CameraThread(camera, detector_address, shared, self._stop) for camera in cameras]

    def run(self) -> int:
        """Run until a signal arrives or every camera has ended for good; return the largest exit code."""
        previous = {number: signal.signal(number, self._request_stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            for camera in self._cameras:
                camera.start()
            while not self._stop.is_made and any(camera.is_alive() for camera in self._cameras):
                sleep(STATUS_INTERVAL_S)
                for camera in self._cameras:
                    camera.report_failure()
            deadline = monotonic() + STOP_TIMEOUT_S
            for camera in self._cameras:
                camera.join(max(deadline - monotonic(), 0.1))
            return max(camera.exit_code for camera in self._cameras)
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)

    def _request_stop(self, number: int, _frame: FrameType | None) -> None:
        self._stop.is_made = True
        signal.signal(number, signal.SIG_DFL)


class _CameraThread(threading.Thread):
    """Runs the session of one camera again and again, until it ends for good.

    Attributes:
        exit_code: That of the last run, until the camera is started again.
    """

    def __init__(
        self, camera: CameraSection, detector_address: socket.socket | None, shared: SharedInput, stop: StopRequest
    ) -> None:
        super().__init__(name=f"camera {camera.name}", daemon=True)
        self.exit_code = 0
        self._camera = camera
        self._shared = shared
        self._stop_request = stop
        self._open_feed = partial(open_feed, name=camera.name, detector_address=detector_address, shared=shared)
        self._status_pipe = StatusPipe()
        self._problem: str | None = None

    def run(self) -> None:
        with logs.of_camera(self._camera.name):
            self._run_until_ended()

    def _run_until_ended(self) -> None:
        policy = RESTART_POLICY
        while not self._stop_request.is_made:
            began_at = monotonic()
            self.exit_code, self._problem = self._run_session()
            self._shared.source.leave()
            if self._stop_request.is_made or self.exit_code in FINAL_EXIT_CODES:
                return
            policy = policy.with_failure(monotonic(), monotonic() - began_at)
            delay_s = policy.delay_s(random.random())  # noqa: S311 - jitter
            log.error("%s; starting this camera again in %.1f s", self._problem, delay_s)
            self._wait(delay_s)
            self.exit_code, self._problem = 0, None
            self._shared.source.rejoin()

    def report_failure(self) -> None:
        """Send the status of a camera that has failed; a session sends its own."""
        if self._problem is not None:
            self._status_pipe.send(
                {
                    "camera_id": self._camera.options.camera_id,
                    "state": "failed",
                    "exit_code": self.exit_code,
                    "problem": self._problem,
                }
            )

    def _run_session(self) -> tuple[int, str | None]:
        try:
            return Session(self._camera.options, self._open_feed, worker_version(), stop=self._stop_request).run(), None
        except EdgeError as error:
            return error.exit_code, str(error)
        except Exception as error:
            log.exception("the camera ended")
            return UNEXPECTED, f"unexpected {type(error).__name__}: {error}"

    def _wait(self, delay_s: float) -> None:
        until = monotonic() + delay_s
        while monotonic() < until and not self._stop_request.is_made:
            sleep(min(STATUS_INTERVAL_S, delay_s))
