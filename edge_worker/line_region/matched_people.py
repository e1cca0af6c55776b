"""The people whom a model finds in a whole picture and in the region around the line, person by person. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from edge_worker.detection.detector import Detections
from edge_worker.line_region.parameters import CensusParameters
from edge_worker.tracking.association import assign, iou_matrix, suppress_duplicates
from edge_worker.video.frame import Box


@dataclass(frozen=True, slots=True)
class MatchedPerson:
    """A person in one picture, who was looked for in two ways.

    Attributes:
        box: The box in the region if the person was found there, otherwise that in the whole picture.
        in_picture: The score in the whole picture, 0..1; 0 if the person was not found there.
        in_region: The score in the region, 0..1.
    """

    box: Box
    in_picture: float
    in_region: float

    @property
    def height(self) -> float:
        """Return the height in pixels of the picture."""
        return self.box[3] - self.box[1]


def matched_people(in_picture: Detections, in_region: Detections, parameters: CensusParameters) -> list[MatchedPerson]:
    """Return the people of a picture, each with the scores of both looks.

    Two boxes of one look on one person are one person. People whose scores are both below the least are left out.

    Args:
        in_picture: The people in the picture as it is.
        in_region: The people in the region around the line, with boxes of the picture.
        parameters: The thresholds.
    """
    whole, part = (_without_duplicates(found, parameters.duplicate_iou) for found in (in_picture, in_region))
    cost = 1 - iou_matrix(whole.boxes.astype(np.float64), part.boxes.astype(np.float64))
    in_whole = {column: row for row, column in assign(cost, 1 - parameters.same_person_iou)}
    people = [
        MatchedPerson(box, float(whole.scores[in_whole[index]]) if index in in_whole else 0.0, score)
        for index, (box, score) in enumerate(_scored_boxes(part))
    ]
    matched = set(in_whole.values())
    people += [
        MatchedPerson(box, score, 0.0)
        for index, (box, score) in enumerate(_scored_boxes(whole))
        if index not in matched
    ]
    return [person for person in people if max(person.in_picture, person.in_region) >= parameters.min_score]


def _without_duplicates(found: Detections, limit: float) -> Detections:
    kept = suppress_duplicates(found.boxes.astype(np.float64), found.scores.astype(np.float64), limit)
    return Detections(found.boxes[kept], found.scores[kept])


def _scored_boxes(found: Detections) -> Iterable[tuple[Box, float]]:
    boxes = ((x1, y1, x2, y2) for x1, y1, x2, y2 in found.boxes.tolist())
    return zip(boxes, found.scores.tolist(), strict=True)
