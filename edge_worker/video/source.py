"""What a source of frames is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from edge_worker.detection.detections import Image


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of the source.

    Attributes:
        index: Zero-based; of a file the number of the frame in it, of a camera the number of the frame taken.
        media_s: Seconds since the start of the source; grows from frame to frame.
        captured_at: When a camera's frame arrived, aware, by the system clock; None for a file.
        image: height × width × 3, BGR.
        dropped: Frames of a camera that were due but shed since the previous one, because counting was behind.
        reconnects: How often a camera was opened again since the previous one.
    """

    index: int
    media_s: float
    captured_at: datetime | None
    image: Image
    dropped: int = 0
    reconnects: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) in pixels."""
        return self.image.shape[0], self.image.shape[1]


class Source(Protocol):
    """A file or a camera, opened."""

    is_live: bool
    size: tuple[int, int]
    """(height, width) of the first frame, in pixels."""

    def read(self, timeout_s: float) -> Frame | None:
        """The next frame; None at the end of a file (see `ended`), or when a camera had none for ``timeout_s``."""
        ...

    @property
    def ended(self) -> bool:
        """Whether no frame will ever come again."""
        ...

    def progress(self) -> float | None:
        """How much of a file has been read, 0..1; None when nobody can tell."""
        ...

    def set_sample_fps(self, fps: float) -> None:
        """From now on, so many frames a second at most; a file is read whole all the same."""
        ...

    def close(self) -> None: ...
