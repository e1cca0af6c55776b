"""The detector process: it takes the frames of all sources in turn and runs the model on them."""

from __future__ import annotations

import logging
import socket
import threading
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count
from time import monotonic
from typing import Any

from edge_worker.detection.detector import Detections
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.detector_process.fair_queue import FairQueue
from edge_worker.detector_process.frame_slots import FrameSlots
from edge_worker.detector_process.messages import (
    Acceptance,
    DetectionReply,
    DetectionRequest,
    Refusal,
    SourceRequest,
)
from edge_worker.detector_process.model_cache import LoadedModel, ModelCache
from edge_worker.detector_process.sockets import accept_connection, send_answer
from edge_worker.errors import EdgeError

log = logging.getLogger(__name__)

QUEUED_FRAMES = 1
"""Frames of a source that wait while the model is busy with as many as it can run at once, so that it never waits."""
SHORTEST_DEADLINE_S = 2.0
DEADLINE_FACTOR = 20.0
"""A frame that takes longer than this times the warm-up, and than `SHORTEST_DEADLINE_S`, will not end."""


class DetectorServer:
    """Serves the sources that ask for it through a listener.

    One thread per source receives its requests, and as many threads as a model can use run inference. They never wait
    for a worker: what a worker has not read yet fits into the buffer of its connection.

    Args:
        listener: The detector's end of the pair of sockets.
        models: Loads the models.
    """

    def __init__(self, listener: socket.socket, models: ModelCache) -> None:
        self._listener = listener
        self._models = models
        self._queue: FairQueue[int, _Job] = FairQueue()
        self._stopped = threading.Event()
        self._mutex = threading.Lock()
        self._source_numbers = count(1)
        self._sources: dict[int, _Source] = {}
        self._engines: list[_Engine] = []

    def serve(self, timeout_s: float) -> None:
        """Accept the next source if one comes within ``timeout_s``."""
        accepted = accept_connection(self._listener, timeout_s)
        if accepted is not None:
            request, connection = accepted
            threading.Thread(
                target=self._serve_source, args=(request, connection), name=f"source {request.name}", daemon=True
            ).start()

    def stop(self) -> None:
        """End all threads and connections."""
        self._stopped.set()
        self._queue.close()
        with self._mutex:
            sources = list(self._sources.values())
        for source in sources:
            source.close()

    def overdue_s(self, now: float) -> float | None:
        """Return how long the oldest frame has been in a model that will not return; None if there is none."""
        return max((overdue for engine in list(self._engines) if (overdue := engine.overdue_s(now))), default=None)

    def status(self) -> dict[str, Any]:
        """Return the status of the process."""
        with self._mutex:
            sources = sorted(source.request.name for source in self._sources.values())
            frames = sum(engine.frames for engine in self._engines)
            busy_s = sum(engine.busy_s for engine in self._engines)
        return {
            "state": "loading" if self._models.is_loading else "running",
            "models": [loaded.description for loaded in self._models.models],
            "sources": sources,
            "frames": frames,
            "inference_ms": round(1000 * busy_s / frames, 1) if frames else None,
        }

    # -- in the thread of a source -----------------------------------------------------------------------------------

    def _serve_source(self, request: SourceRequest, connection: socket.socket) -> None:
        with connection, ExitStack() as lent:
            try:
                source = self._open_source(request, connection, lent)
            except OSError:
                return  # the worker has ended
            if source is None:
                return
            number = next(self._source_numbers)
            with self._mutex:
                self._sources[number] = source
            log.info("%s sends frames of %d × %d", request.name, request.frame[1], request.frame[0])
            while not self._stopped.is_set():
                frame = DetectionRequest.receive(connection)
                if frame is None or not source.can_take(frame):
                    break
                self._queue.put(number, _Job(source, frame))
            with self._mutex:
                del self._sources[number]
            self._queue.remove(number)
            source.close()
            log.info("%s sends no more frames", request.name)

    def _open_source(self, request: SourceRequest, connection: socket.socket, lent: ExitStack) -> _Source | None:
        """Load the model, answer the request and return the source; None if it was refused.

        Args:
            request: What the source asks for.
            connection: Its connection.
            lent: Gives the model back when it is closed.
        """
        try:
            loaded = lent.enter_context(self._models.lend(request))
            detector = loaded.detector
            slots = FrameSlots.create(detector.workers + QUEUED_FRAMES, detector.input_size)
        except Exception as error:  # noqa: BLE001 - the worker of this source ends with it, the others go on
            refusal = _refusal(error)
            log.error("%s cannot be served: %s", request.name, refusal.problem)  # noqa: TRY400 - one sentence
            send_answer(connection, refusal)
            return None
        acceptance = Acceptance(
            slots=slots.count,
            input_size=detector.input_size,
            backend=detector.backend.value,
            model=detector.model,
            device=detector.device,
            precision=detector.precision,
            description=loaded.description,
        )
        try:
            send_answer(connection, acceptance, slots.descriptor)
        finally:
            slots.close()
        self._start_engines(detector.workers)
        return _Source(request, connection, loaded, slots)

    def _start_engines(self, needed: int) -> None:
        with self._mutex:
            while len(self._engines) < needed:
                engine = _Engine(self._queue, len(self._engines) + 1)
                self._engines.append(engine)
                engine.start()


