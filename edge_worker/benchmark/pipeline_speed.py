"""The speed of the whole pipeline on a clip.

``python -m edge_worker.benchmark.pipeline_speed CLIP BACKEND MODEL FRAMES [DEVICE]`` prints one JSON object. An empty
MODEL is the default model, and 0 FRAMES is the whole clip.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import cv2
import numpy as np

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor, Line
from edge_worker.errors import EdgeError
from edge_worker.pipeline.opening import open_pipeline
from edge_worker.video.file_source import FileSource
from edge_worker.weights.reference_image import reference_image_path

CLIP_SIZE = (480, 640)
CLIP_FRAMES = 250
CLIP_FPS = 25.0


def main(clip: str, backend: str, model: str, limit: int, device: str = "auto") -> dict[str, object]:
    """Count a clip.

    Args:
        clip: Path of the clip.
        backend: Name of the inference backend.
        model: A path or a name; empty for the default model.
        limit: Number of frames after which to stop; 0 for the whole clip.
        device: Name of a kind of processor, or ``auto``.

    Returns:
        ``frames``, ``model``, the times of the ``first`` and the ``last`` frame by the monotonic clock, the ``device``
        that ran the model, its ``precision``, and ``decode_s``, the CPU time to decode a frame.
    """
    camera = CameraStatus()
    pipeline = open_pipeline(
        clip,
        line=Line.mid_height(),
        anchor=Anchor.FOOT,
        model=model or None,
        backend=backend,
        device=device,
        camera=camera,
    )
    frames = 0
    first = last = 0.0
    for result in pipeline.frames():
        if result is None:
            continue
        last = time.monotonic()
        first = first or last
        frames += 1
        if frames == limit:
            break
    pipeline.close()
    return {
        "frames": frames,
        "first": first,
        "last": last,
        "model": pipeline.model,
        "precision": pipeline.precision,
        "device": (camera.device or "").partition(":")[2],
        "decode_s": _decode_s(clip, limit),
    }


def _decode_s(clip: str, limit: int) -> float:
    """Return the CPU time to decode a frame of the clip, in seconds."""
    source = FileSource(clip)
    frames, began_s = 0, time.thread_time()
    while (not limit or frames < limit) and source.read() is not None:
        frames += 1
    source.close()
    return (time.thread_time() - began_s) / max(frames, 1)


def write_test_clip(path: Path, fps: float = CLIP_FPS) -> None:
    """Write a clip of `CLIP_FRAMES` frames that pans over the reference image, or over noise if there is none.

    Args:
        path: The file to write.
        fps: Its frames per second.
    """
    found = reference_image_path()
    image = None if found is None else cv2.imread(str(found))
    if image is None:
        image = np.random.default_rng(0).integers(0, 255, (1080, 810, 3), np.uint8)
    height, width = CLIP_SIZE
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"mp4v"), fps, (width, height))
    for frame in range(CLIP_FRAMES):
        fraction = (1 - np.cos(2 * np.pi * frame / CLIP_FRAMES)) / 2
        y, x = int(fraction * (image.shape[0] - height)), int(fraction * (image.shape[1] - width))
        writer.write(np.ascontiguousarray(image[y : y + height, x : x + width]))
    writer.release()


if __name__ == "__main__":
    try:
        print(json.dumps(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), *sys.argv[5:6])))
    except EdgeError as error:
        sys.exit(str(error))
