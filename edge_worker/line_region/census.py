"""The decision whether people at the line are so small that the model should look at the region. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from statistics import median

import numpy as np

from edge_worker.counting.geometry import PixelLine
from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Detections
from edge_worker.line_region.parameters import CensusParameters
from edge_worker.tracking.association import iou_matrix
from edge_worker.video.frame import Box


@dataclass(frozen=True, slots=True)
class CensusResult:
    """What was found near the line in some pictures.

    Attributes:
        pictures: How many people were found in the pictures as they are.
        regions: How many were found in the region around the line.
        person_height: The median height of the people in the region, in pixels of the picture.
        are_small: People are so small to the model that it should look at the region, and are found there.
        are_still_small: A model that looks at the region should continue to.
    """

    pictures: int
    regions: int
    person_height: float
    are_small: bool
    are_still_small: bool


class PeopleCensus:
    """Counts the people near the line that a model finds in pictures as they are, and in the region around the line.

    Things that stay where they are, such as a poster or a mannequin, are no people.

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
        height, width = size
        self._line = PixelLine(*line.in_pixels(width, height))
        self._scale = scale
        self._people = (_MovingPeople(self.parameters), _MovingPeople(self.parameters))

    def add(self, in_picture: Detections, in_region: Detections) -> CensusResult | None:
        """Add what was found in a picture.

        Args:
            in_picture: The people in the picture as it is.
            in_region: The people in the region around the line, with boxes of the picture.

        Returns:
            The result, once enough people were found; the census then starts anew.
        """
        for people, found in zip(self._people, (in_picture, in_region), strict=True):
            people.add(self._near(found))
        return self._result(self.parameters.people)

    def finish(self) -> CensusResult | None:
        """Return the result at the end of a clip, which may be short; None if hardly anybody was found."""
        return self._result(self.parameters.people_of_clip)

    def _result(self, least_people: int) -> CensusResult | None:
        parameters = self.parameters
        pictures, regions = (len(people.heights) for people in self._people)
        if max(pictures, regions) < least_people:
            return None
        in_region = self._people[1].heights
        self._people = (_MovingPeople(parameters), _MovingPeople(parameters))
        person_height = median(in_region) if in_region else 0.0
        seen_height = person_height * self._scale
        are_found = regions > 0 and regions >= parameters.kept_share * pictures
        are_small = are_found and seen_height <= parameters.small_height
        return CensusResult(
            pictures, regions, person_height, are_small, are_found and seen_height <= parameters.large_height
        )

    def _near(self, found: Detections) -> list[Box]:
        """Return the boxes near the line."""
        near = []
        for box, score in zip(found.boxes.tolist(), found.scores.tolist(), strict=True):
            x1, y1, x2, y2 = box
            point = Anchor.CENTER.of((x1, y1, x2, y2))
            distance = hypot(self._line.offset(point), self._line.overshoot(self._line.along(point)))
            if score >= self.parameters.min_score and distance <= self.parameters.near_heights * (y2 - y1):
                near.append((x1, y1, x2, y2))
        return near


class _MovingPeople:
    """The people found in one way of looking, without those who were in the same place in earlier pictures."""

    def __init__(self, parameters: CensusParameters) -> None:
        self._parameters = parameters
        self._earlier: deque[list[Box]] = deque(maxlen=parameters.pictures)
        self.heights: list[float] = []

    def add(self, boxes: Sequence[Box]) -> None:
        """Add the people of a picture."""
        for box in boxes:
            if sum(self._was_there(box, earlier) for earlier in self._earlier) < self._parameters.still_pictures:
                self.heights.append(box[3] - box[1])
        self._earlier.append(list(boxes))

    def _was_there(self, box: Box, earlier: Sequence[Box]) -> bool:
        if not earlier:
            return False
        overlap = iou_matrix(np.array([box], np.float64), np.array(earlier, np.float64))
        return bool(overlap.max() >= self._parameters.same_place_iou)
