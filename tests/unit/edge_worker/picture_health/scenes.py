"""Drawn cameras for the picture checks: a textured scene, with the noise of a sensor, in which people may walk."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.video.frame import Image

WIDTH, HEIGHT = 160, 120
NOISES = 41
"""The noise repeats after this many seconds, which is longer than any memory of a check."""


@cache
def _noise(index: int) -> npt.NDArray[np.float32]:
    return np.random.default_rng(index).standard_normal((HEIGHT, WIDTH), np.float32)


def scene(seed: int = 1) -> Image:
    """A shop: shelves, posters and a door, none of them like another."""
    random = np.random.default_rng(seed)
    image = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    for _ in range(40):
        x, y = (int(random.integers(0, most)) for most in (WIDTH, HEIGHT))
        width, height = (int(random.integers(4, 30)) for _ in range(2))
        colour = tuple(int(level) for level in random.integers(20, 235, 3))
        cv2.rectangle(image, (x, y), (x + width, y + height), colour, -1)
    return image


def noisy(image: Image, t: int, sigma: float = 2.0) -> Image:
    """The picture as a sensor sees it in second ``t``."""
    noise = np.round(_noise(t % NOISES) * sigma).astype(np.int16)
    return np.asarray(cv2.add(image, cv2.merge([noise] * 3), dtype=cv2.CV_8U), np.uint8)


def with_clock(image: Image, t: int) -> Image:
    """The picture with the time of the camera in its corner."""
    return cv2.putText(  # type: ignore[return-value]
        image.copy(), f"12:{t // 60:02d}:{t % 60:02d}", (2, 8), cv2.FONT_HERSHEY_SIMPLEX, 0.25, (255, 255, 255), 1
    )


def with_person(image: Image, x: float, y: float, height: int = 35) -> Image:
    """The picture with a figure in patterned clothes whose feet are at (x, y)."""
    drawn = image.copy()
    clothes = np.random.default_rng(3).integers(10, 90, (height // 4 + 1, height // 10 + 1, 3), dtype=np.uint8)
    figure = cv2.resize(clothes, (height * 2 // 5, height), interpolation=cv2.INTER_NEAREST)
    top, left = round(y) - height, round(x) - figure.shape[1] // 2
    space = drawn[max(top, 0) : max(round(y), 0), max(left, 0) : max(left + figure.shape[1], 0)]
    space[:] = figure[max(-top, 0) :, max(-left, 0) :][: space.shape[0], : space.shape[1]]
    return drawn


def moved(image: Image, *, dx: float = 0.0, dy: float = 0.0, rotation_deg: float = 0.0, zoom: float = 1.0) -> Image:
    """The picture of a camera that has turned: shifted by shares of its width and height, rotated, zoomed."""
    height, width = image.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), -rotation_deg, zoom)
    matrix[:, 2] += (dx * width, dy * height)
    return np.asarray(cv2.warpAffine(image, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def night(image: Image, t: int = 0) -> Image:
    """The picture at night: grey, with a quarter of the light and the grain of a high gain."""
    grey = image.mean(axis=2, keepdims=True).repeat(3, axis=2) * 0.3 + 10
    return noisy(np.asarray(grey, np.uint8), t, sigma=3.0)
