"""The part of a picture around the counting line, and the boxes that were found in it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot, sqrt

import numpy as np

from edge_worker.counting.line import Line
from edge_worker.detection.detector import Floats
from edge_worker.detection.preprocessing import STRIDE, Letterbox, input_size
from edge_worker.line_region.parameters import RegionParameters
from edge_worker.video.frame import Image


@dataclass(frozen=True, slots=True)
class Region:
    """A part of a picture, and how large the model sees it.

    Attributes:
        x1: Its left edge in pixels of the picture.
        y1: Its upper edge.
        x2: The column after its right edge.
        y2: The row after its lower edge.
        longest_side: Longest side of the model's input for it, in pixels.
    """

    x1: int
    y1: int
    x2: int
    y2: int
    longest_side: int

    @property
    def size(self) -> tuple[int, int]:
        """Return (height, width) in pixels of the picture."""
        return self.y2 - self.y1, self.x2 - self.x1

    @property
    def scale(self) -> float:
        """Return the pixels of the model's input per pixel of the picture."""
        return Letterbox.fit(self.size, input_size(self.size, self.longest_side)).scale

    def share_of(self, size: tuple[int, int]) -> tuple[float, float, float, float]:
        """Return (x1, y1, x2, y2) as shares of the width and height of a picture of size (height, width)."""
        height, width = size
        return (
            round(self.x1 / width, 4),
            round(self.y1 / height, 4),
            round(self.x2 / width, 4),
            round(self.y2 / height, 4),
        )

    def cropped(self, image: Image) -> Image:
        """Return this part of a picture, as a view of it."""
        return image[self.y1 : self.y2, self.x1 : self.x2]

    def boxes_in_picture(self, boxes: Floats) -> Floats:
        """Return boxes (n × 4) of the part as boxes of the picture."""
        return boxes + np.array([self.x1, self.y1] * 2, np.float32)


def region_around(
    line: Line,
    size: tuple[int, int],
    person_height: float,
    *,
    longest_side: int,
    parameters: RegionParameters | None = None,
) -> Region | None:
    """Return the part of the picture in which people of a height approach the line and leave it.

    The model's input for it has at most as many pixels as that for the whole picture, so it costs at most as much.

    Args:
        line: The counting line.
        size: (height, width) of the picture.
        person_height: The height of people at the line as they stand, in pixels: a steep camera shortens them, but not
            the way that they walk.
        longest_side: Longest side of the model's input for the whole picture.
        parameters: The thresholds.

    Returns:
        None if people would not be much larger in it.
    """
    parameters = parameters or RegionParameters()
    height, width = size
    ax, ay, bx, by = line.in_pixels(width, height)
    length = hypot(bx - ax, by - ay)
    across, along = parameters.across * person_height, parameters.along * person_height
    upright, level = abs(by - ay) / length, abs(bx - ax) / length
    margin_x, margin_y = across * upright + along * level, across * level + along * upright
    x1, x2 = max(0, int(min(ax, bx) - margin_x)), min(width, round(max(ax, bx) + margin_x))
    y1, y2 = max(0, int(min(ay, by) - margin_y)), min(height, round(max(ay, by) + margin_y))
    part = (y2 - y1, x2 - x1)
    whole = input_size(size, longest_side)
    whole_scale = Letterbox.fit(size, whole).scale
    wanted_scale = max(parameters.person_height / person_height, parameters.zoom * whole_scale)
    scale = min(sqrt(whole[0] * whole[1] / (part[0] * part[1])), wanted_scale)
    region = Region(x1, y1, x2, y2, max(int(scale * max(part)) // STRIDE, 1) * STRIDE)
    is_larger = region.scale >= parameters.min_zoom * whole_scale
    return region if is_larger else None
