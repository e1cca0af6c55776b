"""The walks of the clip and the crossings that follow from them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from local.clip.scene import HEIGHT, LINE, WIDTH
from local.clip.walks import DURATION_S, WALKS, Walk, Waypoint, crossings

LINE_Y = LINE[1] * HEIGHT


def test_a_walk_down_over_the_line_is_one_in_when_the_feet_cross() -> None:
    walk = Walk(0, (Waypoint(2.0, 320, LINE_Y - 30), Waypoint(5.0, 320, LINE_Y + 60)))
    (crossing,) = crossings([walk])
    assert crossing.direction == "IN"
    assert crossing.t == pytest.approx(3.0)


def test_a_walk_up_over_the_line_is_an_out() -> None:
    walk = Walk(0, (Waypoint(0.0, 300, LINE_Y + 10), Waypoint(1.0, 300, LINE_Y - 10)))
    assert [crossing.direction for crossing in crossings([walk])] == ["OUT"]


def test_passing_beyond_the_end_of_the_line_is_not_a_crossing() -> None:
    outside = LINE[2] * WIDTH + 5
    walk = Walk(0, (Waypoint(0.0, outside, LINE_Y - 10), Waypoint(1.0, outside, LINE_Y + 10)))
    assert crossings([walk]) == []


@given(st.lists(st.integers(0, HEIGHT).map(float), min_size=2, max_size=12))
def test_ins_less_outs_is_the_difference_of_the_sides_at_the_ends(heights: list[float]) -> None:
    walk = Walk(0, tuple(Waypoint(float(n), WIDTH / 2, y) for n, y in enumerate(heights)))
    net = sum(1 if crossing.direction == "IN" else -1 for crossing in crossings([walk]))
    assert net == (heights[-1] >= LINE_Y) - (heights[0] >= LINE_Y)


def test_the_clip_has_crossings_of_both_directions_and_walks_without_a_crossing() -> None:
    directions = [crossing.direction for crossing in crossings(WALKS)]
    assert (directions.count("IN"), directions.count("OUT")) == (7, 7)
    assert sum(1 for walk in WALKS if not crossings([walk])) == 2


def test_the_scene_is_empty_when_the_clip_loops() -> None:
    assert all(walk.at(0.0) is None and walk.at(DURATION_S) is None for walk in WALKS)


def test_every_walk_is_continuous_and_in_the_order_of_time() -> None:
    for walk in WALKS:
        for before, after in pairwise(walk.waypoints):
            assert after.t > before.t
            speed = ((after.x - before.x) ** 2 + (after.y - before.y) ** 2) ** 0.5 / (after.t - before.t)
            assert speed < 200, "pixels per second"


def test_a_walk_is_at_each_waypoint_at_its_time() -> None:
    walk = WALKS[0]
    for waypoint in walk.waypoints:
        assert walk.at(waypoint.t) == pytest.approx((waypoint.x, waypoint.y))
