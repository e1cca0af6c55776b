"""Blur people in an image and encode it as a JPEG of limited size: pure."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from edge_worker.limits import MAX_SNAPSHOT_BYTES
from edge_worker.video.frame import Box, Image

MARGIN = 0.2
"""The share of a box's width and height that is blurred around it, because detectors cut off hair, hands and feet."""
PERSON_BLOCKS = 8
"""The largest height of a blurred person in blocks: no face, gait or print on a shirt can be recognised."""
MIN_BLOCK_PX = 6
"""The smallest block: eight blocks of a distant person would be nearly the original."""
FRAME_BLOCKS = 24
"""The largest height of a fully blurred frame in blocks: walls and doors can be recognised, people cannot."""
MAX_WIDTH_PX = 1280
JPEG_QUALITIES = (85, 75, 60, 45, 30)


def blur_people(image: Image, people: Sequence[Box] | None) -> Image:
    """Return a copy in which every person is blurred beyond recognition, with a margin.

    Args:
        image: The frame; it is not changed.
        people: The boxes of all detected people; None if detection failed, then the whole frame is blurred.
    """
    if people is None:
        return _mosaic(image, FRAME_BLOCKS)
    blurred = image.copy()
    height, width = image.shape[:2]
    for box in people:
        x1, y1, x2, y2 = _with_margin(box, width, height)
        if x2 > x1 and y2 > y1:
            blurred[y1:y2, x1:x2] = _mosaic(image[y1:y2, x1:x2], PERSON_BLOCKS)
    return blurred


def _with_margin(box: Box, width: int, height: int) -> tuple[int, int, int, int]:
    x1, y1, x2, y2 = box
    mx, my = (x2 - x1) * MARGIN, (y2 - y1) * MARGIN
    return (
        max(int(np.floor(x1 - mx)), 0),
        max(int(np.floor(y1 - my)), 0),
        min(int(np.ceil(x2 + mx)), width),
        min(int(np.ceil(y2 + my)), height),
    )


def _mosaic(region: Image, blocks_high: int) -> Image:
    """Return the region as a mosaic: averaged down to a few blocks, which cannot be reversed, then enlarged again."""
    height, width = region.shape[:2]
    high = max(min(blocks_high, height // MIN_BLOCK_PX), 1)
    wide = max(min(round(width * high / height), width), 1)
    small = cv2.resize(region, (wide, high), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def encode_jpeg(image: Image, max_bytes: int = MAX_SNAPSHOT_BYTES, max_width_px: int = MAX_WIDTH_PX) -> bytes:
    """Return the image as a JPEG of limited width and size; reduce quality, then size, until it fits."""
    height, width = image.shape[:2]
    scale = min(1.0, max_width_px / width, 2 * max_width_px / height)
    while True:
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        scaled = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image
        for quality in JPEG_QUALITIES:
            is_encoded, buffer = cv2.imencode(".jpg", scaled, (cv2.IMWRITE_JPEG_QUALITY, quality))
            if is_encoded and len(buffer) <= max_bytes:
                return bytes(buffer)
        scale *= 0.7
