"""The program of a worker process: ``python -m edge_worker.supervisor.worker_main EDGE_FILE CAMERA_ID``.

Internal: the supervisor starts it. It reads the camera's section of the file itself, so no secret is on a command line.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from edge_worker import logs
from edge_worker.cli import run_reporting_errors, worker_version
from edge_worker.errors import EdgeError, UsageError
from edge_worker.process_exit import exit_process
from edge_worker.supervisor.edge_file import CameraSection, read_edge_file


def run_camera(edge_file: Path, camera_id: str) -> int:
    """Run the worker of one camera until its source ends or a signal arrives; return its exit code.

    Raises:
        EdgeError: The file, a setting or the source cannot be used.
    """
    camera = _camera_section(edge_file, camera_id)
    logs.set_up(camera.options.log_format, logging.INFO)

    from functools import partial

    from edge_worker.detector_process.sockets import inherited_socket
    from edge_worker.running.feed import open_feed
    from edge_worker.running.session import Session
    from edge_worker.video.address import checked_source

    checked_source(camera.options.source)
    feed = partial(open_feed, name=camera.name, detector_address=inherited_socket())
    return Session(camera.options, feed, worker_version()).run()


def _camera_section(edge_file: Path, camera_id: str) -> CameraSection:
    try:
        return read_edge_file(edge_file).camera(camera_id)
    except UsageError as error:
        # The supervisor has read a valid file, so somebody is editing it. Exit with 1: the supervisor tries again.
        raise EdgeError(str(error)) from None


if __name__ == "__main__":
    exit_process(run_reporting_errors(lambda: run_camera(Path(sys.argv[1]), sys.argv[2])))
