"""The messages between a worker and the detector process.

A worker opens a connection with a `SourceRequest`. The detector process answers with an `Acceptance` and the shared
memory, or a `Refusal`. Then the worker sends a `DetectionRequest` for each frame that it has written to a slot, and the
detector process sends a `DetectionReply`.
"""

from __future__ import annotations

import json
import socket
import struct
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

import numpy as np

from edge_worker.detection.detector import Detections
from edge_worker.detection.selection import LONGEST_SIDE


@dataclass(frozen=True, slots=True)
class SourceRequest:
    """What a worker asks for.

    Attributes:
        name: The name of the camera, for logs.
        frame: (height, width) of the frames, in pixels.
        model: A path or a name; None for the default model.
        backend: The name of an inference backend, or ``auto``.
        device: The name of a kind of processor, or ``auto``.
        longest_side: Longest side of the model's input, in pixels.
    """

    name: str
    frame: tuple[int, int]
    model: str | None
    backend: str
    device: str = "auto"
    longest_side: int = LONGEST_SIDE

    def encode(self) -> bytes:
        """Return the message."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def decode(cls, message: bytes) -> SourceRequest:
        """Return the request in a message."""
        fields: dict[str, Any] = json.loads(message)
        height, width = fields["frame"]
        return cls(
            fields["name"],
            (height, width),
            fields["model"],
            fields["backend"],
            fields["device"],
            fields["longest_side"],
        )


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The answer with the shared memory: how the model runs.

    Attributes:
        slots: Number of frames that the worker may have sent without an answer.
        input_size: (height, width) of the slots, which is that of the model's input.
        backend: The inference backend.
        model: Name of the model.
        device: The kind of processor.
        precision: The number format of the computation.
        description: One line about the model and the backend, for the log.
    """

    slots: int
    input_size: tuple[int, int]
    backend: str
    model: str
    device: str
    precision: str
    description: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer to a source for which no model can be loaded.

    Attributes:
        problem: What is wrong and what to do, one sentence.
        exit_code: The exit code of a worker with this problem.
    """

    problem: str
    exit_code: int


def encode_answer(answer: Acceptance | Refusal) -> bytes:
    """Return the message of an answer to a `SourceRequest`."""
    return json.dumps(asdict(answer)).encode()


def decode_answer(message: bytes) -> Acceptance | Refusal:
    """Return the answer in a message.

    Raises:
        ValueError: It is no answer.
    """
    fields: dict[str, Any] = json.loads(message)
    if "problem" in fields:
        return Refusal(**fields)
    height, width = fields.pop("input_size")
    return Acceptance(input_size=(height, width), **fields)


@dataclass(frozen=True, slots=True)
class DetectionRequest:
    """A frame is in a slot.

    Attributes:
        slot: The slot.
        frame: (height, width) of the frame before it was scaled to the slot, in pixels.
    """

    slot: int
    frame: tuple[int, int]

    FORMAT: ClassVar = struct.Struct("<HHH")

    def encode(self) -> bytes:
        """Return the message."""
        return self.FORMAT.pack(self.slot, *self.frame)

    @classmethod
    def receive(cls, connection: socket.socket) -> DetectionRequest | None:
        """Wait for a request; return None when the other end has closed the connection."""
        message = _receive(connection, cls.FORMAT.size)
        if message is None:
            return None
        slot, height, width = cls.FORMAT.unpack(message)
        return cls(slot, (height, width))


@dataclass(frozen=True, slots=True)
class DetectionReply:
    """The people in the frame of a slot, which is free again.

    Attributes:
        slot: The slot.
        detections: The people; none if the detection failed.
        problem: Why the detection failed; empty if it did not.
    """

    slot: int
    detections: Detections
    problem: str = ""

    FORMAT: ClassVar = struct.Struct("<HHH")
    """The slot, the number of people and the length of the problem, which follow."""
    MAX_PROBLEM: ClassVar = 1000

    def encode(self) -> bytes:
        """Return the message."""
        problem = self.problem.encode()[: self.MAX_PROBLEM]
        rows = np.column_stack([self.detections.boxes, self.detections.scores]).astype("<f4")
        return self.FORMAT.pack(self.slot, len(rows), len(problem)) + rows.tobytes() + problem

    @classmethod
    def receive(cls, connection: socket.socket) -> DetectionReply | None:
        """Wait for a reply; return None when the other end has closed the connection."""
        header = _receive(connection, cls.FORMAT.size)
        if header is None:
            return None
        slot, people, problem_length = cls.FORMAT.unpack(header)
        content = _receive(connection, people * _ROW_BYTES + problem_length)
        if content is None:
            return None
        rows = np.frombuffer(content[: people * _ROW_BYTES], "<f4").reshape(people, 5).astype(np.float32)
        problem = content[people * _ROW_BYTES :].decode("utf-8", "replace")
        return cls(slot, Detections(rows[:, :4], rows[:, 4]), problem)


_ROW_BYTES = 5 * 4


def _receive(connection: socket.socket, length: int) -> bytes | None:
    """Return exactly ``length`` bytes; None when the connection ends before."""
    received = bytearray()
    while len(received) < length:
        try:
            part = connection.recv(length - len(received))
        except OSError:
            return None
        if not part:
            return None
        received += part
    return bytes(received)
