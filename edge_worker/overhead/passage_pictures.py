"""The pictures around a passage of the line. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import cv2
import numpy as np

from edge_worker.overhead.parameters import PassagePictureParameters
from edge_worker.video.frame import Image


@dataclass(frozen=True, slots=True)
class LineSample:
    """A picture in which motion across the line was measured.

    Attributes:
        image: The frame, height × width × 3, BGR.
        t: Its time in seconds; later than that of the previous one.
        has_passed: Something has passed the line.
        is_seen: A tracked person touches the line.
    """

    image: Image
    t: float
    has_passed: bool
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Passage:
    """Something passed the line.

    Attributes:
        t: When it passed, in seconds.
        pictures: The pictures around that moment, in order.
        was_seen: Whether a tracked person touched the line around that moment.
    """

    t: float
    pictures: Sequence[Image]
    was_seen: bool


class PassagePictures:
    """Keeps small copies of the newest pictures, and returns those around a passage once they are complete.

    Pictures stay in memory: at most five seconds of them.

    Args:
        parameters: Which pictures are kept.
    """

    def __init__(self, parameters: PassagePictureParameters | None = None) -> None:
        self.parameters = parameters or PassagePictureParameters()
        self._newest: deque[tuple[float, Image]] = deque()
        self._passed_at: float | None = None
        self._seen_at = -inf

    def add(self, sample: LineSample) -> Passage | None:
        """Process a picture and return the passage whose pictures are complete with it.

        A second passage before the first one is returned belongs to it.
        """
        parameters, t = self.parameters, sample.t
        if sample.is_seen:
            self._seen_at = t
        if sample.has_passed and self._passed_at is None:
            self._passed_at = t
        passed_at = self._passed_at
        self._newest.append((t, _reduced(sample.image, parameters.longest_side)))
        oldest = (t if passed_at is None else passed_at) - parameters.before_s - 1e-3
        while self._newest[0][0] < oldest:
            self._newest.popleft()
        if passed_at is None or t - passed_at < parameters.seen_within_s - 1e-3:
            return None
        self._passed_at = None
        newest = passed_at + parameters.after_s + 1e-3
        pictures = tuple(picture for at, picture in self._newest if at <= newest)
        return Passage(passed_at, pictures, passed_at - self._seen_at <= parameters.seen_within_s + 1e-3)

    def clear(self) -> None:
        """Forget all pictures."""
        self._newest.clear()
        self._passed_at = None


def _reduced(image: Image, longest_side: int) -> Image:
    """Return a copy of a picture, scaled down to the longest side."""
    height, width = image.shape[:2]
    scale = longest_side / max(height, width)
    if scale >= 1:
        return image.copy()
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_LINEAR), np.uint8)
