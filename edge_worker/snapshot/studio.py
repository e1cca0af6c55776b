"""When a snapshot is due, and of which frame."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from time import monotonic

from edge_worker.snapshot.picture import Box, Image


class Studio:
    """Holds the newest frame and makes snapshots of it; called by the counting and by the courier.

    Only `take` returns pixels, and only after everybody in them has been blurred.
    """

    def __init__(self, elapsed: Callable[[], float] = monotonic) -> None:
        self._elapsed = elapsed
        self._mutex = threading.Lock()
        self._frame: tuple[Image, Sequence[Box] | None] | None = None
        self._sent_at: float | None = None

    def show(self, image: Image, people: Sequence[Box] | None) -> None:
        """The newest frame with the boxes of everybody in it; None when detection failed on it."""
        with self._mutex:
            self._frame = (image, people)

    def wanted(self, interval_s: int, requested: bool) -> bool:
        """Whether a snapshot is due: asked for, or ``interval_s`` (0: never by itself) after the last."""
        with self._mutex:
            if self._frame is None:
                return False
            if requested:
                return True
            return interval_s > 0 and (self._sent_at is None or self._elapsed() - self._sent_at >= interval_s)

    def take(self) -> bytes | None:
        """A JPEG of the newest frame without its people; None before the first frame."""
        with self._mutex:
            frame = self._frame
        if frame is None:
            return None
        from edge_worker.snapshot.anonymous import without_people
        from edge_worker.snapshot.jpeg import encoded

        image, people = frame
        return encoded(without_people(image, people))

    def sent(self) -> None:
        """The backend has it."""
        with self._mutex:
            self._sent_at = self._elapsed()
