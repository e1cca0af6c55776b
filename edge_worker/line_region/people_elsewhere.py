"""The people outside of the region around the line, who must not be learnt as a part of the empty scene."""

from __future__ import annotations

from math import inf

from edge_worker.detection.detector import Detections, DetectorClosedError
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.overhead.turns import PLAIN
from edge_worker.video.frame import Box, Image

INTERVAL_S = 5.0
"""Seconds between two whole pictures: the empty scene is sampled as often, and who comes in between moves."""


class PeopleElsewhere:
    """Has the model look at a whole picture now and then, while it looks at the region around the line otherwise.

    Args:
        detector: The detector of the camera.
    """

    def __init__(self, detector: ViewDetector) -> None:
        self._detector = detector
        self._found: tuple[Box, ...] = ()
        self._looked_at = -inf

    def added_to(self, detections: Detections, image: Image, t: float) -> tuple[Box, ...]:
        """Return the boxes of a frame, and while there is a region those of the newest whole picture, too.

        Args:
            detections: The people found in the frame.
            image: The frame, height × width × 3, BGR.
            t: Its time in seconds; later than the previous one.

        Raises:
            EdgeError: The engine failed.
        """
        found = _boxes(detections)
        if self._detector.region is None:
            self._found, self._looked_at = (), -inf
            return found
        if t - self._looked_at >= INTERVAL_S:
            try:
                self._found = _boxes(self._detector.look(image, PLAIN))
            except DetectorClosedError:
                return found  # the camera is being closed
            self._looked_at = t
        return found + self._found


def _boxes(detections: Detections) -> tuple[Box, ...]:
    return tuple((x1, y1, x2, y2) for x1, y1, x2, y2 in detections.boxes.tolist())
