"""A receiver of webhooks on this machine that answers as a test says."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

Answer = Callable[[socket.socket], None]
"""What the receiver does with a connection after it has read the request."""


@dataclass(frozen=True)
class Request:
    """A received request."""

    line: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Receiver:
    """A receiver, and what it has received.

    Attributes:
        port: where it listens.
        answers: one for each request; the last one for all others too.
        requests: in order of their arrival.
    """

    port: int
    answers: list[Answer]
    requests: list[Request] = field(default_factory=list)
    connections: int = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook?store=1"

    @property
    def ids(self) -> list[str]:
        return [request.headers["webhook-id"] for request in self.requests]


def respond(status: int, *headers: str, body: bytes = b"") -> Answer:
    """Answer with a status."""
    lines = [f"HTTP/1.1 {status} Reason", f"Content-Length: {len(body)}", *headers, "", ""]

    def answer(connection: socket.socket) -> None:
        connection.sendall("\r\n".join(lines).encode() + body)

    return answer


def cut(connection: socket.socket) -> None:
    """Close the connection without a response: the sender cannot know whether the request was handled."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\0\0\0\0\0\0\0")


def hang(connection: socket.socket) -> None:
    """Answer nothing until the sender gives up."""
    connection.settimeout(20)
    with suppress(OSError):
        connection.recv(1)


def drip(connection: socket.socket) -> None:
    """Answer one byte at a time, each in time for a timeout of single reads, and never finish."""
    connection.settimeout(0.05)
    for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 400:
        connection.sendall(bytes([byte]))
        with suppress(TimeoutError):
            if not connection.recv(1):
                return


def slowly(answer: Answer, *, seconds: float) -> Answer:
    """Answer after a time."""

    def later(connection: socket.socket) -> None:
        threading.Event().wait(seconds)
        answer(connection)

    return later


@contextmanager
def receiving(*answers: Answer, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Run a receiver; each connection has a thread."""
    with socket.create_server((host, 0)) as listener:
        receiver = Receiver(listener.getsockname()[1], list(answers) or [respond(204)])
        mutex = threading.Lock()

        def serve(plain: socket.socket) -> None:
            with suppress(OSError), plain:
                connection: Any = tls.wrap_socket(plain, server_side=True) if tls else plain
                with connection:
                    request = _read(connection)
                    with mutex:
                        receiver.requests.append(request)
                        number = len(receiver.requests) - 1
                    receiver.answers[min(number, len(receiver.answers) - 1)](connection)

        def accept() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                receiver.connections += 1
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield receiver
        listener.shutdown(socket.SHUT_RDWR)


def _read(connection: socket.socket) -> Request:
    data = b""
    while b"\r\n\r\n" not in data:
        data += _receive(connection)
    head, _, body = data.partition(b"\r\n\r\n")
    line, *lines = head.decode().split("\r\n")
    headers = {name.lower(): value for name, _, value in (each.partition(": ") for each in lines)}
    while len(body) < int(headers.get("content-length", 0)):
        body += _receive(connection)
    return Request(line, headers, body)


def _receive(connection: socket.socket) -> bytes:
    """Return the next bytes.

    Raises:
        ConnectionError: the sender has closed the connection before the end of its request.
    """
    data = connection.recv(65536)
    if not data:
        raise ConnectionError("the request has no end")
    return data
