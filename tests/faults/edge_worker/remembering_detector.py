"""The detector process with `Remembered` instead of a model: ``python -m … EDGE_FILE``, started by the supervisor."""

from __future__ import annotations

import sys
from pathlib import Path

from edge_worker.cli import run_reporting_errors
from edge_worker.detection.detector import ModelDetector
from edge_worker.detector_process import detector_main
from edge_worker.detector_process.messages import SourceRequest
from edge_worker.process_exit import exit_process
from tests.faults.edge_worker.known_clip import Remembered


def load_model(request: SourceRequest, threads: int | None) -> tuple[ModelDetector, str]:
    return Remembered(), "what is known of the clip"


if __name__ == "__main__":
    detector_main.load_model = load_model
    exit_process(run_reporting_errors(lambda: detector_main.main(Path(sys.argv[1]))))
