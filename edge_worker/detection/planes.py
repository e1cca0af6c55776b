"""Frames as the planes of floats that most networks take."""

from __future__ import annotations

import numpy as np

from edge_worker.detection.detections import Floats
from edge_worker.video.frame import Image


def as_planes(frames: Image) -> Floats:
    """n × height × width × 3 BGR bytes as n × 3 × height × width RGB floats in 0..1."""
    planes = np.ascontiguousarray(frames[..., ::-1].transpose(0, 3, 1, 2), np.float32)
    planes *= np.float32(1 / 255)
    return planes
