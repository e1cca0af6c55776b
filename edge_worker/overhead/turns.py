"""Quarter turns of a picture, and the boxes that were found in a turned picture. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

import cv2
import numpy as np

from edge_worker.counting.line import Line
from edge_worker.detection.detector import Detections, Floats
from edge_worker.tracking.association import suppress_duplicates
from edge_worker.video.frame import Image


class Turn(IntEnum):
    """How far a picture is turned counter-clockwise, in degrees."""

    NONE = 0
    QUARTER = 90
    HALF = 180
    THREE_QUARTERS = 270

    @property
    def is_sideways(self) -> bool:
        """Return whether the turned picture has the height and width exchanged."""
        return self in (Turn.QUARTER, Turn.THREE_QUARTERS)


_ROTATIONS: Final = {
    Turn.QUARTER: cv2.ROTATE_90_COUNTERCLOCKWISE,
    Turn.HALF: cv2.ROTATE_180,
    Turn.THREE_QUARTERS: cv2.ROTATE_90_CLOCKWISE,
}


PLAIN: Final = (Turn.NONE,)
"""The picture as it is."""


def turns_from_above(line: Line, size: tuple[int, int]) -> tuple[Turn, Turn]:
    """Return the two turns in which a picture from straight above is looked at.

    People walk across the line, so their shoulders lie along it. A model that knows people who stand finds them where
    the longer side of the body is upright, so the picture is turned until the line is upright, to either side: some are
    found only in one of the two.

    Args:
        line: The counting line.
        size: (height, width) of the picture.
    """
    ax, ay, bx, by = line.in_pixels(size[1], size[0])
    is_upright = abs(by - ay) > abs(bx - ax)
    return (Turn.NONE, Turn.HALF) if is_upright else (Turn.QUARTER, Turn.THREE_QUARTERS)


def turned_size(size: tuple[int, int], turn: Turn) -> tuple[int, int]:
    """Return (height, width) of the turned picture."""
    return (size[1], size[0]) if turn.is_sideways else size


def turned_image(image: Image, turn: Turn) -> Image:
    """Return a picture turned counter-clockwise; the picture itself for `Turn.NONE`."""
    return image if turn is Turn.NONE else np.asarray(cv2.rotate(image, _ROTATIONS[turn]), np.uint8)


def boxes_in_picture(boxes: Floats, turn: Turn, size: tuple[int, int]) -> Floats:
    """Return boxes of a turned picture as boxes of the picture before it was turned.

    Args:
        boxes: n × 4, as (x1, y1, x2, y2) in pixels of the turned picture.
        turn: How the picture was turned.
        size: (height, width) of the picture before.
    """
    height, width = size
    x1, y1, x2, y2 = boxes.T
    match turn:
        case Turn.QUARTER:
            corners = (width - y2, x1, width - y1, x2)
        case Turn.HALF:
            corners = (width - x2, height - y2, width - x1, height - y1)
        case Turn.THREE_QUARTERS:
            corners = (y1, height - x2, y2, height - x1)
        case _:
            corners = (x1, y1, x2, y2)
    return np.stack(corners, axis=1).astype(np.float32)


def merged(found: Sequence[Detections], same_person_iou: float) -> Detections:
    """Return the people of several pictures of one frame: of boxes that overlap more, the one with the highest score.

    Args:
        found: The people in each of the pictures, with boxes of the frame.
        same_person_iou: Boxes with a larger IoU are one person.
    """
    if len(found) == 1:
        return found[0]
    boxes = np.concatenate([one.boxes for one in found])
    scores = np.concatenate([one.scores for one in found])
    kept = suppress_duplicates(boxes.astype(np.float64), scores.astype(np.float64), same_person_iou)
    return Detections(boxes[kept], scores[kept])
