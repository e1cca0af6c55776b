"""The detector of a worker whose model runs in the detector process."""

from __future__ import annotations

import logging
import queue
import socket
import threading
from time import monotonic

from edge_worker.detection.detector import Backend, Detections, DetectorClosedError
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.detector_process.frame_slots import FrameSlots
from edge_worker.detector_process.messages import (
    Acceptance,
    DetectionReply,
    DetectionRequest,
    Refusal,
    SourceRequest,
)
from edge_worker.detector_process.sockets import receive_answer, request_connection
from edge_worker.errors import BackendError, UsageError
from edge_worker.video.frame import Image

log = logging.getLogger(__name__)

POLL_S = 0.25
"""Longest wait for the detector process before a thread checks whether the source was closed."""
REPLY_TIMEOUT_S = 60.0
"""A frame without an answer for so long is sent again through a new connection."""
MAX_ATTEMPTS = 3
"""How often a frame is sent. The detector process that ends that often has probably failed on this frame."""


class DetectorLostError(Exception):
    """The detector process has ended, and with it the connection."""


class RemoteDetector:
    """Sends frames to the detector process; connects again when that was started again.

    Frames that were sent when it ended are sent again, so none is lost.

    Args:
        address: The workers' end of the pair of sockets.
        request: What this source needs.

    Raises:
        EdgeError: The detector process cannot load the model.
    """

    is_remote = True

    def __init__(self, address: socket.socket, request: SourceRequest) -> None:
        self._address = address
        self._request = request
        self._closed = threading.Event()
        self._mutex = threading.Lock()
        self._connection = self._connect()

    @property
    def backend(self) -> Backend:
        """Return the inference backend."""
        return Backend(self._connection.accepted.backend)

    @property
    def model(self) -> str:
        """Return the name of the model."""
        return self._connection.accepted.model

    @property
    def input_size(self) -> tuple[int, int]:
        """Return (height, width) of the model's input, in pixels."""
        return self._connection.accepted.input_size

    @property
    def workers(self) -> int:
        """Return the number of frames that may be sent at once."""
        return self._connection.accepted.slots

    @property
    def device(self) -> str:
        """Return the kind of processor that runs the model."""
        return self._connection.accepted.device

    @property
    def precision(self) -> str:
        """Return the number format of the computation."""
        return self._connection.accepted.precision

    @property
    def description(self) -> str:
        """Return one line about the model and the backend."""
        return self._connection.accepted.description

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame; wait while the detector process is started again.

        Raises:
            BackendError: The model failed on this frame.
            DetectorClosedError: `close` was called.
        """
        for _ in range(MAX_ATTEMPTS):
            connection = self._usable_connection()
            try:
                return connection.detect(image)
            except DetectorLostError:
                continue
        raise BackendError(
            f"the detector process has ended {MAX_ATTEMPTS} times while it had a frame of {self._request.name}: the "
            f"log says why; choose another --backend, or export the model again"
        )

    def close(self) -> None:
        """End the connection and the calls that wait."""
        self._closed.set()
        self._connection.close()

    def _usable_connection(self) -> _Connection:
        with self._mutex:
            if self._connection.is_lost and not self._closed.is_set():
                log.warning("the connection to the detector process was lost; frames wait until it is back")
                lost_at = monotonic()
                self._connection = self._connect()
                log.warning("the detector process is back after %.1f s", monotonic() - lost_at)
            if self._closed.is_set():
                raise DetectorClosedError
            return self._connection

    def _connect(self) -> _Connection:
        while not self._closed.is_set():
            found = request_connection(self._address, self._request, POLL_S)
            if found is None:
                self._closed.wait(POLL_S)
                continue
            accepted = self._answer(found)
            if accepted is not None:
                return _Connection(found, *accepted)
            found.close()
        raise DetectorClosedError

    def _answer(self, connection: socket.socket) -> tuple[Acceptance, FrameSlots] | None:
        """Wait for the answer of the detector process; return None if it ends before."""
        while not self._closed.is_set():
            try:
                answer = receive_answer(connection, POLL_S)
            except TimeoutError:
                continue
            if answer is None:
                self._closed.wait(POLL_S)
                return None
            accepted, memory = answer
            if isinstance(accepted, Refusal):
                error = UsageError if accepted.exit_code == UsageError.exit_code else BackendError
                raise error(accepted.problem)
            if memory is None:
                return None
            slots = FrameSlots(memory, accepted.slots, accepted.input_size)
            slots.close()  # the memory stays mapped
            return accepted, slots
        return None


class _Connection:
    """One connection, which ends with the detector process. A thread of its own receives the replies."""

    def __init__(self, connection: socket.socket, accepted: Acceptance, slots: FrameSlots) -> None:
        self.accepted = accepted
        self._socket = connection
        self._lost = threading.Event()
        self._sending = threading.Lock()
        self._slots = [_Slot(slots.image(number)) for number in range(slots.count)]
        self._free: queue.SimpleQueue[int] = queue.SimpleQueue()
        for number in range(slots.count):
            self._free.put(number)
        threading.Thread(target=self._receive_replies, name="detector", daemon=True).start()

    @property
    def is_lost(self) -> bool:
        """Return whether the detector process has ended."""
        return self._lost.is_set()

    def detect(self, image: Image) -> Detections:
        """Send a frame and wait for the people in it.

        Raises:
            BackendError: The model failed on it.
            DetectorLostError: The detector process has ended.
        """
        number = self._free_slot()
        slot = self._slots[number]
        frame = (image.shape[0], image.shape[1])
        slot.write(image, Letterbox.fit(frame, self.accepted.input_size))
        request = DetectionRequest(number, frame).encode()
        try:
            with self._sending:
                self._socket.sendall(request)
            reply = slot.replies.get(timeout=REPLY_TIMEOUT_S)
        except (OSError, queue.Empty):
            reply = None
        if reply is None:
            self.close()
            raise DetectorLostError
        self._free.put(number)
        if reply.problem:
            raise BackendError(f"the model {self.accepted.model} ({self.accepted.backend}) failed: {reply.problem}")
        return reply.detections

    def close(self) -> None:
        """End the connection and wake all threads that wait for a reply."""
        self._lost.set()
        try:
            self._socket.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended

    def _free_slot(self) -> int:
        while not self._lost.is_set():
            try:
                return self._free.get(timeout=POLL_S)
            except queue.Empty:
                continue
        raise DetectorLostError

    def _receive_replies(self) -> None:
        while True:
            reply = DetectionReply.receive(self._socket)
            if reply is None or reply.slot >= len(self._slots):
                break
            self._slots[reply.slot].replies.put(reply)
        self._lost.set()
        for slot in self._slots:
            slot.replies.put(None)
        self._socket.close()


class _Slot:
    """A slot of the shared memory and the replies for the frames in it."""

    def __init__(self, canvas: Image) -> None:
        self.replies: queue.SimpleQueue[DetectionReply | None] = queue.SimpleQueue()
        self._canvas = canvas
        self._padded_for: Letterbox | None = None

    def write(self, image: Image, letterbox: Letterbox) -> None:
        """Scale a frame into the slot."""
        if letterbox != self._padded_for:
            letterbox.pad(self._canvas)
            self._padded_for = letterbox
        letterbox.write(image, self._canvas)
