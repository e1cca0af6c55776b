"""Disturbed pictures and detections of a clip: darkness, noise of the sensor, compression, jitter and gaps of boxes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np

from benchmarks.small_people import frames_per_second
from edge_worker.detection.detector import Detections
from edge_worker.evaluation.recorded_detections import ClipDetections, FrameDetections
from edge_worker.video.frame import Image
from edge_worker.video.source import open_source

Disturb = Callable[[Image, np.random.Generator], Image]

MIRRORED = "mirrored"
NOISE = 8.0
"""Standard deviation of the noise of the sensor, in grey levels of 255."""
DARK_GAMMA, DARK_SHARE = 1.6, 0.35
"""A dark picture: the curve, and how bright white is."""
JPEG_QUALITY = 12
DROPPED = 0.1
"""Share of the detections that are dropped."""
JITTER, SCORE_JITTER = 0.02, 0.05
"""Standard deviation of the edges of a box, in its heights, and of its score."""


def _noisy(image: Image, random: np.random.Generator) -> Image:
    grain = random.normal(0, NOISE, image.shape).astype(np.float32)
    return np.asarray(np.clip(image + grain, 0, 255), np.uint8)


def _dark(image: Image, random: np.random.Generator) -> Image:
    levels = 255 * DARK_SHARE * (image.astype(np.float32) / 255) ** DARK_GAMMA
    return np.asarray(np.clip(levels + random.normal(0, NOISE / 4, image.shape), 0, 255), np.uint8)


def _blocks(image: Image, _: np.random.Generator) -> Image:
    encoded = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1]
    return np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)


def _mirrored(image: Image, _: np.random.Generator) -> Image:
    return np.ascontiguousarray(image[:, ::-1])


DISTURBANCES: Mapping[str, Disturb] = {"noise": _noisy, "dark": _dark, "blocks": _blocks, MIRRORED: _mirrored}


def write_disturbed(clip: Path, disturbance: str, folder: Path) -> Path:
    """Write a clip with disturbed pictures, if it is not there yet, and return its path.

    Args:
        clip: The clip.
        disturbance: A name of `DISTURBANCES`.
        folder: Where it is kept.
    """
    path = folder / f"{clip.stem}-{disturbance}.avi"
    if path.is_file():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part.avi")
    random = np.random.default_rng(1)
    source = open_source(str(clip))
    size = (source.size[1], source.size[0])
    writer = cv2.VideoWriter(str(draft), cv2.VideoWriter.fourcc(*"MJPG"), frames_per_second(clip), size)
    writer.set(cv2.VIDEOWRITER_PROP_QUALITY, 95)
    try:
        while (frame := source.read(timeout_s=0)) is not None:
            writer.write(DISTURBANCES[disturbance](frame.image, random))
    finally:
        writer.release()
        source.close()
    draft.replace(path)
    return path


def mirrored_back(found: ClipDetections) -> ClipDetections:
    """Return the detections of a mirrored clip as those of the clip."""
    width = found.size[1]

    def back(frame: FrameDetections) -> FrameDetections:
        x1, y1, x2, y2 = frame.detections.boxes.T
        boxes = np.stack([width - x2, y1, width - x1, y2], axis=1).astype(np.float32)
        return FrameDetections(frame.index, frame.media_s, Detections(boxes, frame.detections.scores))

    return ClipDetections(found.size, tuple(back(frame) for frame in found.frames))


def with_box_noise(found: ClipDetections, seed: int = 1) -> ClipDetections:
    """Return detections of which a tenth is dropped and the others jitter."""
    random = np.random.default_rng(seed)

    def disturbed(frame: FrameDetections) -> FrameDetections:
        kept = random.random(len(frame.detections)) >= DROPPED
        boxes, scores = frame.detections.boxes[kept], frame.detections.scores[kept]
        heights = (boxes[:, 3] - boxes[:, 1])[:, None]
        boxes = (boxes + random.normal(0, JITTER, boxes.shape) * heights).astype(np.float32)
        scores = np.clip(scores + random.normal(0, SCORE_JITTER, scores.shape), 0.0, 1.0).astype(np.float32)
        return FrameDetections(frame.index, frame.media_s, Detections(boxes, scores))

    return ClipDetections(found.size, tuple(disturbed(frame) for frame in found.frames))
