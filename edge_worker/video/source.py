"""The interface of a video source."""

from __future__ import annotations

from typing import Protocol

from edge_worker.video.frame import Frame


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
