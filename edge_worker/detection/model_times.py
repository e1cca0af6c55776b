"""The process that times models: ``python -m edge_worker.detection.model_times DEVICE amx|no-amx MODEL…``.

It prints a JSON list with the milliseconds of each model per frame, in the order of the models.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from edge_worker.detection.device import Device, parse_device
from edge_worker.detection.openvino_selection import open_openvino
from edge_worker.detection.preprocessing import input_size
from edge_worker.detection.selection import LONGEST_SIDE
from edge_worker.errors import EdgeError

FRAME = (480, 640)
WARM_UP_FRAMES = 3
"""Frames at which a model prepares itself. They do not count."""
TIMED_FRAMES = 30


def time_models(models: Sequence[Path], device: Device, *, use_amx: bool) -> list[float]:
    """Return the time that each model needs for a frame, in milliseconds: CPU time, or elapsed time on a GPU or an NPU.

    The models take turns, and the fastest frame of each counts: what else runs on the machine can only slow a frame
    down, on a busy one by half. What a frame shows makes no difference to the time.

    Args:
        models: The model files, for OpenVINO.
        device: The processor that was asked for.
        use_amx: False to do without AMX.

    Raises:
        BackendError: A model cannot be loaded.
    """
    frame = np.zeros((*FRAME, 3), np.uint8)
    size = input_size(FRAME, LONGEST_SIDE)
    detectors = [open_openvino(model, model.stem, size, device=device, use_amx=use_amx) for model in models]
    clock = process_time if all(detector.device == "cpu" for detector in detectors) else perf_counter
    times_s: list[list[float]] = [[] for _ in models]
    for _ in range(WARM_UP_FRAMES + TIMED_FRAMES):
        for detector, times in zip(detectors, times_s, strict=True):
            began_s = clock()
            detector.detect(frame)
            times.append(clock() - began_s)
    return [1000 * min(times[WARM_UP_FRAMES:]) for times in times_s]


if __name__ == "__main__":
    try:
        _, asked, amx, *files = sys.argv
        print(json.dumps(time_models([Path(file) for file in files], parse_device(asked), use_amx=amx == "amx")))
    except EdgeError as error:
        sys.exit(str(error))
