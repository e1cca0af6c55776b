"""Snapshots of one camera: learn the empty scene from its frames, and make JPEGs of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from edge_worker.snapshot.empty_scene import EmptyScene
    from edge_worker.video.frame import Box, Image

COMPLETE_COARSE_SHARE = 0.1
"""A snapshot is complete when at most this share of it is coarse: enough to draw a line."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A picture without people.

    Attributes:
        jpeg: The JPEG file.
        coarse_share: The share of the picture, 0..1, that is squares of one colour: it was not free for long enough.
    """

    jpeg: bytes
    coarse_share: float


class SnapshotBuffer:
    """Learns the empty scene and makes snapshots of it. The counting thread writes, the uplink reads.

    Only `snapshot` returns pixels, and no frame is in them: they are the empty scene, or squares of one colour.

    Args:
        elapsed: A monotonic clock, in seconds.
    """

    def __init__(self, elapsed: Callable[[], float] = monotonic) -> None:
        self._elapsed = elapsed
        self._mutex = threading.Lock()
        self._scene: EmptyScene | None = None
        self._size: tuple[int, ...] | None = None
        self._sent_at: float | None = None
        self._owes_complete = False

    def update(self, image: Image, people: Sequence[Box] | None) -> None:
        """Learn from a frame.

        Args:
            image: The frame.
            people: The boxes of all detected people; None if detection failed.
        """
        from edge_worker.snapshot.empty_scene import EmptyScene

        with self._mutex:
            if self._scene is None or self._scene.has_changed or self._size != image.shape:
                self._scene, self._size = EmptyScene(image), image.shape
            self._scene.add(image, people, self._elapsed())

    def is_due(self, interval_s: int, requested: bool) -> bool:
        """Return whether a snapshot should be sent now.

        A request is answered at once. If that snapshot was not complete, another one is due when the scene is.

        Args:
            interval_s: Seconds between snapshots; 0 for requested ones only.
            requested: Whether the backend has requested one.
        """
        with self._mutex:
            if self._scene is None:
                return False
            if requested or (self._owes_complete and self._scene.coarse_share <= COMPLETE_COARSE_SHARE):
                return True
            return interval_s > 0 and (self._sent_at is None or self._elapsed() - self._sent_at >= interval_s)

    def snapshot(self) -> Snapshot | None:
        """Return a picture without people; None before the first frame."""
        from edge_worker.snapshot.image import encode_jpeg

        with self._mutex:
            if self._scene is None:
                return None
            picture, coarse_share = self._scene.picture(), self._scene.coarse_share
        return Snapshot(encode_jpeg(picture), coarse_share)

    def mark_sent(self, sent: Snapshot, requested: bool) -> None:
        """Record that the backend has accepted a snapshot.

        Args:
            sent: The snapshot.
            requested: Whether the backend had requested it.
        """
        with self._mutex:
            self._sent_at = self._elapsed()
            is_complete = sent.coarse_share <= COMPLETE_COARSE_SHARE
            self._owes_complete = not is_complete and (requested or self._owes_complete)
