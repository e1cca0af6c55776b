"""A detector that looks at the part of each frame around the counting line."""

from __future__ import annotations

from collections.abc import Callable

from edge_worker.detection.detector import Detections, Detector
from edge_worker.detection.wrapped_detector import WrappedDetector
from edge_worker.line_region.region import Region
from edge_worker.video.frame import Image

LoadSized = Callable[[tuple[int, int], int], Detector]
"""Loads the detector for pictures of size (height, width), with this longest side of the model's input."""


class RegionDetector(WrappedDetector):
    """Finds the people in one part of each frame; the boxes are those of the frame.

    Args:
        load: Loads the detector for the part.
        region: The part.

    Raises:
        EdgeError: The detector cannot be loaded.
    """

    def __init__(self, load: LoadSized, region: Region) -> None:
        super().__init__(load(region.size, region.longest_side))
        self.region = region

    def detect(self, image: Image) -> Detections:
        """Return the people in this part of a frame."""
        found = self._detector.detect(self.region.cropped(image))
        return Detections(self.region.boxes_in_picture(found.boxes), found.scores)
