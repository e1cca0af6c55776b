"""Simulated visitors."""

from __future__ import annotations

from itertools import islice, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edge_worker.crossing import Direction
from local.simulator.visitors import MEAN_BETWEEN_ARRIVALS_S, MEAN_STAY_S, passages

SEEDS = st.integers(0, 10_000)


@given(SEEDS)
@settings(max_examples=30)
def test_they_come_in_the_order_of_time_and_leave_after_they_came(seed: int) -> None:
    seen = list(islice(passages(seed), 400))
    assert all(before.t <= after.t for before, after in pairwise(seen))
    inside: set[int] = set()
    for passage in seen:
        if passage.direction is Direction.IN:
            assert passage.person not in inside
            inside.add(passage.person)
        else:
            inside.remove(passage.person)


def test_the_same_seed_tells_the_same_story() -> None:
    assert list(islice(passages(3), 50)) == list(islice(passages(3), 50))
    assert list(islice(passages(3), 50)) != list(islice(passages(4), 50))


def test_the_store_fills_to_what_littles_law_says() -> None:
    arrivals = stays = 0.0
    came: dict[int, float] = {}
    for passage in islice(passages(1), 20_000):
        if passage.direction is Direction.IN:
            came[passage.person] = passage.t
            arrivals = passage.t / passage.person
        else:
            stays += passage.t - came[passage.person]
    assert arrivals == pytest.approx(MEAN_BETWEEN_ARRIVALS_S, rel=0.05)
    assert stays / len(came) == pytest.approx(MEAN_STAY_S, rel=0.05)
