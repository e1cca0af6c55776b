"""The yardstick: the bare OpenVINO model, same input, same precision; no decoding, scaling, tracking or counting.

``python -m edge_worker.measuring.bare CLIP MODEL FRAMES``; prints one JSON object. The faster of one frame at a time on
all cores and several frames side by side counts.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import openvino as ov

from edge_worker.detection.detector import Backend
from edge_worker.detection.preprocessing import input_size
from edge_worker.detection.selection import choose_detector
from edge_worker.errors import EdgeError
from edge_worker.video.file_source import FileSource

WARM_UP = 8


def main(clip: str, model: str, frames: int) -> dict[str, object]:
    """Frames a second of the bare model."""
    source = FileSource(clip)
    source.close()
    size = input_size(source.size, 640)
    path = choose_detector(model or None, Backend.OPENVINO).path
    rates = {hint: _rate(str(path), size, hint, frames) for hint in ("LATENCY", "THROUGHPUT")}
    return {"rate": max(rates.values()), "input": list(size), **rates}


def _rate(path: str, size: tuple[int, int], hint: str, frames: int) -> float:
    core = ov.Core()
    graph = core.read_model(path)
    graph.reshape([1, 3, *size])
    compiled = core.compile_model(graph, "CPU", {"PERFORMANCE_HINT": hint})
    requests = ov.AsyncInferQueue(compiled, int(compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")))
    picture = np.random.default_rng(0).random((1, 3, *size), np.float32)
    for _ in range(WARM_UP):
        requests.start_async([picture])
    requests.wait_all()
    began = time.perf_counter()
    for _ in range(frames):
        requests.start_async([picture])
    requests.wait_all()
    return frames / (time.perf_counter() - began)


if __name__ == "__main__":
    try:
        print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]))))
    except EdgeError as error:
        sys.exit(str(error))
