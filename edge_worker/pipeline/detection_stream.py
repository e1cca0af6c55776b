"""Decoding in one thread and detection in the detector's workers, with the results in frame order."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from time import perf_counter

from edge_worker.detection.detector import Detections, Detector, DetectorClosedError
from edge_worker.motion.background_model import BackgroundModel
from edge_worker.motion.gate import GateDecision, MotionGate
from edge_worker.motion.parameters import MotionParameters
from edge_worker.process_exit import NativeThread
from edge_worker.video.frame import Frame, Image
from edge_worker.video.source import Source

POLL_S = 0.5
"""Longest wait for a frame or a free slot before the threads check whether they have to stop."""


@dataclass(frozen=True, slots=True)
class Detected:
    """The result of the detector for one frame.

    Attributes:
        detections: The people found.
        inference_s: How long it took, in seconds.
        is_quiet: The motion gate took the scene for quiet, and the frame was searched because one is now and then.
    """

    detections: Detections
    inference_s: float
    is_quiet: bool = False


_QueuedFrame = tuple[Frame, Future[Detected] | None]


class DetectionStream:
    """Iterates over (frame, detected) in frame order.

    `Detected` is None for a frame that the motion gate skipped. The iterator yields None every
    `POLL_S` seconds while a camera delivers no frame, or while a detector in another process gives no answer. While an
    engine in this process gives none it yields nothing, so that the worker is found to hang. The consumer calls
    `report` once for each frame that it received.

    Args:
        source: The opened source.
        detector: The loaded detector.
        pool: The threads that call the detector.
        closed: Ends the iteration when set, from any thread.
        motion: Parameters of the motion gate; None to run detection on every frame.
    """

    def __init__(
        self,
        source: Source,
        detector: Detector,
        pool: ThreadPoolExecutor,
        closed: threading.Event,
        *,
        motion: MotionParameters | None = None,
    ) -> None:
        self._source = source
        self._detector = detector
        self._pool = pool
        self._closed = closed
        self._stopped = threading.Event()
        # One frame per worker and, for a file, two more ready, so that no worker waits for the decoder.
        in_flight = detector.workers + (0 if source.is_live else 2)
        self._slots = threading.Semaphore(in_flight)
        self._check_interval_s = 0.0
        self._queue: queue.SimpleQueue[_QueuedFrame | BaseException | None] = queue.SimpleQueue()
        self._filter = _MotionFilter(motion, in_flight, self._has_ended) if motion else None
        self._thread = NativeThread(self._decode, stop=self._stopped.set, name="decode")
        self._thread.start()

    def __iter__(self) -> Iterator[tuple[Frame, Detected | None] | None]:
        while not self._closed.is_set():
            try:
                item = self._queue.get(timeout=POLL_S)
            except queue.Empty:
                yield None
                continue
            if item is None:
                return
            if isinstance(item, BaseException):
                raise item
            frame, future = item
            if future is None:
                yield frame, None
                continue
            while self._detector.is_remote and not wait([future], POLL_S).done:
                yield None
                if self._closed.is_set():
                    return
            try:
                detected = future.result()
            except DetectorClosedError:
                return
            self._slots.release()
            yield frame, detected

    def report(self, *, people_present: bool) -> None:
        """Report whether the tracker or the counter still holds anybody after the frame that was yielded last."""
        if self._filter is not None:
            self._filter.reports.put(people_present)

    def stop(self) -> None:
        """Stop decoding and wait for the decoding thread."""
        self._stopped.set()
        self._thread.join()

    # -- in the decoding thread ----------------------------------------------------------------------------------------

    def _decode(self) -> None:
        try:
            while self._acquire_slot():
                frame = self._source.read(POLL_S)
                if frame is None:
                    self._slots.release()
                    if self._source.ended:
                        break
                    continue
                self._submit(self._filter.add(frame) if self._filter else [(frame, True)])
                self._set_check_interval()
            if self._filter is not None and self._acquire_slot():
                self._submit(self._filter.flush())
        except BaseException as error:  # noqa: BLE001 - it ends this thread; the iterating thread raises it again
            if not self._has_ended():  # after `close` the pool rejects frames, which is no error
                self._queue.put(error)
        self._queue.put(None)

    def _set_check_interval(self) -> None:
        """Look at fewer pictures while the scene is quiet, and at each one again from the first motion on."""
        if self._filter is None:
            return
        seconds = self._filter.check_interval_s
        if seconds != self._check_interval_s:
            self._check_interval_s = seconds
            self._source.set_check_interval(seconds)

    def _submit(self, decided: list[GateDecision]) -> None:
        """Queue frames in order.

        The caller holds one slot. Afterwards only the frames that were submitted for detection hold one each.
        """
        has_slot = True
        for frame, detect in decided:
            if not detect:
                self._queue.put((frame, None))
            elif has_slot or self._acquire_slot():
                is_quiet = self._filter is not None and self._filter.is_quiet
                self._queue.put((frame, self._pool.submit(self._detect, frame.image, is_quiet)))
                has_slot = False
        if has_slot:
            self._slots.release()

    def _detect(self, image: Image, is_quiet: bool) -> Detected:
        began_at = perf_counter()
        detections = self._detector.detect(image)
        return Detected(detections, perf_counter() - began_at, is_quiet)

    def _acquire_slot(self) -> bool:
        """Wait for a free slot; return False once the stream has ended."""
        while not self._has_ended():
            if self._slots.acquire(timeout=POLL_S):
                return True
        return False

    def _has_ended(self) -> bool:
        return self._stopped.is_set() or self._closed.is_set()


class _MotionFilter:
    """Feeds the motion gate and its background model with frames and with the consumer's reports.

    A report takes effect exactly ``lag`` frames later, whatever the timing of the threads, so that a file gives the
    same result every time.
    """

    def __init__(self, parameters: MotionParameters, lag: int, has_ended: Callable[[], bool]) -> None:
        self._parameters = parameters
        self._gate = MotionGate(parameters)
        self._background = BackgroundModel(parameters)
        self._lag = lag
        self._has_ended = has_ended
        self._frames_released = 0
        self._reports_applied = 0
        self._people_present = True
        self.reports: queue.SimpleQueue[bool] = queue.SimpleQueue()

    @property
    def is_quiet(self) -> bool:
        """Return whether nothing has moved and nobody was there for `MotionParameters.quiet_s`."""
        return self._gate.is_quiet

    @property
    def check_interval_s(self) -> float:
        """Return how often a picture is needed, in seconds; 0 for each frame."""
        return self._parameters.check_quiet_s if self.is_quiet else 0.0

    def add(self, frame: Frame) -> list[GateDecision]:
        """Return the frames that are decided by now, each with whether to run detection on it."""
        self._apply_reports()
        has_motion = self._background.has_motion(frame.image, frame.media_s)
        decided = self._gate.add(
            frame,
            has_motion=has_motion,
            people_present=self._people_present,
            has_faint_change=self._background.has_faint_change,
        )
        self._frames_released += len(decided)
        return decided

    def flush(self) -> list[GateDecision]:
        """Return the frames that the gate still holds when the source has ended."""
        return self._gate.flush()

    def _apply_reports(self) -> None:
        while self._frames_released - self._reports_applied > self._lag and not self._has_ended():
            try:
                self._people_present = self.reports.get(timeout=POLL_S)
            except queue.Empty:
                continue
            self._background.learn(people_present=self._people_present)
            self._reports_applied += 1
