"""Small pictures of a frame, for the checks that look at every frame."""

from __future__ import annotations

from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.video.frame import Image

Grey: TypeAlias = npt.NDArray[np.uint8]
"""Grey levels, height × width."""


def grey_levels(image: Image) -> Grey:
    """Return the grey levels of a frame (height × width × 3, BGR), the first step of each small picture.

    To scale one channel afterwards takes less time than to scale three before.
    """
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def pick_pixels(picture: Grey, step: int) -> Grey:
    """Return every ``step``-th pixel of every ``step``-th row, from the first one on.

    >>> pick_pixels(np.arange(16, dtype=np.uint8).reshape(4, 4), 2).tolist()
    [[0, 2], [8, 10]]
    """
    if step <= 1:
        return picture
    height, width = picture.shape[0] // step, picture.shape[1] // step
    whole = picture[: height * step, : width * step]
    return np.asarray(cv2.resize(whole, (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)


def reduced(picture: Grey, columns: int) -> Grey:
    """Return the mean grey levels in a grid of ``columns`` cells width and the same shape.

    A picture that is at most that wide keeps its size. Where halving leads there, it is done again and again: OpenCV
    needs a third of the time of one step.
    """
    height, width = picture.shape
    columns = min(columns, width)
    size = (columns, max(round(height * columns / width), 1))
    while _can_be_halved(picture, size):
        picture = _halved(picture)
    if (picture.shape[1], picture.shape[0]) == size:
        return picture
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def mean_grey(image: Image, columns: int) -> Grey:
    """Return the mean grey levels of a frame in a grid of ``columns`` cells width, as `reduced` does.

    Args:
        image: The frame, height × width × 3, BGR.
        columns: Width of the grid.
    """
    return reduced(grey_levels(image), columns)


def _can_be_halved(picture: Grey, size: tuple[int, int]) -> bool:
    """Return whether halving keeps each cell of a grid of (width, height) the mean of whole pixels."""
    height, width = picture.shape[:2]
    return bool(width % (2 * size[0]) == 0 and height % (2 * size[1]) == 0)


def _halved(picture: Grey) -> Grey:
    height, width = picture.shape[:2]
    return np.asarray(cv2.resize(picture, (width // 2, height // 2), interpolation=cv2.INTER_AREA), np.uint8)
