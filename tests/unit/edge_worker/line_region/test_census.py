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


def walkers(pictures: int, height: float, score: float = 0.5) -> list[Detections]:
    """One person in each picture, never in the same place as in the five pictures before."""
    return [person(number % 6, height, score=score) for number in range(pictures)]


def together(*found: Detections) -> Detections:
    """Return what was found in one picture."""
    return Detections(np.concatenate([one.boxes for one in found]), np.concatenate([one.scores for one in found]))


def test_small_people_whom_only_the_region_shows_are_small() -> None:
    found = result(NOBODY, [person(number, 30) for number in range(12)])
    assert found == CensusResult(0, 12, 30.0, are_small=True, are_still_small=True)


@pytest.mark.parametrize(
    ("height", "scale", "small", "still_small"),
    [(59, 1.0, True, True), (62, 1.0, False, True), (81, 1.0, False, False), (118, 0.5, True, True)],
)
def test_the_height_counts_in_pixels_of_the_model(height: float, scale: float, small: bool, still_small: bool) -> None:
    people = walkers(36, height)
    found = result(people, people, scale)
    assert found is not None
    assert (found.are_small, found.are_still_small) == (small, still_small)


def test_the_region_is_not_used_where_it_shows_fewer_people() -> None:
    people = walkers(36, 30)
    found = result(people, [*people[:9], *NOBODY[:9], *people[18:]])
    assert found == CensusResult(36, 27, 30.0, are_small=False, are_still_small=False)


def test_a_few_people_whom_the_region_does_not_show_are_no_result() -> None:
    """9 of the first 12 are found in the region, and everybody from then on: 12 of 15 are 80 %."""
    people = walkers(15, 30)
    found = result(people, [*people[:9], *NOBODY[:3], *people[12:]])
    assert found == CensusResult(15, 12, 30.0, are_small=True, are_still_small=True)


def test_people_of_75_pixels_are_small_if_the_model_is_clearly_surer_of_them_in_the_region() -> None:
    """The mean gain is (8 · 0.3 + 4 · 0) / 12 = 0.2, and its error 0.148 / √12 = 0.043."""
    in_picture = [*walkers(8, 75, score=0.4), *(person(number % 6, 75, score=0.7) for number in range(8, 12))]
    found = result(in_picture, walkers(12, 75, score=0.7))
    assert found == CensusResult(12, 12, 75.0, are_small=True, are_still_small=True)


@pytest.mark.parametrize(
    ("in_picture", "in_region", "seen"),
    [
        pytest.param([0.5], [0.6], 36, id="a gain of 0.1"),
        pytest.param([0.1, 0.1, 0.9, 0.9, 0.9], [0.9, 0.9, 0.7, 0.7, 0.7], 21, id="0.22, and its error is 0.08"),
    ],
)
def test_people_of_75_pixels_are_not_small_if_the_gain_is_small_or_may_be_chance(
    in_picture: list[float], in_region: list[float], seen: int
) -> None:
    pictures = [person(number % 6, 75, score=in_picture[number % len(in_picture)]) for number in range(36)]
    regions = [person(number % 6, 75, score=in_region[number % len(in_region)]) for number in range(36)]
    assert result(pictures, regions) == CensusResult(seen, 36, 75.0, are_small=False, are_still_small=True)


def test_people_taller_than_80_pixels_are_never_small() -> None:
    found = result(walkers(12, 81, score=0.3), walkers(12, 81, score=0.9))
    assert found == CensusResult(12, 12, 81.0, are_small=False, are_still_small=False)


def test_two_boxes_on_one_person_are_one_person() -> None:
    """The model answers twice in the whole picture: that would be 24 people, of whom the region shows 12."""
    people = walkers(12, 30)
    twice = [together(one, person(number % 6, 30, x=321, score=0.4)) for number, one in enumerate(people)]
    assert result(twice[:6], people[:6]) is None
    assert result(twice, people) == CensusResult(12, 12, 30.0, are_small=True, are_still_small=True)


def test_people_whom_a_steep_camera_shortens_count_as_tall_as_they_stand_and_are_small_by_what_the_model_sees() -> None:
    """30 pixels tall and 20 wide: they stand 40 pixels tall."""

    def seen(number: int) -> Detections:
        box = [310, 150 + number * 15, 330, 180 + number * 15]
        return Detections(np.array([box], np.float32), np.array([0.5], np.float32))

    people = [seen(number % 6) for number in range(12)]
    assert result(people, people, scale=1.6) == CensusResult(12, 12, 40.0, are_small=True, are_still_small=True)


def test_somebody_who_stands_at_the_line_is_no_person_in_either_look() -> None:
    """The region shows them in every picture, the whole picture in every sixth only."""
    standing = person(0, 30)
    assert result([standing, *[Detections.none()] * 5] * 10, [standing] * 60) is None


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
