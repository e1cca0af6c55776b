"""The decision whether people at the line are so small that the model should look at the region. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, stdev

from edge_worker.counting.line import Line
from edge_worker.detection.detector import Detections
from edge_worker.line_region.matched_people import MatchedPerson
from edge_worker.line_region.moving_people import MovingPeople
from edge_worker.line_region.parameters import CensusParameters


@dataclass(frozen=True, slots=True)
class CensusResult:
    """What was found near the line in some pictures.

    Attributes:
        pictures: How many people were found in the pictures as they are.
        regions: How many were found in the region around the line.
        standing_height: The median height of the people if they were seen from the side, in pixels of the picture.
        are_small: People are so small to the model that it should look at the region, and are found there.
        are_still_small: A model that looks at the region should continue to.
    """

    pictures: int
    regions: int
    standing_height: float
    are_small: bool
    are_still_small: bool


class PeopleCensus:
    """Compares the people near the line that a model finds in whole pictures with those in the region around the line.

    Both looks are compared person by person.

    Args:
        line: The counting line.
        size: (height, width) of the pictures.
        scale: Pixels of the model's input per pixel of the whole picture.
        parameters: The thresholds.
    """

    def __init__(
        self, line: Line, size: tuple[int, int], scale: float, parameters: CensusParameters | None = None
    ) -> None:
        self.parameters = parameters or CensusParameters()
        self._line, self._size, self._scale = line, size, scale
        self._start()

    def add(self, in_picture: Detections, in_region: Detections) -> CensusResult | None:
        """Add what was found in a picture.

        Args:
            in_picture: The people in the picture as it is.
            in_region: The people in the region around the line, with boxes of the picture.

        Returns:
            The result, once enough people were found; the census then starts anew.
        """
        self._people += self._moving.add(in_picture, in_region)
        return self._result(self.parameters.people, self.parameters.most_people)

    def finish(self) -> CensusResult | None:
        """Return the result at the end of a clip, which may be short; None if hardly anybody was found."""
        return self._result(self.parameters.people_of_clip, self.parameters.people_of_clip)

    # -- internal ------------------------------------------------------------------------------------------------------

    def _start(self) -> None:
        self._people: list[MatchedPerson] = []
        self._moving = MovingPeople(self._line, self._size, self.parameters)

    def _result(self, least_people: int, most_people: int) -> CensusResult | None:
        """Return the result; None below the least number of people, or if it is not clear below the most."""
        parameters, people = self.parameters, self._people
        if len(people) < least_people:
            return None
        pictures = sum(person.first_score >= parameters.min_score for person in people)
        regions = sum(person.second_score >= parameters.min_score for person in people)
        standing_height = median(person.standing_height for person in people)
        seen_height = median(person.height for person in people) * self._scale
        are_kept = regions > 0 and regions >= parameters.kept_share * pictures
        are_still_small = are_kept and seen_height <= parameters.large_height
        are_small = are_still_small and (seen_height <= parameters.small_height or self._are_clearer())
        is_clear = are_small or seen_height > parameters.large_height
        if not is_clear and len(people) < most_people:
            return None
        self._start()
        return CensusResult(pictures, regions, standing_height, are_small, are_still_small)

    def _are_clearer(self) -> bool:
        """Return whether the model is surer of the people in the region, by more than chance explains."""
        gains = [person.second_score - person.first_score for person in self._people]
        gain, error = fmean(gains), stdev(gains) / sqrt(len(gains))
        return gain >= self.parameters.clearer_gain and gain >= self.parameters.clearer_errors * error
