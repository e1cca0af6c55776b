"""The speed of a model in 32 bits and with 8 bits as the worker loads them, in turns in one process.

``python -m benchmarks.int8_speed CLIP ORIGINAL QUANTISED`` prints one JSON object. Both get whole frames of 8 bits and
run on all cores in throughput mode, with bf16 off.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

import numpy as np
import openvino as ov

from edge_worker.benchmark.model_speed import request_queue
from edge_worker.detection.amx import AMX_SWITCH
from edge_worker.detection.detector import Backend
from edge_worker.detection.openvino_graph import prepare
from edge_worker.detection.preprocessing import input_size
from edge_worker.detection.selection import LONGEST_SIDE, choose_detector
from edge_worker.errors import EdgeError
from edge_worker.video.file_source import FileSource

WARM_UP_BURSTS = 3
BURSTS = 40
BURST_FRAMES = 12
"""A burst takes an eighth to a third of a second, so both models get their share of the moments in which the machine is
free."""
FASTEST_SHARE = 0.1
"""The time of a model is that than which a tenth of its bursts are shorter: it varies less than the shortest."""


def main(clip: str, original: Path, quantised: Path) -> dict[str, float]:
    """Return the milliseconds per frame of both models, as ``f32`` and ``int8``.

    Args:
        clip: Path of a clip, for the size of the frames.
        original: The model in 32 bits.
        quantised: The model with 8 bits.
    """
    source = FileSource(clip)
    source.close()
    size = input_size(source.size, LONGEST_SIDE)
    choice = choose_detector(str(quantised), Backend.OPENVINO)
    with AMX_SWITCH.set_for(use_amx=choice.use_amx):
        queues = [_load(path, size) for path in (original, quantised)]
    frame = np.random.default_rng(0).integers(0, 255, (1, *size, 3), np.uint8)
    times_s: list[list[float]] = [[], []]
    for _ in range(WARM_UP_BURSTS + BURSTS):
        for queue, times in zip(queues, times_s, strict=True):
            began_s = perf_counter()
            for _ in range(BURST_FRAMES):
                queue.start_async([frame])
            queue.wait_all()
            times.append((perf_counter() - began_s) / BURST_FRAMES)
    f32, int8 = (1000 * float(np.quantile(times[WARM_UP_BURSTS:], FASTEST_SHARE)) for times in times_s)
    return {"f32": f32, "int8": int8}


def _load(path: Path, size: tuple[int, int]) -> ov.AsyncInferQueue:
    graph = ov.Core().read_model(path)
    graph.reshape([1, 3, *size])
    return request_queue(prepare(graph), "THROUGHPUT", "f32")


if __name__ == "__main__":
    try:
        _, clip_path, *model_paths = sys.argv
        print(json.dumps(main(clip_path, *map(Path, model_paths))))
    except EdgeError as error:
        sys.exit(str(error))
