"""Somebody walks across the line in the detections of a few pictures, or does not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edge_worker.counting.geometry import PixelLine
from edge_worker.detection.detector import Detections
from edge_worker.overhead.walker import find_walker

LINE = PixelLine(0, 120, 320, 120)


def people(*centres: tuple[float, float], score: float = 0.6) -> Detections:
    """Boxes of 60 × 40 pixels around the centres."""
    boxes = [[x - 30, y - 20, x + 30, y + 20] for x, y in centres]
    return Detections(np.array(boxes, np.float32).reshape(-1, 4), np.full(len(boxes), score, np.float32))


def walk(ys: Sequence[float], score: float = 0.6) -> list[Detections]:
    """Somebody who is found at these places, one picture after the other."""
    return [people((150, y), score=score) for y in ys]


def test_somebody_who_crosses_the_line_is_found() -> None:
    assert find_walker(walk([60, 90, 120, 150, 180]), LINE)


def test_somebody_who_is_not_found_in_every_picture_is_found() -> None:
    assert find_walker([people(), *walk([70]), people(), people(), *walk([120]), people(), *walk([150])], LINE)


def test_two_pictures_are_not_enough() -> None:
    assert not find_walker([people(), *walk([80]), people(), *walk([130]), people()], LINE)


def test_a_thing_that_does_not_move_is_nobody() -> None:
    assert not find_walker(walk([118, 122, 119, 121, 118]), LINE)


def test_two_things_far_apart_are_not_one_who_walks() -> None:
    found = [people((40, 60)), people((280, 200))] * 4
    assert not find_walker(found, LINE)


def test_somebody_who_walks_along_the_line_does_not_cross_it() -> None:
    assert not find_walker([people((x, 120)) for x in range(40, 280, 30)], LINE)


def test_somebody_who_walks_far_from_the_line_does_not_cross_it() -> None:
    assert not find_walker(walk([10, 20, 30, 40, 50]), PixelLine(0, 220, 320, 220))


def test_low_scores_are_nobody() -> None:
    assert not find_walker(walk([60, 90, 120, 150, 180], score=0.15), LINE)


def test_no_picture_shows_nobody() -> None:
    assert not find_walker([], LINE)
