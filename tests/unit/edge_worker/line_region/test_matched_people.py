"""The people of a whole picture and of the region around the line are compared person by person."""

from __future__ import annotations

import numpy as np

from edge_worker.detection.detector import Detections
from edge_worker.line_region.matched_people import MatchedPerson, matched_people
from edge_worker.line_region.parameters import CensusParameters

BOX = (100.0, 100.0, 120.0, 150.0)
MOVED = (100.0, 110.0, 120.0, 160.0)
"""An IoU of 40 / 60 with `BOX`."""
FURTHER = (100.0, 120.0, 120.0, 170.0)
"""An IoU of 30 / 70 with `BOX`."""


def found(*people: tuple[tuple[float, float, float, float], float]) -> Detections:
    boxes = np.array([box for box, _ in people], np.float32).reshape(-1, 4)
    return Detections(boxes, np.array([score for _, score in people], np.float32))


def matched(in_picture: Detections, in_region: Detections) -> list[MatchedPerson]:
    return matched_people(in_picture, in_region, CensusParameters())


def test_a_person_has_the_scores_of_both_looks_and_the_box_of_the_region() -> None:
    assert matched(found((BOX, 0.5)), found((MOVED, 0.875))) == [MatchedPerson(MOVED, 0.5, 0.875)]


def test_boxes_that_overlap_by_less_than_a_half_are_two_people() -> None:
    people = matched(found((BOX, 0.5)), found((FURTHER, 0.875)))
    assert people == [MatchedPerson(FURTHER, 0.0, 0.875), MatchedPerson(BOX, 0.5, 0.0)]


def test_the_weaker_of_two_boxes_on_one_person_is_dropped_before_the_looks_are_compared() -> None:
    """Otherwise the box of the whole picture that fits best would be that with the low score."""
    assert matched(found((BOX, 0.75), (MOVED, 0.375)), found((MOVED, 0.875))) == [MatchedPerson(MOVED, 0.75, 0.875)]


def test_a_low_score_in_one_look_counts_for_a_person_of_the_other() -> None:
    assert matched(found((BOX, 0.125)), found((BOX, 0.875))) == [MatchedPerson(BOX, 0.125, 0.875)]


def test_low_scores_in_both_looks_are_nobody() -> None:
    assert matched(found((BOX, 0.25)), found((BOX, 0.25))) == []


def test_nobody_is_found_in_an_empty_picture() -> None:
    assert matched(Detections.none(), Detections.none()) == []
