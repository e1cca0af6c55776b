"""When a snapshot is due, and of which frame."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic

from edge_worker.video.frame import Box, Image

REMEMBERED_FRAMES = 15
"""Whoever was seen in one of so many frames is blurred: a detector that misses somebody now saw them before."""


class Studio:
    """Holds the newest frame and makes snapshots of it; called by the counting and by the courier.

    Only `take` returns pixels, and only after everybody in them has been blurred.
    """

    def __init__(self, elapsed: Callable[[], float] = monotonic) -> None:
        self._elapsed = elapsed
        self._mutex = threading.Lock()
        self._image: Image | None = None
        self._people: deque[Sequence[Box] | None] = deque(maxlen=REMEMBERED_FRAMES)
        self._sent_at: float | None = None

    def show(self, image: Image, people: Sequence[Box] | None) -> None:
        """The newest frame with the boxes of everybody in it; None when detection failed on it."""
        with self._mutex:
            if self._image is not None and self._image.shape != image.shape:
                self._people.clear()
            self._image = image
            self._people.append(people)

    def wanted(self, interval_s: int, requested: bool) -> bool:
        """Whether a snapshot is due: asked for, or ``interval_s`` (0: never by itself) after the last."""
        with self._mutex:
            if self._image is None:
                return False
            if requested:
                return True
            return interval_s > 0 and (self._sent_at is None or self._elapsed() - self._sent_at >= interval_s)

    def take(self) -> bytes | None:
        """A JPEG of the newest frame without its people; None before the first frame."""
        with self._mutex:
            image, recent = self._image, list(self._people)
        if image is None:
            return None
        from edge_worker.snapshot.anonymous import without_people
        from edge_worker.snapshot.jpeg import encoded

        if recent[-1] is None:
            return encoded(without_people(image, None))
        return encoded(without_people(image, [box for people in recent for box in people or ()]))

    def sent(self) -> None:
        """The backend has it."""
        with self._mutex:
            self._sent_at = self._elapsed()
