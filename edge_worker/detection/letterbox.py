"""Frames into the model's input and boxes back: one scale, centred, grey at the edges."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from edge_worker.detection.detections import Floats
from edge_worker.video.frame import Image

GREY = 114
"""What the models were trained with around their pictures."""
STRIDE = 32
"""Input sizes are multiples of the coarsest feature map's stride."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """How frames of one size lie in the model's input.

    Attributes:
        scale: Input pixels per frame pixel.
        left, top: Where the frame begins in the input.
        width, height: Of the scaled frame, in input pixels.
    """

    frame: tuple[int, int]
    target: tuple[int, int]
    scale: float
    left: int
    top: int
    width: int
    height: int

    @classmethod
    def between(cls, frame: tuple[int, int], target: tuple[int, int]) -> Letterbox:
        """From the (height, width) of the frame to that of the input."""
        scale = min(target[0] / frame[0], target[1] / frame[1])
        width, height = round(frame[1] * scale), round(frame[0] * scale)
        return cls(frame, target, scale, (target[1] - width) // 2, (target[0] - height) // 2, width, height)

    def fill(self, image: Image) -> Image:
        """The input: 1 × height × width × 3, BGR, 8 bits."""
        if image.shape[:2] != (self.height, self.width):
            image = np.asarray(cv2.resize(image, (self.width, self.height), interpolation=cv2.INTER_LINEAR), np.uint8)
        if (self.height, self.width) == self.target:
            return np.ascontiguousarray(image)[None]
        canvas = np.full((1, *self.target, 3), GREY, np.uint8)
        canvas[0, self.top : self.top + self.height, self.left : self.left + self.width] = image
        return canvas

    def to_frame(self, boxes: Floats) -> Floats:
        """Boxes (n × 4) of the input in pixels of the frame, cut off at its edges."""
        shifted = (boxes - np.array([self.left, self.top] * 2, np.float32)) / np.float32(self.scale)
        height, width = self.frame
        return np.asarray(np.clip(shifted, 0, np.array([width, height] * 2, np.float32)), np.float32)


def input_size(frame: tuple[int, int], longest: int) -> tuple[int, int]:
    """The smallest input (height, width) that holds a frame (height, width) scaled so that its longer side is
    ``longest``: a wide frame needs no grey above and below, and what is not there takes no time.

    >>> input_size((288, 384), 640), input_size((1080, 1920), 640)
    ((480, 640), (384, 640))
    """
    scale = longest / max(frame)
    height, width = (max(STRIDE, -(-round(side * scale) // STRIDE) * STRIDE) for side in frame)
    return height, width
