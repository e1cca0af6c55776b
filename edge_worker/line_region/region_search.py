"""Finds out from pictures in which region the model should look for people."""

from __future__ import annotations

from dataclasses import dataclass

from edge_worker.counting.line import Line
from edge_worker.line_region.census import CensusResult
from edge_worker.line_region.narrow_trial import NarrowTrial
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_trial import RegionTrial
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.video.frame import Image


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search has found out.

    Attributes:
        region: The region that the model should look at; None for whole pictures.
        is_final: The search has ended. Otherwise a narrower region is still compared with this one.
        census: What was found in whole pictures and in the first region.
    """

    region: Region | None
    is_final: bool
    census: CensusResult


class RegionSearch:
    """Compares whole pictures with the region around the line, then a wide and a narrow region where people are small.

    Args:
        detector: The detector of the camera.
        line: The counting line.
        size: (height, width) of the pictures.
        current: The region that the model looks at now, which stays while people are small; None for whole pictures.
    """

    def __init__(
        self, detector: ViewDetector, line: Line, size: tuple[int, int], current: Region | None = None
    ) -> None:
        self._detector, self._line, self._size, self._current = detector, line, size, current
        self._trial = RegionTrial(detector, line, size)
        self._narrow_trial: NarrowTrial | None = None
        self._census: CensusResult | None = None

    @property
    def is_possible(self) -> bool:
        """Return whether people would be larger in a region at all."""
        return self._trial.is_possible

    def add(self, image: Image) -> SearchResult | None:
        """Look at a picture, and return what is known since; None if it is nothing new.

        Raises:
            DetectorClosedError: The detector was closed.
            EdgeError: A detector cannot be opened, or the engine failed.
        """
        if self._narrow_trial is None or self._census is None:
            return self._after(self._trial.add(image))
        better = self._narrow_trial.add(image)
        return None if better is None else SearchResult(better, is_final=True, census=self._census)

    def finish(self) -> SearchResult | None:
        """Return the result at the end of a clip; None if hardly anybody was found."""
        if self._narrow_trial is None or self._census is None:
            return self._after(self._trial.finish())
        return SearchResult(self._narrow_trial.finish(), is_final=True, census=self._census)

    def close(self) -> None:
        """Close the detectors of the regions."""
        self._trial.close()
        if self._narrow_trial is not None:
            self._narrow_trial.close()

    def _after(self, census: CensusResult | None) -> SearchResult | None:
        """Return the result of whole pictures and the first region, and begin with a narrower one if there is one."""
        if census is None:
            return None
        if self._current is not None:
            return SearchResult(self._current if census.are_still_small else None, is_final=True, census=census)
        regions = self._trial.regions_for(census)
        if len(regions) < 2:
            return SearchResult(regions[0] if regions else None, is_final=True, census=census)
        wide, narrow = regions
        self._trial.close()
        self._census = census
        self._narrow_trial = NarrowTrial(self._detector, self._line, self._size, wide=wide, narrow=narrow)
        return SearchResult(wide, is_final=False, census=census)
