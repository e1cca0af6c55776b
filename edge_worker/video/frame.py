"""Frames, images and boxes: the types that every stage of the pipeline shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Image: TypeAlias = npt.NDArray[np.uint8]
"""An image of shape (height, width, 3), BGR, 8 bits per channel."""

NO_IMAGE: Image = np.empty((0, 0, 3), np.uint8)
"""The image of a source that has none, such as a simulation."""

Box: TypeAlias = tuple[float, float, float, float]
"""A bounding box (x1, y1, x2, y2) in pixels of the image, with x1 < x2 and y1 < y2."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame of a source.

    Attributes:
        index: Zero-based. For a file, the number of the frame in the file; for a camera, the number of frames read
            before it.
        media_s: Seconds since the start of the source. Increases from frame to frame.
        captured_at: When a camera captured the frame (aware, by the system clock); None for a file.
        image: The image, height × width × 3, BGR.
        dropped: Frames of a camera that were due but discarded since the previous one, because processing was too slow.
        reconnects: Number of times the camera was reopened since the previous frame.
        unchecked: Frames of a camera since the previous one whose pictures nobody looks at, because the scene is quiet.
            They were due and arrived, so they count as processed.
        damaged: Frames of a camera since the previous one that lost packets have damaged, so that nobody is looked for
            in them. They were due and arrived, so they count as processed.
        decode_s: Mean CPU time to decode a frame of the camera, in seconds; 0 for a file.
    """

    index: int
    media_s: float
    captured_at: datetime | None
    image: Image
    dropped: int = 0
    reconnects: int = 0
    unchecked: int = 0
    damaged: int = 0
    decode_s: float = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Return (height, width) in pixels."""
        return self.image.shape[0], self.image.shape[1]
