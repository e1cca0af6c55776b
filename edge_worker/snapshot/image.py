"""Encode an image as a JPEG of limited size: pure."""

from __future__ import annotations

import cv2
import numpy as np

from edge_worker.limits import MAX_SNAPSHOT_BYTES
from edge_worker.video.frame import Image

MAX_WIDTH_PX = 1280
JPEG_QUALITIES = (85, 75, 60, 45, 30)


def limit_width(image: Image, max_width_px: int = MAX_WIDTH_PX) -> Image:
    """Return the image, scaled down if it is wider than the limit or higher than twice the limit."""
    height, width = image.shape[:2]
    scale = min(1.0, max_width_px / width, 2 * max_width_px / height)
    return _scaled(image, scale)


def encode_jpeg(image: Image, max_bytes: int = MAX_SNAPSHOT_BYTES, max_width_px: int = MAX_WIDTH_PX) -> bytes:
    """Return the image as a JPEG of limited width and size; reduce quality, then size, until it fits."""
    scaled = limit_width(image, max_width_px)
    while True:
        for quality in JPEG_QUALITIES:
            is_encoded, buffer = cv2.imencode(".jpg", scaled, (cv2.IMWRITE_JPEG_QUALITY, quality))
            if is_encoded and len(buffer) <= max_bytes:
                return bytes(buffer)
        scaled = _scaled(scaled, 0.7)


def _scaled(image: Image, scale: float) -> Image:
    if scale >= 1:
        return image
    height, width = image.shape[:2]
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
