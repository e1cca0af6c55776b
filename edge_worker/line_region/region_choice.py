"""The choice between a wide and a narrow region around the line, where people have few pixels. Pure."""

from __future__ import annotations

from statistics import fmean

from edge_worker.counting.line import Line
from edge_worker.detection.detector import Detections
from edge_worker.line_region.matched_people import MatchedPerson
from edge_worker.line_region.moving_people import MovingPeople
from edge_worker.line_region.parameters import CensusParameters


class RegionChoice:
    """Compares the people near the line that a model finds in a wide region with those in a narrow one.

    A narrow region enlarges people more. Whether the model knows people of a few pixels better when they are enlarged
    depends on the camera: on sharp pictures it does, on others it finds half of them.

    Args:
        line: The counting line.
        size: (height, width) of the pictures.
        parameters: The thresholds.
    """

    def __init__(self, line: Line, size: tuple[int, int], parameters: CensusParameters | None = None) -> None:
        self.parameters = parameters or CensusParameters()
        self._moving = MovingPeople(line, size, self.parameters)
        self._people: list[MatchedPerson] = []

    def add(self, in_wide: Detections, in_narrow: Detections) -> bool | None:
        """Add what was found in a picture.

        Args:
            in_wide: The people in the wide region, with boxes of the picture.
            in_narrow: The people in the narrow region, with boxes of the picture.

        Returns:
            Whether the narrow region is better, once enough people were found.
        """
        self._people += self._moving.add(in_wide, in_narrow)
        return self._is_narrow_better() if len(self._people) >= self.parameters.most_people else None

    def finish(self) -> bool | None:
        """Return the result at the end of a clip; None if hardly anybody was found."""
        return self._is_narrow_better() if len(self._people) >= self.parameters.people_of_clip else None

    def _is_narrow_better(self) -> bool:
        """Return whether the mean score is higher, where somebody who is not found has 0."""
        return fmean(person.second_score - person.first_score for person in self._people) > 0
