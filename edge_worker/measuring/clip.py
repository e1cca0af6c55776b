"""A clip to measure with when nobody gives one."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from edge_worker.weights.reference_image import reference_image_path

SIZE = (480, 640)
FRAMES = 250
FPS = 25.0


def write_clip(path: Path) -> None:
    """Writes ten seconds of a window that glides over the known picture, or over noise where there is none."""
    found = reference_image_path()
    picture = None if found is None else cv2.imread(str(found))
    if picture is None:
        picture = np.random.default_rng(0).integers(0, 255, (1080, 810, 3), np.uint8)
    height, width = SIZE
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"mp4v"), FPS, (width, height))
    for frame in range(FRAMES):
        part = (1 - np.cos(2 * np.pi * frame / FRAMES)) / 2
        y, x = int(part * (picture.shape[0] - height)), int(part * (picture.shape[1] - width))
        writer.write(np.ascontiguousarray(picture[y : y + height, x : x + width]))
    writer.release()
