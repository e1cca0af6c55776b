"""The people who move near the line, found in two looks at each picture. Pure."""

from __future__ import annotations

from collections import deque
from math import hypot

import numpy as np

from edge_worker.counting.geometry import PixelLine
from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Detections
from edge_worker.line_region.matched_people import MatchedPerson, matched_people
from edge_worker.line_region.parameters import CensusParameters
from edge_worker.tracking.association import Boxes, iou_matrix
from edge_worker.video.frame import Box


class MovingPeople:
    """Finds those who move near the line, each with the scores of both looks.

    Things that stay where they are, such as a poster or a mannequin, are no people, whichever look shows them.

    Args:
        line: The counting line.
        size: (height, width) of the pictures.
        parameters: The thresholds.
    """

    def __init__(self, line: Line, size: tuple[int, int], parameters: CensusParameters) -> None:
        height, width = size
        self._line = PixelLine(*line.in_pixels(width, height))
        self._parameters = parameters
        self._earlier: deque[Boxes] = deque(maxlen=parameters.pictures)

    def add(self, first: Detections, second: Detections) -> list[MatchedPerson]:
        """Return the people of a picture who move near the line.

        Args:
            first: What the first look found in the picture, with boxes of the picture.
            second: What the second look found.
        """
        near = [person for person in matched_people(first, second, self._parameters) if self._is_near(person)]
        moving = [person for person in near if not self._is_still(person.box)]
        self._earlier.append(np.array([person.box for person in near], np.float64).reshape(-1, 4))
        return moving

    def _is_near(self, person: MatchedPerson) -> bool:
        point = Anchor.CENTER.of(person.box)
        distance = hypot(self._line.offset(point), self._line.overshoot(self._line.along(point)))
        return distance <= self._parameters.near_heights * person.height

    def _is_still(self, box: Box) -> bool:
        """Return whether somebody was in the same place in several of the earlier pictures."""
        place = np.array([box], np.float64)
        times = sum(
            bool(iou_matrix(place, earlier).max() >= self._parameters.same_place_iou)
            for earlier in self._earlier
            if len(earlier)
        )
        return times >= self._parameters.still_pictures
