"""A picture as a JPEG of limited size, in memory."""

from __future__ import annotations

import cv2

from edge_worker.limits import MAX_SNAPSHOT_BYTES
from edge_worker.video.frame import Image

WIDEST_PX = 1280
QUALITIES = (85, 75, 60, 45, 30)


def encoded(image: Image, largest_bytes: int = MAX_SNAPSHOT_BYTES, widest_px: int = WIDEST_PX) -> bytes:
    """The picture, at most ``widest_px`` wide and ``largest_bytes`` long; coarser or smaller when it must be."""
    height, width = image.shape[:2]
    scale = min(1.0, widest_px / width, 2 * widest_px / height)
    while True:
        size = (max(round(width * scale), 1), max(round(height * scale), 1))
        picture = cv2.resize(image, size, interpolation=cv2.INTER_AREA) if scale < 1 else image
        for quality in QUALITIES:
            fine, buffer = cv2.imencode(".jpg", picture, (cv2.IMWRITE_JPEG_QUALITY, quality))
            if fine and len(buffer) <= largest_bytes:
                return bytes(buffer)
        scale *= 0.7
