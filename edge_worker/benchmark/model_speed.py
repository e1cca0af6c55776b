"""The speed of the bare OpenVINO model with the same input and precision, the reference for the pipeline.

``python -m edge_worker.benchmark.model_speed CLIP MODEL FRAMES [PRECISION]`` prints one JSON object. The rate is the
higher one of the latency mode (one frame on all cores) and the throughput mode (several frames in parallel).
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
import openvino as ov

from edge_worker.detection.amx import AMX_SWITCH
from edge_worker.detection.detector import Backend
from edge_worker.detection.preprocessing import input_size
from edge_worker.detection.selection import choose_detector
from edge_worker.errors import EdgeError
from edge_worker.video.file_source import FileSource

WARM_UP_FRAMES = 8


def main(clip: str, model: str, frames: int, precision: str = "") -> dict[str, object]:
    """Measure the model without decoding, scaling, tracking and counting.

    Args:
        clip: Path of the clip, for the size of the frames.
        model: A path or a name; empty for the default model.
        frames: Number of frames to infer.
        precision: OpenVINO's name of a number format, such as ``f32``; empty for the best one of this processor.

    Returns:
        ``rate`` (frames per second), ``input`` (height, width), and the rate of each mode.
    """
    source = FileSource(clip)
    source.close()
    size = input_size(source.size, 640)
    choice = choose_detector(model or None, Backend.OPENVINO)
    with AMX_SWITCH.set_for(use_amx=choice.use_amx):
        rates = {hint: _rate(str(choice.path), size, hint, frames, precision) for hint in ("LATENCY", "THROUGHPUT")}
    return {"rate": max(rates.values()), "input": list(size), **rates}


def _rate(path: str, size: tuple[int, int], hint: str, frames: int, precision: str) -> float:
    graph = ov.Core().read_model(path)
    graph.reshape([1, 3, *size])
    requests = request_queue(graph, hint, precision)
    image = np.random.default_rng(0).random((1, 3, *size), np.float32)
    for _ in range(WARM_UP_FRAMES):
        requests.start_async([image])
    requests.wait_all()
    started = time.perf_counter()
    for _ in range(frames):
        requests.start_async([image])
    requests.wait_all()
    return frames / (time.perf_counter() - started)


def request_queue(graph: ov.Model, hint: str, precision: str = "") -> ov.AsyncInferQueue:
    """Return a model on the CPU with as many requests at once as it can use.

    Args:
        graph: The model, whose input has a size.
        hint: OpenVINO's performance hint, such as ``THROUGHPUT``.
        precision: OpenVINO's name of a number format; empty for the best one of this processor.
    """
    config = {"PERFORMANCE_HINT": hint, **({"INFERENCE_PRECISION_HINT": precision} if precision else {})}
    compiled = ov.Core().compile_model(graph, "CPU", config)
    return ov.AsyncInferQueue(compiled, int(compiled.get_property("OPTIMAL_NUMBER_OF_INFER_REQUESTS")))


if __name__ == "__main__":
    try:
        print(json.dumps(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:5])))
    except EdgeError as error:
        sys.exit(str(error))
