"""A source opened with OpenCV: a file or a network stream with FFmpeg, a webcam with the driver of the system."""

from __future__ import annotations

import errno
import os
import select
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

import cv2

from edge_worker.video.address import webcam_number


class Decoder(StrEnum):
    """What decodes a source: the CPU, or the hardware that FFmpeg reaches through this interface."""

    SOFTWARE = "software"
    D3D11 = "d3d11"
    VAAPI = "vaapi"
    MFX = "mfx"
    DRM = "drm"
    HARDWARE = "hardware"


_DECODERS = {
    cv2.VIDEO_ACCELERATION_NONE: Decoder.SOFTWARE,
    cv2.VIDEO_ACCELERATION_D3D11: Decoder.D3D11,
    cv2.VIDEO_ACCELERATION_VAAPI: Decoder.VAAPI,
    cv2.VIDEO_ACCELERATION_MFX: Decoder.MFX,
    cv2.VIDEO_ACCELERATION_DRM: Decoder.DRM,
}
ONE_THREAD = [cv2.CAP_PROP_N_THREADS, 1]
"""A decoder with several threads takes the cores of the model and of the other sources, holds back a frame per thread,
and its time cannot be measured."""


def decoder_of(capture: cv2.VideoCapture) -> Decoder:
    """Return what decodes an opened source; software for a webcam, whose frames are not FFmpeg's."""
    used = int(capture.get(cv2.CAP_PROP_HW_ACCELERATION))
    return Decoder.SOFTWARE if used < 0 else _DECODERS.get(used, Decoder.HARDWARE)


def open_file(path: Path) -> cv2.VideoCapture:
    """Open a video file; ``isOpened()`` of the result tells whether that worked.

    A file is decoded by the CPU: hardware that fails in the middle looks like the end of the file, and the count of a
    file must not depend on the machine.
    """
    return cv2.VideoCapture(str(path), cv2.CAP_FFMPEG, ONE_THREAD)


def open_capture(
    source: str, *, open_timeout_s: float, read_timeout_s: float, hardware: bool = True
) -> cv2.VideoCapture:
    """Open a camera; ``isOpened()`` of the result tells whether that worked.

    Args:
        source: The address of a stream, or a webcam such as ``0`` or ``/dev/video0``.
        open_timeout_s: FFmpeg gives up opening a stream after this time.
        read_timeout_s: FFmpeg gives up reading a frame after this time.
        hardware: Decode with hardware if FFmpeg finds any for the codec of the stream, else with the CPU.
    """
    number = webcam_number(source)
    if number is not None:
        return cv2.VideoCapture(number, cv2.CAP_V4L2 if sys.platform == "linux" else cv2.CAP_ANY)
    # TCP if the camera has it, because lost UDP packets damage the picture. OpenCV reads this variable when it opens a
    # capture.
    os.environ.setdefault("OPENCV_FFMPEG_CAPTURE_OPTIONS", "rtsp_flags;prefer_tcp")
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, int(open_timeout_s * 1000),
        cv2.CAP_PROP_READ_TIMEOUT_MSEC, int(read_timeout_s * 1000),
        *ONE_THREAD,
        cv2.CAP_PROP_HW_ACCELERATION, cv2.VIDEO_ACCELERATION_ANY if hardware else cv2.VIDEO_ACCELERATION_NONE,
    ]  # fmt: skip
    return cv2.VideoCapture(source, cv2.CAP_FFMPEG, limits)


class Transport(StrEnum):
    """How the packets of a stream reach this machine."""

    TCP = "tcp"
    UDP = "udp"


class StreamSocket:
    """The connection of FFmpeg to a camera. It tells whether data waits to be decoded.

    Args:
        descriptors: Its file descriptors. They must be open as long as this object is used.
        transport: What they are.
    """

    def __init__(self, descriptors: Iterable[int], transport: Transport) -> None:
        self.transport = transport
        self._poll = select.poll()
        for descriptor in descriptors:
            self._poll.register(descriptor, select.POLLIN)

    def has_data(self) -> bool:
        """Return whether the camera has sent data that has not been read."""
        return bool(self._poll.poll(0))

    @classmethod
    def find(cls, source: str, known: set[int]) -> StreamSocket | None:
        """Return the connection that was opened for a source; None if there is none, as for a webcam.

        Args:
            source: The address of the stream.
            known: The file descriptors that were open before.
        """
        with suppress(ValueError):
            parts = urlsplit(source)
            scheme = parts.scheme.lower()
            port = parts.port or _DEFAULT_PORTS.get(scheme)
            opened = sorted(open_descriptors() - known)
            connections = [descriptor for descriptor in opened if _remote_port(descriptor) == port]
            receivers = [descriptor for descriptor in opened if _receives_datagrams(descriptor)]
            if connections and receivers and scheme == "rtsp":
                return cls(receivers, Transport.UDP)
            if connections:
                return cls(connections[:1], Transport.TCP)
        return None


_DEFAULT_PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443, "rtmp": 1935}


def open_descriptors() -> set[int]:
    """Return the numbers of the open file descriptors of this process."""
    with suppress(OSError):
        listed = [int(entry.name) for entry in Path("/dev/fd").iterdir()]
        return {descriptor for descriptor in listed if _is_open(descriptor)}  # the folder itself was listed, too
    return set()


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _remote_port(descriptor: int) -> int | None:
    """Return the port at the other end of a TCP connection; None if the descriptor is something else."""
    try:
        with socket.socket(fileno=os.dup(descriptor)) as connection:
            return int(connection.getpeername()[1]) if connection.type == socket.SOCK_STREAM else None
    except (OSError, TypeError, IndexError):
        return None


def _receives_datagrams(descriptor: int) -> bool:
    """Return whether the descriptor is a UDP socket of RTP or RTCP: bound and, unlike that of a lookup, unconnected."""
    try:
        with socket.socket(fileno=os.dup(descriptor)) as receiver:
            if receiver.family not in {socket.AF_INET, socket.AF_INET6} or receiver.type != socket.SOCK_DGRAM:
                return False
            if not receiver.getsockname()[1]:
                return False
            receiver.getpeername()
    except OSError as error:
        return error.errno == errno.ENOTCONN
    return False
