"""The calibration image, from which a line is chosen."""

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

MIN_WIDTH = 960
"""Smaller images are enlarged, so that the grid is readable."""
ANCHOR_INTERVAL_S = 0.2
"""Seconds between the anchors that are drawn: enough to show the paths, few enough to see the floor."""


@dataclass(slots=True)
class Observation:
    """The people observed during calibration.

    Attributes:
        image: The last frame.
        seconds: Duration of the observation.
        people: Number of different tracks.
        crossings: Number of crossings of the line.
        anchors: Positions of people, in pixels of the image.
    """

    image: Image
    seconds: float = 0.0
    people: int = 0
    crossings: int = 0
    anchors: list[tuple[float, float]] = field(default_factory=list)


def observe(pipeline: Pipeline, anchor: Anchor, seconds: float) -> Observation:
    """Observe people for some time.

    Args:
        pipeline: The opened pipeline.
        anchor: The point of a person's box to record.
        seconds: Duration; in media time for a file.

    Raises:
        SourceError: The source delivered no frame.
    """
    observed: Observation | None = None
    ids: set[int] = set()
    kept_at = -ANCHOR_INTERVAL_S
    for result in pipeline.frames():
        if result is None:
            continue
        if observed is None:
            observed = Observation(result.image)
        observed.image, observed.seconds = result.image, result.media_s
        observed.crossings += len(result.crossings)
        ids.update(track.tracker_id for track in result.tracks)
        if result.media_s - kept_at >= ANCHOR_INTERVAL_S:
            kept_at = result.media_s
            observed.anchors += [anchor.of(track.box) for track in result.tracks]
        if result.media_s >= seconds:
            break
    if observed is None:
        raise SourceError("the source delivered no frame: check it with metrica-edge doctor")
    observed.people = len(ids)
    return observed


def write_image(observed: Observation, line: Line, path: Path) -> None:
    """Write the image with a grid, the anchors and the line.

    Args:
        observed: The observation.
        line: The line to draw.
        path: The file to write.

    Raises:
        UsageError: The file cannot be written.
    """
    scale = max(1.0, MIN_WIDTH / observed.image.shape[1])
    enlarged = cv2.resize(observed.image, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    image = np.asarray(enlarged, np.uint8)
    draw_grid(image)
    draw_anchors(image, ((x * scale, y * scale) for x, y in observed.anchors))
    draw_line(image, line)
    if not path.parent.is_dir() or not cv2.imwrite(str(path), image):
        raise UsageError(f"the picture cannot be written to {path}: check that its folder exists and is writable")
