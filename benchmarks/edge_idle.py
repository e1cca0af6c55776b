"""What an empty, still scene costs: CPU time of a box whose motion gates keep the frames from the model.

``python -m benchmarks.edge_idle`` prints these rows alone, in about two minutes. Each source is an H.264 stream of an
empty doorway with the grain of a sensor, at 10 frames/s as a camera would send it. Measured once the scene has been
still for a minute: at night it is still for hours. All processes of the box count, the supervisor included.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep

import cv2
import numpy as np

from benchmarks.camera_stream import encode_stream, serve_stream
from benchmarks.edge_box import run_box
from benchmarks.row import Row, at_least, at_most
from edge_worker.video.frame import Image
from edge_worker.video.source import open_source

CLIP = "doorway_1.mpg"
SIZE = (480, 640)
FPS = 10
SOURCES = 2
GRAIN = 3.0
"""Standard deviation of the grain, in grey levels."""
STILL_S = 60.0
MEASURE_S = 40.0
STREAM_S = 240.0


def rows(clips: Path) -> list[Row]:
    """Return the rows of an empty, still scene.

    Args:
        clips: The folder of the clips.
    """
    print("benchmarks: encode a still scene", file=sys.stderr, flush=True)
    parts = encode_stream(_grainy(_empty_scene(clips / CLIP), round(STREAM_S * FPS)), FPS)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve_stream(parts, FPS) as address,
        run_box(Path(folder) / "box", [f"{address}?{number}" for number in range(SOURCES)]) as box,
    ):
        box.wait_for_first_frames()
        box.wait_for_skipped_frames()
        sleep(STILL_S)
        before_s, began_at, frames = box.cpu_s(), monotonic(), box.frames()
        sleep(MEASURE_S)
        used_s, elapsed_s = box.cpu_s() - before_s, monotonic() - began_at
        rate = (box.frames() - frames) / elapsed_s / SOURCES
    note = f"{SIZE[1]} × {SIZE[0]} in H.264, {FPS} frames/s; all processes of a box of {SOURCES} sources"
    return [
        at_least("edge_still_scene_frames_per_s", rate, 0.95 * FPS, "frames/s", "each source"),
        at_most("edge_still_scene_cpu", 100 * used_s / elapsed_s / SOURCES, 4, "% of a core", note),
    ]


def _empty_scene(clip: Path) -> Image:
    """Return the median of a clip: its scene without people."""
    source = open_source(str(clip))
    frames = []
    while (frame := source.read(0.0)) is not None:
        if frame.index % 8 == 0:
            frames.append(frame.image)
    source.close()
    scene = np.median(np.stack(frames), axis=0).astype(np.uint8)
    return np.asarray(cv2.resize(scene, (SIZE[1], SIZE[0])), np.uint8)


def _grainy(scene: Image, count: int) -> Iterator[Image]:
    random = np.random.default_rng(1)
    grains = random.normal(0, GRAIN, (16, *SIZE, 1)).astype(np.float32)
    for number in range(count):
        grain = np.roll(grains[number % len(grains)], random.integers(SIZE[0]), axis=0)
        yield np.clip(scene + grain, 0, 255).astype(np.uint8)


if __name__ == "__main__":
    from benchmarks.__main__ import table
    from benchmarks.edge import CLIPS

    print(table(rows(CLIPS)))
