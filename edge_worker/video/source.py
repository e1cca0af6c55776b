"""The interface of a video source, and the function that opens one."""

from __future__ import annotations

from typing import Protocol

from edge_worker.video.address import checked_source, is_live
from edge_worker.video.damage import Damage
from edge_worker.video.decoder import Decoder
from edge_worker.video.frame import Frame
from edge_worker.video.stream_socket import Transport


class Source(Protocol):
    """An opened video file or camera."""

    @property
    def is_live(self) -> bool:
        """Return whether it is a camera."""

    @property
    def size(self) -> tuple[int, int]:
        """Return (height, width) of the first frame, in pixels."""

    def read(self, timeout_s: float) -> Frame | None:
        """Return the next frame; None at the end of a file, or if a camera delivers none within ``timeout_s``."""

    @property
    def ended(self) -> bool:
        """Return whether no more frames will come."""

    @property
    def transport(self) -> Transport | None:
        """Return how the stream of a camera arrives; None for a file, or while that is not known."""

    @property
    def decoder(self) -> Decoder | None:
        """Return what decodes the source; None while that is not known."""

    @property
    def damage(self) -> Damage | None:
        """Return how many frames of a camera lost packets have damaged within a minute; None for a file."""

    @property
    def fps_wanted(self) -> float | None:
        """Return the frames per second of a camera, limited by the sample rate; None for a file or while unknown."""

    def progress(self) -> float | None:
        """Return the share 0..1 of a file that has been read; None if it is not known."""

    def set_sample_fps(self, fps: float) -> None:
        """Limit a camera to this many frames per second; every frame of a file is read."""

    def set_check_interval(self, seconds: float) -> None:
        """Return a picture of a camera at most this often, and count the frames between; 0 for each frame.

        Every frame of a file is read.
        """

    def close(self) -> None:
        """Close the source; may be called from any thread."""


def open_source(source: str, sample_fps: float | None = None) -> Source:
    """Open a video file or a camera.

    Args:
        source: The path of a file or the address of a camera.
        sample_fps: Largest number of frames per second of a camera; None for all. Every frame of a file is read.

    Raises:
        SourceError: The source cannot be opened.
    """
    checked_source(source)
    if is_live(source):
        from edge_worker.video.live_source import LiveSource

        return LiveSource(source, sample_fps=sample_fps)
    from edge_worker.video.file_source import FileSource

    return FileSource(source)
