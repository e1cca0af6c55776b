"""How workers reach the detector process: a pair of sockets that the supervisor makes and passes on.

A worker makes a connection of its own and sends one end of it through the pair. The supervisor keeps the pair, so that
requests wait while the detector process is started again. Nothing has a path or a name that could be left behind.
"""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from edge_worker.detector_process.messages import Acceptance, Refusal, SourceRequest, decode_answer, encode_answer
from edge_worker.errors import UsageError

DETECTOR_FD = "METRICA_DETECTOR_FD"
"""The environment variable with the descriptor of a process's end of the pair."""
_MAX_MESSAGE = 1 << 14


@dataclass(frozen=True, slots=True)
class DetectorSockets:
    """Both ends of the pair.

    Attributes:
        listener: For the detector process.
        address: For the workers.
    """

    listener: socket.socket
    address: socket.socket

    @classmethod
    def create(cls) -> DetectorSockets:
        """Make the pair."""
        return cls(*socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM))

    def close(self) -> None:
        """Close both ends in this process."""
        self.listener.close()
        self.address.close()


def inherited_socket(environment: Mapping[str, str] = os.environ) -> socket.socket | None:
    """Return the end of the pair that the supervisor has passed to this process; None if it has passed none.

    Raises:
        UsageError: The descriptor is not open.
    """
    number = environment.get(DETECTOR_FD, "")
    if not number.isdigit():
        return None
    try:
        found = socket.socket(fileno=int(number))
    except OSError as error:
        raise UsageError(f"{DETECTOR_FD} is {number}, which is no socket ({error.strerror})") from None
    found.set_inheritable(False)
    return found


def request_connection(address: socket.socket, request: SourceRequest, timeout_s: float) -> socket.socket | None:
    """Send a request and return the worker's end of the new connection; None if it could not be sent in time."""
    own, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
    with theirs:
        address.settimeout(timeout_s)
        try:
            socket.send_fds(address, [request.encode()], [theirs.fileno()])
        except OSError:  # the queue is full, or no process has the other end
            own.close()
            return None
    return own


def accept_connection(listener: socket.socket, timeout_s: float) -> tuple[SourceRequest, socket.socket] | None:
    """Return the next request with the detector's end of its connection; None if none comes in time."""
    listener.settimeout(timeout_s)
    try:
        message, descriptors, _, _ = socket.recv_fds(listener, _MAX_MESSAGE, 1)
    except TimeoutError:
        return None
    if not descriptors:
        return None
    connection = socket.socket(fileno=descriptors[0])
    try:
        return SourceRequest.decode(message), connection
    except (ValueError, KeyError, TypeError):
        connection.close()
        return None


def send_answer(connection: socket.socket, answer: Acceptance | Refusal, memory: int | None = None) -> None:
    """Send the answer to a request, with the descriptor of the shared memory.

    Raises:
        OSError: The worker has ended.
    """
    socket.send_fds(connection, [encode_answer(answer)], [] if memory is None else [memory])


def receive_answer(connection: socket.socket, timeout_s: float) -> tuple[Acceptance | Refusal, int | None] | None:
    """Return the answer to a request, with the descriptor of the shared memory.

    Returns:
        None if the detector process has ended or gives no answer that can be read.

    Raises:
        TimeoutError: There is no answer yet.
    """
    connection.settimeout(timeout_s)
    try:
        message, descriptors, _, _ = socket.recv_fds(connection, _MAX_MESSAGE, 1)
    except TimeoutError:
        raise
    except OSError:
        return None
    finally:
        with suppress(OSError):
            connection.settimeout(None)
    try:
        answer = decode_answer(message)
    except (ValueError, TypeError, KeyError):
        answer = None
    if answer is None or (isinstance(answer, Acceptance) and not descriptors):
        for descriptor in descriptors:
            os.close(descriptor)
        return None
    return answer, descriptors[0] if descriptors else None
