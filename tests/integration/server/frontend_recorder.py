"""A proxy in front of a PostgreSQL server that records what its clients ask it to prepare."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

SSL_REQUEST, GSSENC_REQUEST, CANCEL_REQUEST = 80877103, 80877104, 80877102


@dataclass
class Recorded:
    """What passed.

    Attributes:
        address: `host:port` of the proxy.
        parsed: How many statements were parsed by the extended protocol.
        named: The names of those that were to outlive their transaction.
        statements: The texts of all, oldest first.
    """

    address: str
    parsed: int = 0
    named: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)


@contextmanager
def recording(host: str, port: int) -> Iterator[Recorded]:
    """Forward connections to a server that does not use TLS."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        recorded = Recorded(f"127.0.0.1:{listener.getsockname()[1]}")

        def accept() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return  # the listener is closed
                server = socket.create_connection((host, port))
                threading.Thread(target=_copy, args=(server, client), daemon=True).start()
                threading.Thread(target=_copy_frontend, args=(client, server, recorded), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield recorded
        listener.shutdown(socket.SHUT_RDWR)


def _copy(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    _end(target)


def _copy_frontend(client: socket.socket, server: socket.socket, recorded: Recorded) -> None:
    """Forward whole messages of the frontend (PostgreSQL documentation, "Message Formats")."""
    with suppress(OSError, EOFError):
        code = 0
        while code >> 16 != 3:
            length = _receive(client, 4)
            body = _receive(client, int.from_bytes(length, "big") - 4)
            server.sendall(length + body)
            code = int.from_bytes(body[:4], "big")
            if code == CANCEL_REQUEST:
                return
            assert code >> 16 == 3 or code in {SSL_REQUEST, GSSENC_REQUEST}
        while True:
            kind = _receive(client, 1)
            length = _receive(client, 4)
            body = _receive(client, int.from_bytes(length, "big") - 4)
            if kind == b"P":
                recorded.parsed += 1
                name, statement = (part.decode() for part in body.split(b"\0")[:2])
                recorded.statements.append(statement)
                if name:
                    recorded.named.append(name)
            server.sendall(kind + length + body)
    _end(server)


def _receive(source: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        part = source.recv(size - len(data))
        if not part:
            raise EOFError
        data += part
    return data


def _end(target: socket.socket) -> None:
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
