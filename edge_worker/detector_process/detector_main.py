"""The program of the detector process: ``python -m edge_worker.detector_process.detector_main EDGE_FILE``.

Internal: the supervisor starts it and passes it the listener for the workers.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any

from edge_worker import logs
from edge_worker.cli import run_reporting_errors
from edge_worker.detection.detector import ModelDetector
from edge_worker.detection.device import parse_device
from edge_worker.detection.preprocessing import input_size
from edge_worker.detection.selection import (
    choose_detector,
    import_detector,
    open_model,
    parse_backend,
)
from edge_worker.detector_process.messages import SourceRequest
from edge_worker.detector_process.model_cache import ModelCache
from edge_worker.detector_process.server import DetectorServer
from edge_worker.detector_process.sockets import inherited_socket
from edge_worker.errors import EdgeError, UsageError
from edge_worker.garbage_collection import freeze_loaded_objects
from edge_worker.process_exit import exit_process
from edge_worker.status.outputs import StatusPipe
from edge_worker.supervisor.edge_file import EdgeFile, read_edge_file
from edge_worker.supervisor.standby import Standby, StandbyEnd

log = logging.getLogger(__name__)

STATUS_INTERVAL_S = 0.2
"""Seconds between two reports to the supervisor, which waits for one for a second."""
HANGS = 70
"""The exit code when a model does not return."""


class StatusReporter:
    """Sends the status of this process to the supervisor. Safe for use by several threads.

    A status that was read earlier is never sent later, so that after `report` has returned the supervisor knows the
    state of now: importing an engine may keep all threads from running for longer than a process may be silent.

    Args:
        read: Returns the status.
    """

    def __init__(self, read: Callable[[], Mapping[str, Any]]) -> None:
        self._read = read
        self._pipe = StatusPipe()
        self._mutex = threading.Lock()

    @property
    def orphaned(self) -> bool:
        """Return whether the supervisor has ended."""
        return self._pipe.orphaned

    def report(self) -> None:
        """Send the status."""
        with self._mutex:
            self._pipe.send({**self._read(), "pid": os.getpid()})


class StopRequest:
    """Whether SIGTERM or SIGINT has arrived.

    Attributes:
        is_made: Whether it has.
    """

    def __init__(self) -> None:
        self.is_made = False
        signal.signal(signal.SIGTERM, self._make)
        signal.signal(signal.SIGINT, self._make)

    def _make(self, _number: int, _frame: object) -> None:
        self.is_made = True


def wait_on_standby(standby: Standby, stop: StopRequest) -> bool:
    """Wait until this process is needed; return whether it is."""
    reporter = StatusReporter(lambda: {"state": "standby"})
    while not stop.is_made:
        reporter.report()
        ended = standby.wait(STATUS_INTERVAL_S)
        if ended is not None:
            return ended is StandbyEnd.ACTIVATED
    return False


def serve_detections(server: DetectorServer, reporter: StatusReporter, stop: StopRequest) -> int:
    """Serve until SIGTERM, or until the supervisor has ended; return the exit code."""
    while not stop.is_made and not reporter.orphaned:
        reporter.report()
        server.serve(STATUS_INTERVAL_S)
        overdue_s = server.overdue_s(monotonic())
        if overdue_s is not None:
            log.error("the model has not returned for %.1f s; the detector process ends to be started again", overdue_s)
            return HANGS
    server.stop()
    return 0


def import_engines(settings: EdgeFile) -> None:
    """Import the inference engines of the cameras, which takes most of the time of a start."""
    for model, backend in {(camera.options.model, camera.options.backend) for camera in settings.cameras}:
        try:
            import_detector(choose_detector(model, parse_backend(backend)).backend)
        except EdgeError as error:  # the camera itself is refused with this error
            log.warning("the standby cannot prepare a model: %s", error)


def load_model(request: SourceRequest, threads: int | None) -> tuple[ModelDetector, str]:
    """Load the model for a source and return it with one line about it.

    Raises:
        EdgeError: The model or its backend cannot be used.
    """
    choice = choose_detector(request.model, parse_backend(request.backend), parse_device(request.device))
    detector = open_model(choice, input_size(request.frame, request.longest_side), threads=threads)
    freeze_loaded_objects()
    return detector, choice.describe(detector)


def model_key(request: SourceRequest) -> object:
    """Return what sources with the same model have in common."""
    return request.model, request.backend, request.device, input_size(request.frame, request.longest_side)


def main(edge_file: Path) -> int:
    """Run the detector process with the settings of the machine.

    Raises:
        EdgeError: The file cannot be used, or the supervisor has passed no socket.
    """
    settings = read_edge_file(edge_file)
    logs.set_up(settings.log_format, logging.INFO)
    listener = inherited_socket()
    if listener is None:
        raise UsageError("the detector process is started by metrica-edge run --config")
    stop = StopRequest()
    standby = Standby.inherited()
    if standby is not None:
        import_engines(settings)
        freeze_loaded_objects()
        if not wait_on_standby(standby, stop):
            return 0

    def load(request: SourceRequest) -> tuple[ModelDetector, str]:
        reporter.report()  # that it is loading now
        return load_model(request, settings.threads)

    server = DetectorServer(listener, ModelCache(load, model_key))
    reporter = StatusReporter(server.status)
    return serve_detections(server, reporter, stop)


if __name__ == "__main__":
    exit_process(run_reporting_errors(lambda: main(Path(sys.argv[1]))))
