"""The part of the picture around the line."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_worker.counting.line import Line
from edge_worker.detection.preprocessing import input_size
from edge_worker.line_region.region import Region, region_around

SIZE = (1080, 1920)
SHORT_LINE = Line(0.5, 0.4, 0.5, 0.6)


def test_people_of_the_height_have_room_on_both_sides_of_the_line_and_at_its_ends() -> None:
    region = region_around(SHORT_LINE, SIZE, 40.0, longest_side=640)
    assert region is not None
    assert (region.x1, region.y1, region.x2, region.y2) == (860, 392, 1060, 688)


def test_people_are_enlarged_to_a_hundred_pixels_at_most() -> None:
    region = region_around(SHORT_LINE, SIZE, 40.0, longest_side=640)
    assert region is not None
    assert 70 <= 40 * region.scale <= 100


def test_people_of_75_pixels_of_the_input_are_enlarged_by_a_half_at_least() -> None:
    """They are 225 pixels tall in a picture that the model sees three times smaller."""
    region = region_around(SHORT_LINE, SIZE, 225.0, longest_side=640)
    assert region is not None
    assert 1.5 * 75 <= 225 * region.scale <= 1.6 * 75


def test_there_is_no_region_for_a_line_across_the_whole_picture_with_tall_people() -> None:
    assert region_around(Line(0, 0.5, 1, 0.5), SIZE, 300.0, longest_side=640) is None


def test_a_long_line_gets_a_flat_region() -> None:
    region = region_around(Line(0, 0.5, 1, 0.5), SIZE, 30.0, longest_side=640)
    assert region is not None
    assert region.size == (150, 1920)
    assert region.longest_side > 640


@given(
    line=st.tuples(*[st.floats(0, 1)] * 4).filter(lambda v: abs(v[0] - v[2]) + abs(v[1] - v[3]) > 0.01),
    height=st.floats(5, 1000),
    size=st.tuples(st.integers(100, 2000), st.integers(100, 2000)),
)
def test_a_region_lies_in_the_picture_and_costs_no_more_than_all_of_it(
    line: tuple[float, float, float, float], height: float, size: tuple[int, int]
) -> None:
    region = region_around(Line(*line), size, height, longest_side=640)
    if region is None:
        return
    assert 0 <= region.x1 < region.x2 <= size[1]
    assert 0 <= region.y1 < region.y2 <= size[0]
    part, whole = input_size(region.size, region.longest_side), input_size(size, 640)
    # The shorter side is rounded up to a multiple of 32.
    assert (part[0] - 32) * (part[1] - 32) < whole[0] * whole[1]


def test_boxes_of_the_region_are_moved_to_the_picture() -> None:
    region = Region(100, 50, 300, 150, 320)
    boxes = region.boxes_in_picture(np.array([[1, 2, 3, 4]], np.float32))
    assert boxes.tolist() == [[101, 52, 103, 54]]


@pytest.mark.parametrize(("row", "column", "is_inside"), [(50, 100, True), (149, 299, True), (150, 299, False)])
def test_the_region_shows_its_part_of_the_picture(row: int, column: int, is_inside: bool) -> None:
    image = np.zeros((200, 400, 3), np.uint8)
    image[row, column] = 255
    assert bool(Region(100, 50, 300, 150, 320).cropped(image).any()) is is_inside
