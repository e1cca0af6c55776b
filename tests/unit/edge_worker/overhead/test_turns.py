"""Boxes of a turned picture are boxes of the picture before it was turned."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_worker.counting.line import Line
from edge_worker.detection.detector import Detections
from edge_worker.overhead.turns import Turn, boxes_in_picture, merged, turned_image, turned_size, turns_from_above
from edge_worker.video.frame import Image

HEIGHT, WIDTH = 24, 40


def box_of_white(image: Image) -> list[float]:
    """The box around the white pixels."""
    rows, columns = np.nonzero(image[..., 0] > 127)
    return [float(columns.min()), float(rows.min()), float(columns.max() + 1), float(rows.max() + 1)]


@given(
    turn=st.sampled_from(Turn),
    x=st.tuples(st.integers(0, WIDTH - 1), st.integers(1, WIDTH)).filter(lambda one: one[0] < one[1]),
    y=st.tuples(st.integers(0, HEIGHT - 1), st.integers(1, HEIGHT)).filter(lambda one: one[0] < one[1]),
)
def test_a_box_that_is_found_in_a_turned_picture_is_where_it_was_before(
    turn: Turn, x: tuple[int, int], y: tuple[int, int]
) -> None:
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    image[y[0] : y[1], x[0] : x[1]] = 255
    turned = turned_image(image, turn)
    assert turned.shape[:2] == turned_size((HEIGHT, WIDTH), turn)
    found = boxes_in_picture(np.array([box_of_white(turned)], np.float32), turn, (HEIGHT, WIDTH))
    assert found.tolist() == [[x[0], y[0], x[1], y[1]]]


def test_a_picture_is_turned_counter_clockwise() -> None:
    image = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    image[0, WIDTH - 1] = 255  # the upper right corner
    assert box_of_white(turned_image(image, Turn.QUARTER)) == [0, 0, 1, 1]


def test_a_picture_without_people_has_none_when_it_is_turned() -> None:
    none = Detections.none()
    assert boxes_in_picture(none.boxes, Turn.QUARTER, (HEIGHT, WIDTH)).shape == (0, 4)
    assert len(merged([none, none], 0.6)) == 0


def test_somebody_who_is_found_in_two_turns_is_one_person_with_the_higher_score() -> None:
    first = Detections(np.array([[0, 0, 10, 20]], np.float32), np.array([0.4], np.float32))
    second = Detections(np.array([[0, 1, 10, 20], [20, 0, 30, 20]], np.float32), np.array([0.7, 0.3], np.float32))
    found = merged([first, second], 0.6)
    assert found.boxes.tolist() == [[0, 1, 10, 20], [20, 0, 30, 20]]
    assert found.scores.tolist() == pytest.approx([0.7, 0.3])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (Line(0, 0.5, 1, 0.5), (Turn.QUARTER, Turn.THREE_QUARTERS)),
        (Line(0.5, 1, 0.5, 0), (Turn.NONE, Turn.HALF)),
        (Line(0, 0, 0.5, 0.9), (Turn.NONE, Turn.HALF)),
        (Line(0, 0, 0.5, 0.6), (Turn.QUARTER, Turn.THREE_QUARTERS)),
    ],
)
def test_a_picture_from_above_is_turned_until_the_line_is_upright(line: Line, expected: tuple[Turn, Turn]) -> None:
    assert turns_from_above(line, (HEIGHT, WIDTH)) == expected
