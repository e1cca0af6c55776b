"""The people whom a model finds in two looks at one picture, person by person. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from edge_worker.detection.detector import Detections
from edge_worker.line_region.parameters import CensusParameters
from edge_worker.tracking.association import assign, iou_matrix, suppress_duplicates
from edge_worker.tracking.standing_height import standing_height
from edge_worker.video.frame import Box


@dataclass(frozen=True, slots=True)
class MatchedPerson:
    """A person in one picture, who was looked for in two ways, such as in the whole picture and in a region.

    Attributes:
        box: The box of the second look if it shows the person, otherwise that of the first.
        first_score: The score in the first look, 0..1; 0 if the person was not found there.
        second_score: The score in the second look, 0..1.
    """

    box: Box
    first_score: float
    second_score: float

    @property
    def height(self) -> float:
        """Return the height in pixels of the picture."""
        return self.box[3] - self.box[1]

    @property
    def standing_height(self) -> float:
        """Return the height in pixels of the picture, also for a camera that shortens it because it hangs high."""
        return standing_height(self.box)


def matched_people(first: Detections, second: Detections, parameters: CensusParameters) -> list[MatchedPerson]:
    """Return the people of a picture, each with the scores of both looks.

    Two boxes of one look on one person are one person. People whose scores are both below the least are left out.

    Args:
        first: The people of the first look, with boxes of the picture.
        second: Those of the second look, with boxes of the picture.
        parameters: The thresholds.
    """
    one, other = (_without_duplicates(found, parameters.duplicate_iou) for found in (first, second))
    cost = 1 - iou_matrix(one.boxes.astype(np.float64), other.boxes.astype(np.float64))
    in_first = {column: row for row, column in assign(cost, 1 - parameters.same_person_iou)}
    people = [
        MatchedPerson(box, float(one.scores[in_first[index]]) if index in in_first else 0.0, score)
        for index, (box, score) in enumerate(_scored_boxes(other))
    ]
    matched = set(in_first.values())
    people += [
        MatchedPerson(box, score, 0.0) for index, (box, score) in enumerate(_scored_boxes(one)) if index not in matched
    ]
    return [person for person in people if max(person.first_score, person.second_score) >= parameters.min_score]


def _without_duplicates(found: Detections, limit: float) -> Detections:
    kept = suppress_duplicates(found.boxes.astype(np.float64), found.scores.astype(np.float64), limit)
    return Detections(found.boxes[kept], found.scores[kept])


def _scored_boxes(found: Detections) -> Iterable[tuple[Box, float]]:
    boxes = ((x1, y1, x2, y2) for x1, y1, x2, y2 in found.boxes.tolist())
    return zip(boxes, found.scores.tolist(), strict=True)
