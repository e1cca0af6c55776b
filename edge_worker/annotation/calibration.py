"""The picture from which a line is chosen."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np

from edge_worker.annotation.drawing import draw_anchors, draw_grid, draw_line
from edge_worker.counting.line import Anchor, Line
from edge_worker.errors import SourceError, UsageError
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.video.frame import Image

SMALLEST_WIDTH = 960
"""Pictures of small cameras are enlarged, so that the grid can be read."""
STEP_S = 0.2
"""An anchor is kept so often: enough to show the paths, few enough to see the floor."""


@dataclass(slots=True)
class Watched:
    """What was seen in a while.

    Attributes:
        anchors: In pixels of the picture.
        people: Different tracks.
    """

    picture: Image
    seconds: float = 0.0
    people: int = 0
    crossings: int = 0
    anchors: list[tuple[float, float]] = field(default_factory=list)


def watch(pipeline: Pipeline, anchor: Anchor, seconds: float) -> Watched:
    """Watches for so long (media time of a file) and keeps the last picture.

    Raises:
        SourceError: there was no frame.
    """
    watched: Watched | None = None
    ids: set[int] = set()
    kept_at = -STEP_S
    for result in pipeline.frames():
        if result is None:
            continue
        if watched is None:
            watched = Watched(result.image)
        watched.picture, watched.seconds = result.image, result.media_s
        watched.crossings += len(result.crossings)
        ids.update(track.tracker_id for track in result.tracks)
        if result.media_s - kept_at >= STEP_S:
            kept_at = result.media_s
            watched.anchors += [anchor.of(track.box) for track in result.tracks]
        if result.media_s >= seconds:
            break
    if watched is None:
        raise SourceError("the source gave no picture: try metrica-edge doctor")
    watched.people = len(ids)
    return watched


def write(watched: Watched, line: Line, path: Path) -> None:
    """Saves the picture with grid, anchors and line.

    Raises:
        UsageError: it cannot be written there.
    """
    scale = max(1.0, SMALLEST_WIDTH / watched.picture.shape[1])
    enlarged = cv2.resize(watched.picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    picture = np.asarray(enlarged, np.uint8)
    draw_grid(picture)
    draw_anchors(picture, ((x * scale, y * scale) for x, y in watched.anchors))
    draw_line(picture, line)
    if not path.parent.is_dir() or not cv2.imwrite(str(path), picture):
        raise UsageError(f"the picture cannot be written to {path}: does its folder exist, and may one write there?")
