"""The program of a worker process: ``python -m edge_worker.supervisor.worker_main EDGE_FILE CAMERA_ID…``.

Internal: the supervisor starts it. It reads the sections of its cameras itself, so no secret is on a command line.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from edge_worker import logs
from edge_worker.cli import run_reporting_errors, worker_version
from edge_worker.errors import EdgeError, UsageError
from edge_worker.process_exit import exit_process
from edge_worker.supervisor.edge_file import CameraSection, read_edge_file


def run_cameras(edge_file: Path, camera_ids: Sequence[str]) -> int:
    """Run the worker of the cameras of one source until it ends or a signal arrives; return its exit code.

    Raises:
        EdgeError: The file, a setting or the source cannot be used.
    """
    cameras = _camera_sections(edge_file, camera_ids)
    logs.set_up(cameras[0].options.log_format, logging.INFO)

    from edge_worker.detector_process.sockets import inherited_socket
    from edge_worker.garbage_collection import freeze_loaded_objects
    from edge_worker.running.feed import open_feed
    from edge_worker.running.session import Session
    from edge_worker.supervisor.source_worker import SourceWorker
    from edge_worker.video.address import checked_source

    checked_source(cameras[0].options.source)
    detector_address = inherited_socket()
    freeze_loaded_objects()
    if len(cameras) > 1:
        return SourceWorker(cameras, detector_address).run()
    feed = partial(open_feed, name=cameras[0].name, detector_address=detector_address)
    with logs.of_camera(cameras[0].name):
        return Session(cameras[0].options, feed, worker_version()).run()


def _camera_sections(edge_file: Path, camera_ids: Sequence[str]) -> list[CameraSection]:
    try:
        file = read_edge_file(edge_file)
        return [file.camera(camera_id) for camera_id in camera_ids]
    except UsageError as error:
        # The supervisor has read a valid file, so somebody is editing it. Exit with 1: the supervisor tries again.
        raise EdgeError(str(error)) from None


if __name__ == "__main__":
    exit_process(run_reporting_errors(lambda: run_cameras(Path(sys.argv[1]), sys.argv[2:])))
