"""The newest frames, kept in memory to make snapshots of them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edge_worker.video.frame import Box, Image

RECENT_FRAMES = 15
"""People detected in any of this many frames are blurred, also if the detector missed them in the newest one."""


class SnapshotBuffer:
    """Keeps the newest frame and makes snapshots of it. The counting thread writes, the uplink reads.

    Only `jpeg` returns pixels, and only after all people in them have been blurred.

    Args:
        elapsed: A monotonic clock, in seconds.
    """

    def __init__(self, elapsed: Callable[[], float] = monotonic) -> None:
        self._elapsed = elapsed
        self._mutex = threading.Lock()
        self._image: Image | None = None
        self._people: deque[Sequence[Box] | None] = deque(maxlen=RECENT_FRAMES)
        self._sent_at: float | None = None

    def update(self, image: Image, people: Sequence[Box] | None) -> None:
        """Replace the newest frame.

        Args:
            image: The frame.
            people: The boxes of all detected people; None if detection failed.
        """
        with self._mutex:
            if self._image is not None and self._image.shape != image.shape:
                self._people.clear()
            self._image = image
            self._people.append(people)

    def is_due(self, interval_s: int, requested: bool) -> bool:
        """Return whether a snapshot should be sent now.

        Args:
            interval_s: Seconds between snapshots; 0 for requested ones only.
            requested: Whether the backend has requested one.
        """
        with self._mutex:
            if self._image is None:
                return False
            if requested:
                return True
            return interval_s > 0 and (self._sent_at is None or self._elapsed() - self._sent_at >= interval_s)

    def jpeg(self) -> bytes | None:
        """Return the newest frame as a JPEG with all people blurred; None before the first frame."""
        with self._mutex:
            image, recent = self._image, list(self._people)
        if image is None:
            return None
        from edge_worker.snapshot.image import blur_people, encode_jpeg

        if recent[-1] is None:
            return encode_jpeg(blur_people(image, None))
        return encode_jpeg(blur_people(image, [box for people in recent for box in people or ()]))

    def mark_sent(self) -> None:
        """Record that the backend has accepted a snapshot."""
        with self._mutex:
            self._sent_at = self._elapsed()
