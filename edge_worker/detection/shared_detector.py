"""One detector for several cameras with the same frames: each frame is searched for people once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from edge_worker.detection.detector import Backend, Detections, Detector
from edge_worker.video.frame import Image

MAX_KEPT = 16
"""Frames whose result is kept until every camera has asked for it. A camera whose motion gate skips a frame never
does."""


class SharedDetector:
    """Loads a detector once and remembers its newest results. Safe for use by several threads."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._loading = threading.Lock()
        self._detector: Detector | None = None
        self._views = 0
        self._results: OrderedDict[int, _Result] = OrderedDict()

    def open(self, load: Callable[[], Detector]) -> SharedDetectorView:
        """Return a view of the detector, for one camera.

        Args:
            load: Loads the detector, if no camera has one.

        Raises:
            EdgeError: It cannot be loaded.
        """
        with self._loading:
            if self._detector is None:
                self._detector = load()
            self._views += 1
            return SharedDetectorView(self, self._detector)

    def detect(self, detector: Detector, image: Image) -> Detections:
        """Return the people in a frame; wait for the result if another camera has asked first."""
        with self._mutex:
            result = self._results.get(id(image))
            is_first = result is None
            if result is None:
                result = self._results[id(image)] = _Result(image)
                while len(self._results) > MAX_KEPT:
                    self._results.popitem(last=False)
            result.asked += 1
            if result.asked >= self._views:
                self._results.pop(id(image), None)
        if is_first:
            try:
                result.future.set_result(detector.detect(image))
            except BaseException as error:  # noqa: BLE001 - every camera that waits for it gets the error
                result.future.set_exception(error)
        return result.future.result()

    def close(self) -> None:
        """End one view, and the detector with the last one."""
        with self._loading:
            self._views -= 1
            if self._views or self._detector is None:
                return
            detector, self._detector = self._detector, None
        detector.close()


@dataclass(slots=True)
class _Result:
    """The result for a frame, which is kept so that its id belongs to no other one."""

    image: Image
    future: Future[Detections] = field(default_factory=Future)
    asked: int = 0


class SharedDetectorView:
    """The detector as one camera sees it."""

    def __init__(self, shared: SharedDetector, detector: Detector) -> None:
        self._shared = shared
        self._detector = detector
        self._is_closed = False

    @property
    def backend(self) -> Backend:
        """Return the inference backend."""
        return self._detector.backend

    @property
    def model(self) -> str:
        """Return the name of the model."""
        return self._detector.model

    @property
    def input_size(self) -> tuple[int, int]:
        """Return (height, width) of the model's input, in pixels."""
        return self._detector.input_size

    @property
    def workers(self) -> int:
        """Return the number of threads that may call `detect` at once."""
        return self._detector.workers

    @property
    def device(self) -> str:
        """Return the kind of processor that runs the model."""
        return self._detector.device

    @property
    def precision(self) -> str:
        """Return the number format of the computation."""
        return self._detector.precision

    @property
    def is_remote(self) -> bool:
        """Return whether another process runs the model."""
        return self._detector.is_remote

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame."""
        return self._shared.detect(self._detector, image)

    def close(self) -> None:
        """Close the view; may be called from any thread."""
        if not self._is_closed:
            self._is_closed = True
            self._shared.close()
