"""Base class of the detectors that pass the frames on to another detector."""

from __future__ import annotations

from edge_worker.detection.detector import Backend, Detections, Detector
from edge_worker.video.frame import Image


class WrappedDetector:
    """Has the properties of another detector, and passes the frames on to it.

    Args:
        detector: The other detector.
    """

    def __init__(self, detector: Detector) -> None:
        self._detector = detector

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
        return self._detector.detect(image)

    def close(self) -> None:
        """Close the other detector; may be called from any thread."""
        self._detector.close()
