from __future__ import annotations

import pytest

from edge_worker.tracking.box_height_filter import BoxHeightFilter, BoxHeightParameters
from edge_worker.tracking.byte_track import Track

Edges = tuple[float, float]
"""Top and bottom of the box."""


def filtered(edges: list[Edges], parameters: BoxHeightParameters | None = None) -> list[Edges]:
    height_filter = BoxHeightFilter(parameters)
    result = []
    for frame, (top, bottom) in enumerate(edges):
        (track,) = height_filter.update([Track(1, (0.0, top, 40.0, bottom), 0.9)], frame / 10)
        result.append((track.box[1], track.box[3]))
    return result


def test_a_box_of_the_usual_height_is_kept() -> None:
    edges = [(100.0 + i, 200.0 + i) for i in range(10)]
    assert filtered(edges) == edges


def test_a_top_that_jumps_is_corrected_from_the_feet() -> None:
    """A sign above the head is taken for a part of the person."""
    assert filtered([(100.0, 200.0)] * 10 + [(40.0, 203.0)])[-1] == pytest.approx((103, 203))


def test_hidden_feet_are_corrected_from_the_head() -> None:
    assert filtered([(100.0, 200.0)] * 10 + [(103.0, 150.0)])[-1] == pytest.approx((103, 203))
    assert filtered([(100.0, 200.0)] * 10 + [(85.0, 150.0)])[-1] == pytest.approx((85, 185))


def test_a_person_keeps_their_position_inside_the_box_of_two_merged_people() -> None:
    merged = [(80.0, 216.0), (78.0, 219.0), (82.0, 217.0)] * 5
    assert all(box == pytest.approx((100, 200)) for box in filtered([(100.0, 200.0)] * 20 + merged)[20:25])


def test_a_person_stays_inside_a_box_that_is_too_tall() -> None:
    assert filtered([(100.0, 200.0)] * 10 + [(120.0, 260.0)])[-1] == pytest.approx((120, 220))


def test_a_jump_stays_with_the_filter_switched_off() -> None:
    off = BoxHeightParameters(tolerance=9.0)
    assert filtered([(100.0, 200.0)] * 10 + [(40.0, 201.0)], off)[-1] == (40, 201)


def test_a_lasting_change_of_height_is_accepted() -> None:
    assert filtered([(100.0, 150.0)] * 5 + [(100.0, 200.0)] * 12)[-1] == (100, 200)


def test_a_person_who_walks_towards_the_camera_keeps_their_boxes() -> None:
    edges = [(100.0, 200.0 + 2 * i) for i in range(40)]
    assert filtered(edges) == edges
