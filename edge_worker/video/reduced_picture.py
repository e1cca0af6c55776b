"""Small pictures of a frame, for the checks that look at every frame."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.video.frame import Image

Grey: TypeAlias = npt.NDArray[np.uint8]
"""Grey levels, height × width."""


def pick_pixels(image: Image, step: int) -> Image:
    """Return every ``step``-th pixel of every ``step``-th row, from the first one on.

    Of pictures with three colours OpenCV picks them in less time than a copy of NumPy's slice takes.

    >>> pick_pixels(np.arange(48, dtype=np.uint8).reshape(4, 4, 3), 2)[..., 0].tolist()
    [[0, 6], [24, 30]]
    """
    if step <= 1:
        return image
    height, width = image.shape[0] // step, image.shape[1] // step
    whole = image[: height * step, : width * step]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)


def mean_grey(image: Image, columns: int) -> Grey:
    """Return the mean grey levels of a frame in a grid of ``columns`` cells width and the same shape.

    A frame that is at most that wide keeps its size. Where halving leads there, it is done again and again: OpenCV
    needs a third of the time of one step.

    Args:
        image: The frame, height × width × 3, BGR.
        columns: Width of the grid.
    """
    height, width = image.shape[:2]
    columns = min(columns, width)
    size = (columns, max(round(height * columns / width), 1))
    picture: npt.NDArray[np.uint8] = image
    if _can_be_halved(picture, size):
        picture = _halved(picture)
    picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    while _can_be_halved(picture, size):
        picture = _halved(picture)
    if (picture.shape[1], picture.shape[0]) == size:
        return picture
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _can_be_halved(picture: npt.NDArray[np.uint8], size: tuple[int, int]) -> bool:
    """Return whether halving keeps each cell of a grid of (width, height) the mean of whole pixels."""
    height, width = picture.shape[:2]
    return bool(width % (2 * size[0]) == 0 and height % (2 * size[1]) == 0)


def _halved(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    height, width = picture.shape[:2]
    return np.asarray(cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8)
