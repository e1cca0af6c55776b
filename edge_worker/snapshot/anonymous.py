"""People out of a picture: pure, arrays in, arrays out."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from edge_worker.video.frame import Box, Image

MARGIN = 0.2
"""Share of the box's width and height that is blurred around it: detectors cut off hair, hands and feet."""
COARSEST = 8
"""A blurred person is at most so many blocks high: no face, no gait, no print on a shirt survives that."""
SMALLEST_BLOCK_PX = 6
"""No block is smaller: eight blocks of somebody far away would be nearly the picture itself."""
COARSEST_WHOLE = 24
"""A whole frame that had to be blurred is at most so many blocks high: walls and doors can be told, people cannot."""


def without_people(image: Image, people: Sequence[Box] | None) -> Image:
    """A copy in which every person is blurred beyond recognition, with a margin.

    Args:
        image: the frame; it is not changed.
        people: the boxes of everybody seen; None when detection failed, then the whole frame is blurred.
    """
    if people is None:
        return _coarse(image, COARSEST_WHOLE)
    blurred = image.copy()
    height, width = image.shape[:2]
    for box in people:
        x1, y1, x2, y2 = _widened(box, width, height)
        if x2 > x1 and y2 > y1:
            blurred[y1:y2, x1:x2] = _coarse(image[y1:y2, x1:x2], COARSEST)
    return blurred


def _widened(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    x1, y1, x2, y2 = box
    mx, my = (x2 - x1) * MARGIN, (y2 - y1) * MARGIN
    return (
        max(int(np.floor(x1 - mx)), 0),
        max(int(np.floor(y1 - my)), 0),
        min(int(np.ceil(x2 + mx)), width),
        min(int(np.ceil(y2 + my)), height),
    )


def _coarse(region: Image, blocks_high: int) -> Image:
    """The region as a mosaic: averaged down to a few blocks, which cannot be undone, then up again."""
    height, width = region.shape[:2]
    high = max(min(blocks_high, height // SMALLEST_BLOCK_PX), 1)
    wide = max(min(round(width * high / height), width), 1)
    small = cv2.resize(region, (wide, high), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST), dtype=np.uint8)
