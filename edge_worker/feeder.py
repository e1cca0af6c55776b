"""Decodes in a thread and hands frames to the detector's workers, in order."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

from edge_worker.detection.detections import Detections
from edge_worker.detection.port import Detector
from edge_worker.motion import Decided, MotionGate, MotionPolicy, Scene
from edge_worker.video.source import Frame, Source

IDLE_S = 0.5
"""How often the iteration yields None while a camera has no frame."""

_Waiting = tuple[Frame, Future[Detections] | None]


class Feeder:
    """Iterates over (frame, detections) in order; detections are None of a frame that the motion gate kept back.

    Whoever iterates calls `tell` once for every frame.

    Args:
        motion: when frames need not be looked at; None to look at every frame.
    """

    def __init__(
        self,
        source: Source,
        detector: Detector,
        pool: ThreadPoolExecutor,
        closed: threading.Event,
        motion: MotionPolicy | None = None,
    ) -> None:
        self._source = source
        self._detector = detector
        self._pool = pool
        self._closed = closed
        self._stopped = threading.Event()
        # One frame per worker, and for a file two more ready, so that no worker ever waits for the decoder.
        in_flight = detector.workers + (0 if source.is_live else 2)
        self._slots = threading.Semaphore(in_flight)
        self._queue: queue.SimpleQueue[_Waiting | BaseException | None] = queue.SimpleQueue()
        self._gatekeeper = _Gatekeeper(motion, in_flight, self._has_ended) if motion else None
        self._thread = threading.Thread(target=self._decode, name="decode", daemon=True)
        self._thread.start()

    def __iter__(self) -> Iterator[tuple[Frame, Detections | None] | None]:
        while not self._closed.is_set():
            try:
                item = self._queue.get(timeout=IDLE_S)
            except queue.Empty:
                yield None
                continue
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            frame, future = item
            detections = None
            if future is not None:
                detections = future.result()
                self._slots.release()
            yield frame, detections

    def tell(self, *, somebody: bool) -> None:
        """Whether anybody is remembered after the frame that was yielded last."""
        if self._gatekeeper is not None:
            self._gatekeeper.told.put(somebody)

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()

    # -- in the decoding thread ----------------------------------------------------------------------------------------

    def _decode(self) -> None:
        try:
            while self._slot():
                frame = self._source.read(IDLE_S)
                if frame is None:
                    self._slots.release()
                    if self._source.ended:
                        break
                    continue
                self._hand_over(self._gatekeeper.decide(frame) if self._gatekeeper else [(frame, True)])
            if self._gatekeeper is not None and self._slot():
                self._hand_over(self._gatekeeper.rest())
        except BaseException as error:  # noqa: BLE001 - it ends this thread; the iterating thread raises it again
            if not self._has_ended():  # after `close` there are no workers to submit to, and nobody to tell
                self._queue.put(error)
        self._queue.put(None)

    def _hand_over(self, decided: list[Decided]) -> None:
        """Queues frames in order; holds one slot when called, and none afterwards but those of the frames looked at."""
        has_slot = True
        for frame, look in decided:
            if not look:
                self._queue.put((frame, None))
            elif has_slot or self._slot():
                self._queue.put((frame, self._pool.submit(self._detector.detect, frame.image)))
                has_slot = False
        if has_slot:
            self._slots.release()

    def _slot(self) -> bool:
        """Waits for a slot; False when there will be none any more."""
        while not self._has_ended():
            if self._slots.acquire(timeout=IDLE_S):
                return True
        return False

    def _has_ended(self) -> bool:
        return self._stopped.is_set() or self._closed.is_set()


class _Gatekeeper:
    """The motion gate and the scene it watches; what the tracker knows reaches them some frames later.

    Always exactly ``lag`` frames later, however the threads run, so that a file is counted alike every time.
    """

    def __init__(self, policy: MotionPolicy, lag: int, has_ended: Callable[[], bool]) -> None:
        self._gate = MotionGate(policy)
        self._scene = Scene(policy)
        self._lag = lag
        self._has_ended = has_ended
        self._handed_over = 0
        self._heard = 0
        self._somebody = True
        self.told: queue.SimpleQueue[bool] = queue.SimpleQueue()

    def decide(self, frame: Frame) -> list[Decided]:
        """The frames that can be handed over by now, each with whether to look at it."""
        self._listen()
        moves = self._scene.moves(frame.image, frame.media_s)
        decided = self._gate.add(frame, moves=moves, somebody=self._somebody)
        self._handed_over += len(decided)
        return decided

    def rest(self) -> list[Decided]:
        return self._gate.rest()

    def _listen(self) -> None:
        while self._handed_over - self._heard > self._lag and not self._has_ended():
            try:
                self._somebody = self.told.get(timeout=IDLE_S)
            except queue.Empty:
                continue
            self._scene.learn(somebody=self._somebody)
            self._heard += 1
