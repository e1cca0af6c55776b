"""Finds out from a clip, while it is counted, whether people at the line are too small for the model."""

from __future__ import annotations

from collections.abc import Callable

from edge_worker.counting.line import Line
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_search import RegionSearch, SearchResult
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.video.frame import Image

LONGEST_S = 600.0
"""The region is found out from this much of the clip."""
INTERVAL_S = 0.5
"""Seconds between the pictures of a clip that are looked at: a clip may be short."""


class ClipRegion:
    """Gets the frames of a clip that is counted in whole pictures.

    Args:
        line: The counting line.
        open_detector: Returns the detector for the frames.

    Attributes:
        region: The part of the pictures in which the clip has to be counted anew; None while there is none.
    """

    def __init__(self, line: Line, open_detector: Callable[[], ViewDetector]) -> None:
        self._line = line
        self._open_detector = open_detector
        self._search: RegionSearch | None = None
        self._sampled_s = -INTERVAL_S
        self._has_ended = False
        self.region: Region | None = None

    def add(self, image: Image, t: float) -> None:
        """Process a frame.

        Args:
            image: The frame, height × width × 3, BGR.
            t: Seconds since the start of the clip; later than the previous frame.

        Raises:
            EdgeError: The detector cannot be opened, or the engine failed.
        """
        if self._has_ended or t - self._sampled_s < INTERVAL_S - 1e-3:
            return
        self._sampled_s = t
        self._search = self._search or RegionSearch(self._open_detector(), self._line, (image.shape[0], image.shape[1]))
        result = self._search.add(image)
        if not self._search.is_possible or (result is not None and result.is_final):
            self._end(self._search, result)
        elif t > LONGEST_S:
            self._end(self._search, self._search.finish())

    def finish(self) -> None:
        """End with the clip: fewer people are enough then."""
        if self._search is not None and not self._has_ended:
            self._end(self._search, self._search.finish())

    def _end(self, search: RegionSearch, result: SearchResult | None) -> None:
        self._has_ended = True
        self.region = None if result is None else result.region
        search.close()
