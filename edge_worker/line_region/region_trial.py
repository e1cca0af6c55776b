"""Looks at pictures as they are and at the region around the line, until it is known how tall people are."""

from __future__ import annotations

from edge_worker.counting.line import Line
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.line_region.census import CensusResult, PeopleCensus
from edge_worker.line_region.parameters import RegionParameters
from edge_worker.line_region.region import Region, region_around
from edge_worker.line_region.region_detector import RegionDetector
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.overhead.turns import PLAIN
from edge_worker.video.frame import Image

FIRST_HEIGHTS = (48.0, 32.0, 20.0)
"""The first region is that for people of these heights, in pixels of the model's input: the first one that enlarges
them."""


class RegionTrial:
    """Compares whole pictures with the region around the line.

    The heights of the people are not known before, so the first region has room for the tallest of those who are small
    to the model, or for smaller ones where that would be most of the picture. The region that is used in the end is
    that for the people who were found, or a wider one if they have few pixels.

    Args:
        detector: The detector of the camera.
        line: The counting line.
        size: (height, width) of the pictures.
    """

    def __init__(self, detector: ViewDetector, line: Line, size: tuple[int, int]) -> None:
        self._detector, self._line, self._size = detector, line, size
        self._longest_side = max(detector.input_size)
        self._scale = Letterbox.fit(size, detector.input_size).scale
        self._region = self._first_region()
        self._in_region: RegionDetector | None = None
        self._census = PeopleCensus(line, size, self._scale)

    @property
    def is_possible(self) -> bool:
        """Return whether people would be larger in a region at all."""
        return self._region is not None

    def add(self, image: Image) -> CensusResult | None:
        """Look at a picture, and return the result once enough people were found.

        Raises:
            DetectorClosedError: The detector was closed.
            EdgeError: The detector cannot be opened, or the engine failed.
        """
        if self._region is None:
            return None
        self._in_region = self._in_region or self._detector.open_region(self._region)
        return self._census.add(self._detector.look(image, PLAIN), self._in_region.detect(image))

    def finish(self) -> CensusResult | None:
        """Return the result at the end of a clip; None if hardly anybody was found."""
        return self._census.finish()

    def close(self) -> None:
        """Close the detector of the region."""
        if self._in_region is not None:
            self._in_region.close()

    def regions_for(self, result: CensusResult) -> tuple[Region, ...]:
        """Return the regions that may be used, the widest first; none if people are seen well enough in whole pictures.

        People with few pixels have two: the wider one enlarges them less.
        """
        if not result.are_small:
            return ()
        height, parameters = result.standing_height, RegionParameters()
        has_few_pixels = height <= parameters.narrower * parameters.few_pixels
        heights = (parameters.few_pixels, height) if has_few_pixels else (height,)
        regions = (self._around(one) or self._region for one in heights)
        return tuple(dict.fromkeys(region for region in regions if region is not None))

    def _first_region(self) -> Region | None:
        for height in FIRST_HEIGHTS:
            region = self._around(height / self._scale)
            if region is not None:
                return region
        return None

    def _around(self, person_height: float) -> Region | None:
        return region_around(self._line, self._size, person_height, longest_side=self._longest_side)
