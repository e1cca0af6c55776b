"""Conversion of frames to the input of a model, and of boxes back to the frame."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from edge_worker.detection.detector import Floats
from edge_worker.video.frame import Image

PADDING_GREY = 114
"""Grey level of the padding that the models were trained with."""
STRIDE = 32
"""Input sizes are multiples of the stride of the coarsest feature map."""


@dataclass(frozen=True, slots=True)
class Letterbox:
    """The placement of frames of one size in the input of a model: scaled by one factor and centred on grey.

    Attributes:
        frame: (height, width) of the frame.
        target: (height, width) of the input.
        scale: Input pixels per frame pixel.
        left: x of the frame's left edge in the input.
        top: y of the frame's upper edge in the input.
        width: Width of the scaled frame, in input pixels.
        height: Height of the scaled frame, in input pixels.
    """

    frame: tuple[int, int]
    target: tuple[int, int]
    scale: float
    left: int
    top: int
    width: int
    height: int

    @classmethod
    def fit(cls, frame: tuple[int, int], target: tuple[int, int]) -> Letterbox:
        """Return the placement of a frame of (height, width) in an input of (height, width)."""
        scale = min(target[0] / frame[0], target[1] / frame[1])
        width, height = round(frame[1] * scale), round(frame[0] * scale)
        return cls(frame, target, scale, (target[1] - width) // 2, (target[0] - height) // 2, width, height)

    def apply(self, image: Image) -> Image:
        """Return the input for a frame: 1 × height × width × 3, BGR, 8 bits."""
        if image.shape[:2] == (self.height, self.width) == self.target:
            return np.ascontiguousarray(image)[None]
        model_input = np.empty((1, *self.target, 3), np.uint8)
        self.pad(model_input[0])
        self.write(image, model_input[0])
        return model_input

    def pad(self, canvas: Image) -> None:
        """Fill an input (height × width × 3) with the grey of the padding."""
        if (self.height, self.width) != self.target:
            canvas[:] = PADDING_GREY

    def write(self, image: Image, canvas: Image) -> None:
        """Scale a frame into an input (height × width × 3) that has been padded for this placement."""
        part = canvas[self.top : self.top + self.height, self.left : self.left + self.width]
        if image.shape[:2] == (self.height, self.width):
            part[:] = image
        else:
            cv2.resize(image, (self.width, self.height), dst=part, interpolation=cv2.INTER_LINEAR)

    def to_frame(self, boxes: Floats) -> Floats:
        """Convert boxes (n × 4) from input pixels to frame pixels, clipped to the frame."""
        shifted = (boxes - np.array([self.left, self.top] * 2, np.float32)) / np.float32(self.scale)
        height, width = self.frame
        return np.asarray(np.clip(shifted, 0, np.array([width, height] * 2, np.float32)), np.float32)


def input_size(frame: tuple[int, int], longest_side: int) -> tuple[int, int]:
    """Return the smallest input (height, width) for a frame (height, width) scaled to ``longest_side``.

    A wide frame then needs no padding above and below, which saves inference time.

    >>> input_size((288, 384), 640), input_size((1080, 1920), 640)
    ((480, 640), (384, 640))
    """
    scale = longest_side / max(frame)
    height, width = (max(STRIDE, -(-round(side * scale) // STRIDE) * STRIDE) for side in frame)
    return height, width


def to_planes(images: Image) -> Floats:
    """Convert n × height × width × 3 BGR bytes to n × 3 × height × width RGB floats in 0..1."""
    planes = np.ascontiguousarray(images[..., ::-1].transpose(0, 3, 1, 2), np.float32)
    planes *= np.float32(1 / 255)
    return planes
