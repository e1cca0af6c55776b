"""Whether people at the line are small to the model."""

from __future__ import annotations

import numpy as np
import pytest

from edge_worker.counting.line import Line
from edge_worker.detection.detector import Detections
from edge_worker.line_region.census import CensusResult, PeopleCensus

SIZE = (480, 640)
LINE = Line(0.5, 0.2, 0.5, 0.8)


def person(number: int, height: float, *, x: float = 320, score: float = 0.5) -> Detections:
    """Somebody whose centre is at the line, a box width further down in each picture."""
    y = 150 + number * height / 2
    box = [x - height / 5, y - height / 2, x + height / 5, y + height / 2]
    return Detections(np.array([box], np.float32), np.array([score], np.float32))


def result(pictures: list[Detections], regions: list[Detections], scale: float = 1.0) -> CensusResult | None:
    census = PeopleCensus(LINE, SIZE, scale)
    for in_picture, in_region in zip(pictures, regions, strict=True):
        found = census.add(in_picture, in_region)
        if found is not None:
            return found
    return None


NOBODY = [Detections.none()] * 12


def test_small_people_whom_only_the_region_shows_are_small() -> None:
    found = result(NOBODY, [person(number, 30) for number in range(12)])
    assert found == CensusResult(0, 12, 30.0, are_small=True, are_still_small=True)


@pytest.mark.parametrize(
    ("height", "scale", "small", "still_small"),
    [(59, 1.0, True, True), (62, 1.0, False, True), (81, 1.0, False, False), (118, 0.5, True, True)],
)
def test_the_height_counts_in_pixels_of_the_model(height: float, scale: float, small: bool, still_small: bool) -> None:
    people = [person(number % 6, height) for number in range(12)]
    found = result(people, people, scale)
    assert found is not None
    assert (found.are_small, found.are_still_small) == (small, still_small)


def test_the_region_is_not_used_where_it_shows_fewer_people() -> None:
    people = [person(number, 30) for number in range(12)]
    found = result(people, [*people[:9], *NOBODY[:3]])
    assert found == CensusResult(12, 9, 30.0, are_small=False, are_still_small=False)


def test_a_poster_at_the_line_is_no_person() -> None:
    assert result([person(0, 30)] * 100, [person(0, 30)] * 100) is None


def test_people_far_from_the_line_and_low_scores_do_not_count() -> None:
    assert result([person(number, 30, x=500) for number in range(12)], NOBODY) is None
    assert result([person(number, 30, score=0.2) for number in range(12)], NOBODY) is None


@pytest.mark.parametrize(("people", "is_enough"), [(4, False), (5, True)])
def test_fewer_people_are_enough_at_the_end_of_a_clip(people: int, is_enough: bool) -> None:
    census = PeopleCensus(LINE, SIZE, 1.0)
    for number in range(people):
        assert census.add(Detections.none(), person(number, 30)) is None
    found = census.finish()
    assert (found is not None and found.are_small) is is_enough


def test_the_census_starts_anew_after_a_result() -> None:
    census = PeopleCensus(LINE, SIZE, 1.0)
    people = [person(number, 30) for number in range(12)]
    first = [census.add(one, one) for one in people]
    assert [one is None for one in first] == [True] * 11 + [False]
    assert census.add(people[0], people[0]) is None
