"""One detector for several cameras with the same frames: each frame is searched for people once."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial

from edge_worker.detection.detector import Detections, Detector
from edge_worker.detection.wrapped_detector import WrappedDetector
from edge_worker.video.frame import Image


class SharedDetector:
    """Loads a detector once. Safe for use by several threads.

    The result for a frame is kept as long as a camera holds the frame, so that a camera that starts later or is slower
    finds it, and one whose motion gate skips the frame keeps nothing in memory.
    """

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._loading = threading.Lock()
        self._detector: Detector | None = None
        self._views = 0
        self._results: dict[int, tuple[weakref.ref[Image], Future[Detections]]] = {}

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
        result, is_first = self._result(image)
        if is_first:
            try:
                result.set_result(detector.detect(image))
            except BaseException as error:  # noqa: BLE001 - every camera that waits for it gets the error
                result.set_exception(error)
                self._results.pop(id(image), None)  # the error holds the frame, and would be kept with it
        return result.result()

    def close(self) -> None:
        """End one view, and the detector with the last one."""
        with self._loading:
            self._views -= 1
            if self._views or self._detector is None:
                return
            detector, self._detector = self._detector, None
        detector.close()

    def _result(self, image: Image) -> tuple[Future[Detections], bool]:
        """Return the result for a frame, and whether this camera is the first that asks for it."""
        key = id(image)
        with self._mutex:
            if key in self._results:
                return self._results[key][1], False
            result: Future[Detections] = Future()
            self._results[key] = weakref.ref(image, partial(self._forget, key)), result
            return result, True

    def _forget(self, key: int, _image: weakref.ref[Image]) -> None:
        """Drop the result for a frame that no camera holds any more, before another frame gets its id.

        The interpreter may call this while the same thread holds the mutex, so it does without.
        """
        self._results.pop(key, None)


class SharedDetectorView(WrappedDetector):
    """The detector as one camera sees it."""

    def __init__(self, shared: SharedDetector, detector: Detector) -> None:
        super().__init__(detector)
        self._shared = shared
        self._is_closed = False

    def detect(self, image: Image) -> Detections:
        """Return the people in a frame."""
        return self._shared.detect(self._detector, image)

    def close(self) -> None:
        """Close the view; may be called from any thread."""
        if not self._is_closed:
            self._is_closed = True
            self._shared.close()
