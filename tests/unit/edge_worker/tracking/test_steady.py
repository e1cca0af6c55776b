from __future__ import annotations

import pytest

from edge_worker.tracking import SteadyBoxes, SteadyPolicy, Track

Edges = tuple[float, float]
"""Top and bottom of the box."""


def steadied(edges: list[Edges], policy: SteadyPolicy | None = None) -> list[Edges]:
    boxes = SteadyBoxes(policy)
    result = []
    for frame, (top, bottom) in enumerate(edges):
        (track,) = boxes.update([Track(1, (0.0, top, 40.0, bottom), 0.9)], frame / 10)
        result.append((track.box[1], track.box[3]))
    return result


def test_a_box_of_the_usual_height_is_believed() -> None:
    edges = [(100.0 + i, 200.0 + i) for i in range(10)]
    assert steadied(edges) == edges


def test_a_top_that_leaps_is_put_back_from_the_feet() -> None:
    """A sign above the head is taken for a part of the person."""
    assert steadied([(100.0, 200.0)] * 10 + [(40.0, 203.0)])[-1] == pytest.approx((103, 203))


def test_feet_that_are_hidden_are_put_back_from_the_head() -> None:
    assert steadied([(100.0, 200.0)] * 10 + [(103.0, 150.0)])[-1] == pytest.approx((103, 203))
    assert steadied([(100.0, 200.0)] * 10 + [(85.0, 150.0)])[-1] == pytest.approx((85, 185))


def test_in_the_box_of_two_people_who_merge_a_person_stays_where_they_were() -> None:
    merged = [(80.0, 216.0), (78.0, 219.0), (82.0, 217.0)] * 5
    assert all(box == pytest.approx((100, 200)) for box in steadied([(100.0, 200.0)] * 20 + merged)[20:25])


def test_a_box_that_is_too_tall_pushes_along_who_would_be_outside() -> None:
    assert steadied([(100.0, 200.0)] * 10 + [(120.0, 260.0)])[-1] == pytest.approx((120, 220))


def test_without_repair_the_leap_stays() -> None:
    off = SteadyPolicy(tolerance=9.0)
    assert steadied([(100.0, 200.0)] * 10 + [(40.0, 201.0)], off)[-1] == (40, 201)


def test_a_person_who_really_is_taller_is_believed_after_a_while() -> None:
    assert steadied([(100.0, 150.0)] * 5 + [(100.0, 200.0)] * 12)[-1] == (100, 200)


def test_somebody_who_walks_towards_the_camera_is_believed_all_the_way() -> None:
    edges = [(100.0, 200.0 + 2 * i) for i in range(40)]
    assert steadied(edges) == edges
