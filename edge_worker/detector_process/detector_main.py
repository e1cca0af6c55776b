"""The program of the detector process: ``python -m edge_worker.detector_process.detector_main EDGE_FILE``.

Internal: the supervisor starts it and passes it the listener for the workers.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
from pathlib import Path
from time import monotonic

from edge_worker import logs
from edge_worker.cli import run_reporting_errors
from edge_worker.detection.detector import ModelDetector
from edge_worker.detection.preprocessing import input_size
from edge_worker.detection.selection import LONGEST_SIDE, choose_detector, open_model, parse_backend
from edge_worker.detector_process.messages import SourceRequest
from edge_worker.detector_process.model_cache import ModelCache
from edge_worker.detector_process.server import DetectorServer
from edge_worker.detector_process.sockets import inherited_socket
from edge_worker.errors import UsageError
from edge_worker.process_exit import exit_process
from edge_worker.status.outputs import StatusPipe
from edge_worker.supervisor.edge_file import read_edge_file

log = logging.getLogger(__name__)

HANGS = 70
"""The exit code when a model does not return."""


def serve_detections(server: DetectorServer) -> int:
    """Serve until SIGTERM, or until the supervisor has ended; return the exit code."""
    status_pipe = StatusPipe()
    stop_requested = False

    def request_stop(_number: int, _frame: object) -> None:
        nonlocal stop_requested
        stop_requested = True

    signal.signal(signal.SIGTERM, request_stop)
    signal.signal(signal.SIGINT, request_stop)
    while not stop_requested and not status_pipe.orphaned:
        server.serve()
        status_pipe.send({**server.status(), "pid": os.getpid()})
        overdue_s = server.overdue_s(monotonic())
        if overdue_s is not None:
            log.error("the model has not returned for %.1f s; the detector process ends to be started again", overdue_s)
            return HANGS
    server.stop()
    return 0


def load_model(request: SourceRequest, threads: int | None) -> tuple[ModelDetector, str]:
    """Load the model for a source and return it with one line about it.

    Raises:
        EdgeError: The model or its backend cannot be used.
    """
    choice = choose_detector(request.model, parse_backend(request.backend))
    detector = open_model(choice, input_size(request.frame, LONGEST_SIDE), threads=threads)
    height, width = detector.input_size
    engine = f"{choice.backend} ({choice.reason}), {detector.precision}"
    return detector, f"{choice.model} on {engine}, {width} × {height}, {choice.path.name}"


def model_key(request: SourceRequest) -> object:
    """Return what sources with the same model have in common."""
    return request.model, request.backend, input_size(request.frame, LONGEST_SIDE)


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
    models = ModelCache(lambda request: load_model(request, settings.threads), model_key)
    return serve_detections(DetectorServer(listener, models))


if __name__ == "__main__":
    exit_process(run_reporting_errors(lambda: main(Path(sys.argv[1]))))
