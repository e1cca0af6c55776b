"""The pictures around a passage of the line."""

from __future__ import annotations

import numpy as np
import pytest

from edge_worker.overhead.passage_pictures import LineSample, Passage, PassagePictures

RATE_HZ = 5.0


def sample(number: int, *, has_passed: bool = False, is_seen: bool = False) -> LineSample:
    """The picture of that number, which is its grey level."""
    return LineSample(np.full((90, 160, 3), number, np.uint8), number / RATE_HZ, has_passed, is_seen)


def numbers(passage: Passage | None) -> list[int]:
    assert passage is not None
    return [int(picture[0, 0, 0]) for picture in passage.pictures]


def test_the_pictures_before_and_after_the_passage_are_returned_once_it_is_known_whether_it_was_seen() -> None:
    pictures = PassagePictures()
    found = [pictures.add(sample(number, has_passed=number == 30)) for number in range(60)]
    complete = [passage for passage in found if passage is not None]
    assert len(complete) == 1
    assert found[45] is complete[0]
    assert numbers(complete[0]) == list(range(20, 36))
    assert complete[0].t == 6.0


@pytest.mark.parametrize(("seen_at", "expected"), [(14, False), (15, True), (31, True), (45, True), (46, False)])
def test_somebody_who_was_tracked_at_the_line_up_to_three_seconds_before_or_after_it_was_seen(
    seen_at: int, *, expected: bool
) -> None:
    pictures = PassagePictures()
    found = [pictures.add(sample(number, has_passed=number == 30, is_seen=number == seen_at)) for number in range(60)]
    assert [passage.was_seen for passage in found if passage is not None] == [expected]


def test_two_passages_have_pictures_of_their_own() -> None:
    pictures = PassagePictures()
    found = [pictures.add(sample(number, has_passed=number in {30, 46})) for number in range(80)]
    assert [numbers(passage) for passage in found if passage is not None] == [
        list(range(20, 36)),
        list(range(36, 52)),
    ]


def test_a_second_passage_before_the_first_is_returned_belongs_to_it() -> None:
    pictures = PassagePictures()
    found = [pictures.add(sample(number, has_passed=number in {30, 44})) for number in range(60)]
    assert sum(passage is not None for passage in found) == 1


def test_large_pictures_are_kept_small_and_are_copies() -> None:
    pictures = PassagePictures()
    image = np.zeros((720, 1280, 3), np.uint8)
    small = np.zeros((90, 160, 3), np.uint8)
    for picture, expected in ((image, (180, 320)), (small, (90, 160))):
        pictures.clear()
        pictures.add(LineSample(picture, 0.0, has_passed=True, is_seen=False))
        picture[:] = 255
        assert pictures.add(LineSample(picture, 1.0, has_passed=False, is_seen=False)) is None
        passage = pictures.add(LineSample(picture, 3.0, has_passed=False, is_seen=False))
        assert passage is not None
        assert [kept.shape[:2] for kept in passage.pictures] == [expected] * 2
        assert passage.pictures[0].max() == 0
