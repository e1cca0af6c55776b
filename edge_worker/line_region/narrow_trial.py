"""Looks at pictures in a wide and in a narrow region around the line, until it is known which one is better."""

from __future__ import annotations

from edge_worker.counting.line import Line
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_choice import RegionChoice
from edge_worker.line_region.region_detector import RegionDetector
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.video.frame import Image


class NarrowTrial:
    """Compares two regions around the line.

    Args:
        detector: The detector of the camera.
        line: The counting line.
        size: (height, width) of the pictures.
        wide: The region that is used until the other one has proved to be better.
        narrow: The other region.
    """

    def __init__(
        self, detector: ViewDetector, line: Line, size: tuple[int, int], *, wide: Region, narrow: Region
    ) -> None:
        self._detector = detector
        self._wide, self._narrow = wide, narrow
        self._opened: tuple[RegionDetector, RegionDetector] | None = None
        self._choice = RegionChoice(line, size)

    def add(self, image: Image) -> Region | None:
        """Look at a picture, and return the better region once enough people were found.

        Raises:
            DetectorClosedError: The detector was closed.
            EdgeError: The detector cannot be opened, or the engine failed.
        """
        if self._opened is None:
            self._opened = self._detector.open_region(self._wide), self._detector.open_region(self._narrow)
        in_wide, in_narrow = (detector.detect(image) for detector in self._opened)
        is_narrow_better = self._choice.add(in_wide, in_narrow)
        return None if is_narrow_better is None else self._region(is_narrow_better)

    def finish(self) -> Region:
        """Return the better region at the end of a clip."""
        return self._region(self._choice.finish() or False)

    def close(self) -> None:
        """Close the detectors of the regions."""
        for detector in self._opened or ():
            detector.close()

    def _region(self, is_narrow_better: bool) -> Region:
        return self._narrow if is_narrow_better else self._wide
