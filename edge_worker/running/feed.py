"""What a run needs of the video side, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Protocol

from edge_worker.crossing import Crossing
from edge_worker.remote_config.camera_config import AnchorName, LinePoints
from edge_worker.video.frame import Box, Image


class Seen(Protocol):
    """One processed frame.

    Attributes:
        media_s: seconds since the start of the source.
        captured_at: when it was taken, aware, by the system clock; None for a file.
        crossings: what became certain with this frame.
        dropped: frames shed since the previous one.
        reconnects: how often the source was opened again since the previous one.
        image: the picture, BGR; None when the feed keeps none.
        people: the boxes of everybody in it, in pixels; None when detection failed.
        skipped: the motion gate kept it from the detector, so nobody knows who is in it.
    """

    @property
    def media_s(self) -> float: ...
    @property
    def captured_at(self) -> datetime | None: ...
    @property
    def crossings(self) -> Sequence[Crossing]: ...
    @property
    def dropped(self) -> int: ...
    @property
    def reconnects(self) -> int: ...
    @property
    def image(self) -> Image | None: ...
    @property
    def people(self) -> Sequence[Box] | None: ...
    @property
    def skipped(self) -> bool: ...


class Feed(Protocol):
    """Frames that have been detected, tracked and counted.

    Attributes:
        model: the model's name with its backend.
        near_line: tracks seen near the line since start.
    """

    @property
    def is_live(self) -> bool: ...
    @property
    def model(self) -> str: ...
    @property
    def near_line(self) -> int: ...

    def frames(self) -> Iterator[Seen | None]:
        """Frame by frame; None now and then while a live source has none, so that the caller keeps control."""
        ...

    def set_line(self, line: LinePoints, anchor: AnchorName) -> None: ...

    def set_sample_fps(self, fps: float) -> None:
        """From now on, so many frames a second of a camera at most; concerns no file."""
        ...

    def rewind(self) -> None:
        """A file from its start again, with new tracks."""
        ...

    def close(self) -> None:
        """Ends `frames`, from any thread."""
        ...
