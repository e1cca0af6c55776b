"""The opened stream of a camera, whatever reads it: PyAV a stream of the network, OpenCV a webcam."""

from __future__ import annotations

from typing import Protocol

from edge_worker.video.address import webcam_number
from edge_worker.video.decoder import Decoder
from edge_worker.video.frame import Image


class StreamError(Exception):
    """A stream cannot be opened. The message is a reason without a subject of its own and without the address."""


class CameraStream(Protocol):
    """An opened stream, read by one thread."""

    @property
    def decoder(self) -> Decoder:
        """Return what decodes the stream."""

    @property
    def fps(self) -> float:
        """Return the frames per second that the stream states; 0 if it states none."""

    @property
    def has_ended(self) -> bool:
        """Return whether no more frames will come."""

    @property
    def timestamp_s(self) -> float:
        """Return the timestamp of the newest frame, in seconds from any moment."""

    @property
    def is_skipped(self) -> bool:
        """Return whether the newest frame was read and not decoded."""

    @property
    def is_marked(self) -> bool:
        """Return whether the decoder has marked the newest frame, because parts of it are missing."""

    @property
    def counts_missing(self) -> bool:
        """Return whether missing frames are the only sign of lost packets."""

    def grab(self, *, skip: bool = False) -> bool:
        """Read and decode the next frame; return whether there was one.

        Args:
            skip: Read the frame without decoding it, if the stream allows that. The frames after it are skipped too,
                until a keyframe.
        """

    def picture(self) -> Image | None:
        """Return the picture of the newest frame; None if it cannot be converted."""

    def close(self) -> None:
        """Close the stream."""


def open_stream(source: str, *, open_timeout_s: float, read_timeout_s: float, hardware: bool = True) -> CameraStream:
    """Open a camera.

    Args:
        source: The address of a stream, or a webcam such as ``0`` or ``/dev/video0``.
        open_timeout_s: Opening a stream is given up after this time.
        read_timeout_s: Reading a frame is given up after this time.
        hardware: Decode with hardware if FFmpeg finds any for the codec of the stream, else with the CPU.

    Raises:
        StreamError: The stream cannot be opened.
    """
    number = webcam_number(source)
    if number is not None:
        from edge_worker.video.capture import OpenCVStream, open_webcam

        return OpenCVStream(open_webcam(number))
    from edge_worker.video.network_stream import NetworkStream

    return NetworkStream(source, open_timeout_s=open_timeout_s, read_timeout_s=read_timeout_s, hardware=hardware)
