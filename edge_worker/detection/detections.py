"""What a detector answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Image = npt.NDArray[np.uint8]
"""height × width × 3, BGR, 8 bits."""


@dataclass(frozen=True, slots=True)
class Detections:
    """The people in one frame.

    Attributes:
        boxes: n × 4, (x1, y1, x2, y2) in pixels of the frame, within it, x1 < x2 and y1 < y2.
        scores: n, confidence in 0..1.
    """

    boxes: Floats
    scores: Floats

    @classmethod
    def none(cls) -> Detections:
        return cls(np.empty((0, 4), np.float32), np.empty(0, np.float32))

    def __len__(self) -> int:
        return len(self.scores)
