"""A proxy between a worker and an RTSP camera (over TCP): it holds the stream, loses or damages its packets."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic, sleep
from typing import BinaryIO, cast

RTP_CHANNEL = 0
RTP_HEADER = 12

Fault = Callable[[bytes, float], bytes | None]
"""Gets an RTP packet and the seconds since the stream began; returns the packet to send, or None to lose it."""


def holds(hold_s: float, every_s: float) -> Fault:
    """Nothing goes through in the last ``hold_s`` of every ``every_s``; then all of it at once."""

    def fault(packet: bytes, at_s: float) -> bytes:
        left_s = every_s - at_s % every_s
        if left_s <= hold_s:
            sleep(left_s)
        return packet

    return fault


def loses(share: float, seed: int = 1) -> Fault:
    """Loses this share of the packets."""
    dice = random.Random(seed)  # noqa: S311 - which packets, no secrets
    return lambda packet, _at_s: None if dice.random() < share else packet


def damages(share: float, seed: int = 1) -> Fault:
    """Changes one byte in this share of the packets, behind the header."""
    dice = random.Random(seed)  # noqa: S311 - which packets, no secrets

    def fault(packet: bytes, _at_s: float) -> bytes:
        if dice.random() >= share or len(packet) <= RTP_HEADER:
            return packet
        at = dice.randrange(RTP_HEADER, len(packet))
        return packet[:at] + bytes([packet[at] ^ dice.randrange(1, 256)]) + packet[at + 1 :]

    return fault


def stamps(change: Callable[[int], int]) -> Fault:
    """Changes the RTP timestamp (32 bits) of every packet."""

    def fault(packet: bytes, _at_s: float) -> bytes:
        stamp = change(int.from_bytes(packet[4:8], "big"))
        return packet[:4] + (stamp % (1 << 32)).to_bytes(4, "big") + packet[8:]

    return fault


@dataclass
class Proxy:
    """A proxy in front of the camera at ``camera_port``.

    Attributes:
        on_request: Gets what the viewers send.
        port: Where it serves.
        began_at: When the first packet of each stream came from the camera, by the monotonic clock.
    """

    camera_port: int
    fault: Fault
    on_request: Callable[[bytes], object] | None = None
    port: int = 0
    began_at: list[float] = field(default_factory=list)

    def accept(self, listener: socket.socket) -> None:
        with suppress(OSError):
            while True:
                viewer, _ = listener.accept()
                camera = socket.create_connection(("127.0.0.1", self.camera_port))
                threading.Thread(target=self._requests, args=(viewer, camera), daemon=True).start()
                threading.Thread(target=self._answers, args=(camera, viewer), daemon=True).start()

    def _requests(self, viewer: socket.socket, camera: socket.socket) -> None:
        with suppress(OSError), camera:
            while data := viewer.recv(1 << 16):
                if self.on_request is not None:
                    self.on_request(data)
                camera.sendall(data)

    def _answers(self, camera: socket.socket, viewer: socket.socket) -> None:
        """Forward answers, which are text, and packets, which begin with ``$``, a channel and a length."""
        stream = cast("BinaryIO", camera.makefile("rb", 1 << 16))
        with suppress(OSError, EOFError), viewer, stream:
            began_at: float | None = None
            while first := stream.read(1):
                if first != b"$":
                    viewer.sendall(first + stream.readline())
                    continue
                head = _exactly(stream, 3)
                packet: bytes | None = _exactly(stream, int.from_bytes(head[1:], "big"))
                if head[0] == RTP_CHANNEL and packet is not None:
                    if began_at is None:
                        began_at = monotonic()
                        self.began_at.append(began_at)
                    packet = self.fault(packet, monotonic() - began_at)
                if packet is not None:
                    viewer.sendall(b"$" + head[:1] + len(packet).to_bytes(2, "big") + packet)


@contextmanager
def rtsp_proxy(camera_port: int, fault: Fault, on_request: Callable[[bytes], object] | None = None) -> Iterator[Proxy]:
    """A proxy that serves on a free port until the block is left."""
    proxy = Proxy(camera_port, fault, on_request)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy.port = listener.getsockname()[1]
        threading.Thread(target=proxy.accept, args=(listener,), daemon=True).start()
        yield proxy
        listener.shutdown(socket.SHUT_RDWR)


def _exactly(stream: BinaryIO, count: int) -> bytes:
    data = stream.read(count)
    if len(data) < count:
        raise EOFError
    return data
