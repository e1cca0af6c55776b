"""The connection of FFmpeg to a camera: how its packets arrive, and whether data waits to be decoded."""

from __future__ import annotations

import errno
import os
import select
import socket
from collections.abc import Iterable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit


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
