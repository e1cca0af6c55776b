from __future__ import annotations

import pytest

from edge_worker.counting.line import Anchor, Line
from edge_worker.errors import UsageError


def test_a_line_is_read_from_four_numbers() -> None:
    assert Line.parse("0.872,0.51,0.521,0.51") == Line(0.872, 0.51, 0.521, 0.51)


@pytest.mark.parametrize("text", ["", "1,2", "a,b,c,d", "0,0,1,1,1", "nan,0,1,1", "inf,0,1,1"])
def test_what_is_no_line_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageError, match=r"write it as ax,ay,bx,by"):
        Line.parse(text)


def test_a_line_beyond_the_frame_is_refused() -> None:
    with pytest.raises(UsageError, match="leaves the frame"):
        Line.parse("0,0.5,1.2,0.5")


def test_a_line_without_length_is_refused() -> None:
    with pytest.raises(UsageError, match="has no length"):
        Line.parse("0.5,0.5,0.5,0.5")


def test_without_a_line_it_is_mid_height_from_left_to_right() -> None:
    assert Line.mid_height().in_pixels(640, 480) == (0, 240, 640, 240)


def test_the_foot_is_the_middle_of_the_lower_edge_and_the_centre_is_the_centre() -> None:
    box = (10.0, 20.0, 30.0, 80.0)
    assert Anchor.FOOT.of(box) == (20, 80)
    assert Anchor.CENTER.of(box) == (20, 50)


@pytest.mark.parametrize("points", [None, "0,0,1,1", [0, 0, 1], [0, 0, 1, "1"], [0, 0, 1, 2], [0, 0, 0, 0]])
def test_points_that_are_no_line_are_refused(points: object) -> None:
    with pytest.raises(UsageError, match="the line"):
        Line.from_points(points)


def test_a_line_survives_the_way_through_json() -> None:
    line = Line(0.872, 0.51, 0.521, 0.51)
    assert Line.from_points(list(line.points)) == line


def test_an_anchor_is_center_or_foot() -> None:
    assert (Anchor.parse("center"), Anchor.parse("foot")) == (Anchor.CENTER, Anchor.FOOT)
    with pytest.raises(UsageError, match="it can be center or foot"):
        Anchor.parse("head")
