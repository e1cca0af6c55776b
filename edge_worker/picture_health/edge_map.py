"""Edge maps of a camera's view, and the displacement between two of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.video.frame import Image
from edge_worker.video.reduced_picture import mean_grey

EdgeMap: TypeAlias = npt.NDArray[np.complex64]
"""Height × width cells. The absolute value 0..1 is the strength of the edge in the cell. The angle is twice the angle
of its gradient, so that an edge is the same whether its bright side is left or right (by day and by night)."""

GreyPicture: TypeAlias = npt.NDArray[np.float32]
"""Height × width cells, grey levels 0..255."""

WIDTH = 160
"""Width of a grey picture and of an edge map in cells."""
MIN_GRADIENT = 3.0
"""A gradient of this many grey levels (0..255) per cell has half the strength of a clear edge."""
NOISE_FACTOR = 2.0
"""A clear edge also exceeds the median gradient of the picture by this factor: grain is no edge."""
TRANSFORMATIONS = (
    *((rotation_deg, 1.0) for rotation_deg in (0.0, -2.0, 2.0, -4.0, 4.0, -7.0, 7.0)),
    *((0.0, zoom) for zoom in (0.95, 1.05, 0.9, 1.1, 0.8, 1.2)),
)
"""The rotations (degrees, clockwise on the screen) and zooms that are tried, each with all shifts."""


@dataclass(frozen=True, slots=True)
class Displacement:
    """How a view has moved since another one.

    Attributes:
        dx: Shift of the centre to the right, as a share of the width of the picture.
        dy: Shift of the centre downwards, as a share of the width of the picture.
        rotation_deg: Rotation, clockwise on the screen, in degrees.
        zoom: Factor of the size of things.
        similarity: Correlation of the maps at this displacement, at most 1.
    """

    dx: float
    dy: float
    rotation_deg: float
    zoom: float
    similarity: float

    def is_larger_than(self, shift: float) -> bool:
        """Return whether the centre has moved by more than a share of the width, or the view is rotated or zoomed."""
        return hypot(self.dx, self.dy) > shift or self.rotation_deg != 0 or self.zoom != 1

    def __str__(self) -> str:
        parts = []
        if self.dx or self.dy:
            parts.append(f"shifted by {100 * hypot(self.dx, self.dy):.0f} % of the width")
        if self.rotation_deg:
            parts.append(f"rotated by about {abs(self.rotation_deg):.0f}°")
        if self.zoom != 1:
            parts.append(f"zoomed by about {self.zoom:.2f}")
        return ", ".join(parts)


def grey_picture(image: Image) -> GreyPicture:
    """Return a frame as a grey picture of `WIDTH` cells; a cell is the mean of its pixels.

    Args:
        image: The frame, height × width × 3, BGR.
    """
    return mean_grey(image, WIDTH).astype(np.float32)


def edge_map(grey: GreyPicture) -> EdgeMap:
    """Return the edge map of a grey picture."""
    gx = cv2.Sobel(grey, cv2.CV_32F, 1, 0, scale=1 / 8, borderType=cv2.BORDER_REPLICATE)
    gy = cv2.Sobel(grey, cv2.CV_32F, 0, 1, scale=1 / 8, borderType=cv2.BORDER_REPLICATE)
    squared = gx * gx + gy * gy
    limit = max(NOISE_FACTOR * float(np.sqrt(np.median(squared))), MIN_GRADIENT)
    gradient = (gx + 1j * gy).astype(np.complex64)
    # (gx + i·gy)² / |g|² is the doubled angle, |g|² / (|g|² + limit²) the strength.
    return np.asarray(gradient * gradient / (squared + np.float32(limit * limit)), np.complex64)


def sharpness(grey: GreyPicture) -> float:
    """Return the gradient of the clearest edges, relative to the contrast: a picture out of focus has few."""
    dark, bright = contrast(grey)
    steps = np.sort(np.abs(np.diff(grey, axis=1)), axis=None)
    return float(steps[len(steps) * 98 // 100]) / max(bright - dark, 1.0)


def contrast(grey: GreyPicture) -> tuple[float, float]:
    """Return the grey levels below and above which are the darkest and the brightest 2 % of the picture."""
    levels = np.sort(grey, axis=None)
    return float(levels[len(levels) * 2 // 100]), float(levels[len(levels) * 98 // 100])


def similarity(reference: EdgeMap, current: EdgeMap) -> float:
    """Return the correlation −1..1 of two maps of the same size, without any displacement."""
    norm = float(np.linalg.norm(reference) * np.linalg.norm(current))
    return float(np.vdot(reference, current).real) / norm if norm else 0.0


def find_displacement(reference: EdgeMap, current: EdgeMap) -> Displacement:
    """Return the displacement at which the reference resembles the current map most.

    Shifts of up to half the picture are tried in whole cells, with each of `TRANSFORMATIONS`.
    """
    height, width = reference.shape
    spectrum = np.fft.fft2(current)
    norm = float(np.linalg.norm(current))
    best = Displacement(0.0, 0.0, 0.0, 1.0, -1.0)
    for rotation_deg, zoom in TRANSFORMATIONS:
        moved = _transformed(reference, rotation_deg, zoom)
        scale = norm * float(np.linalg.norm(moved))
        if not scale:
            continue
        surface = np.fft.ifft2(np.conj(np.fft.fft2(moved)) * spectrum).real
        row, column = divmod(int(np.argmax(surface)), width)
        found = float(surface[row, column]) / scale
        if found > best.similarity:
            dy = (row + height // 2) % height - height // 2
            dx = (column + width // 2) % width - width // 2
            best = Displacement(dx / width, dy / width, rotation_deg, zoom, found)
    return best


def _transformed(edges: EdgeMap, rotation_deg: float, zoom: float) -> EdgeMap:
    """Return the map of the view after a rotation (clockwise) and a zoom about its centre."""
    if rotation_deg == 0 and zoom == 1:
        return edges
    height, width = edges.shape
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -rotation_deg, zoom)
    parts = np.dstack([edges.real, edges.imag])
    warped = cv2.warpAffine(parts, matrix, (width, height), flags=cv2.INTER_LINEAR)
    turned = (warped[..., 0] + 1j * warped[..., 1]) * np.exp(2j * np.deg2rad(rotation_deg))
    return np.asarray(turned, np.complex64)