def _refusal(error: Exception) -> Refusal:
    if isinstance(error, EdgeError):
        return Refusal(str(error), error.exit_code)
    return Refusal(f"the model cannot be loaded (unexpected {type(error).__name__}: {error})", EdgeError.exit_code)


@dataclass(frozen=True, slots=True)
class _Source:
    request: SourceRequest
    connection: socket.socket
    loaded: LoadedModel
    slots: FrameSlots

    def can_take(self, frame: DetectionRequest) -> bool:
        return frame.slot < self.slots.count and min(frame.frame) > 0

    def detect(self, frame: DetectionRequest) -> DetectionReply:
        detector = self.loaded.detector
        letterbox = Letterbox.fit(frame.frame, detector.input_size)
        try:
            return DetectionReply(frame.slot, detector.detect_input(self.slots.image(frame.slot)[None], letterbox))
        except Exception as error:  # noqa: BLE001 - engines raise anything; the worker of this source reports it
            return DetectionReply(frame.slot, Detections.none(), f"{type(error).__name__}: {error}")

    def send(self, reply: DetectionReply) -> None:
        """Send a reply; end the connection of a worker that reads none."""
        message = reply.encode()
        try:
            sent = self.connection.send(message, socket.MSG_DONTWAIT)
        except OSError:
            sent = 0
        if sent < len(message):
            self.close()

    def close(self) -> None:
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it has ended


@dataclass(frozen=True, slots=True)
class _Job:
    source: _Source
    frame: DetectionRequest


class _Engine(threading.Thread):
    """Runs the models on the frames that wait."""

    def __init__(self, queue: FairQueue[int, _Job], number: int) -> None:
        super().__init__(name=f"inference {number}", daemon=True)
        self.frames = 0
        self.busy_s = 0.0
        self._queue = queue
        self._running: tuple[float, float] | None = None

    def run(self) -> None:
        while (job := self._queue.take()) is not None:
            began_at = monotonic()
            self._running = began_at, max(SHORTEST_DEADLINE_S, DEADLINE_FACTOR * job.source.loaded.inference_s)
            reply = job.source.detect(job.frame)
            self._running = None
            job.source.send(reply)
            self.frames += 1
            self.busy_s += monotonic() - began_at

    def overdue_s(self, now: float) -> float | None:
        """Return how long the current frame takes if that is longer than its deadline."""
        running = self._running
        if running is None or now - running[0] <= running[1]:
            return None
        return now - running[0]
