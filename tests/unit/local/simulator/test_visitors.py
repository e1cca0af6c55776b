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
def test_passages_are_in_the_order_of_time_and_exits_follow_entries(seed: int) -> None:
    sample = list(islice(passages(seed), 400))
    assert all(before.t <= after.t for before, after in pairwise(sample))
    inside: set[int] = set()
    for passage in sample:
        if passage.direction is Direction.IN:
            assert passage.person not in inside
            inside.add(passage.person)
        else:
            inside.remove(passage.person)


def test_the_same_seed_gives_the_same_passages() -> None:
    assert list(islice(passages(3), 50)) == list(islice(passages(3), 50))
    assert list(islice(passages(3), 50)) != list(islice(passages(4), 50))


def test_the_store_fills_to_what_littles_law_says() -> None:
    arrivals = stays = 0.0
    entered_at: dict[int, float] = {}
    for passage in islice(passages(1), 20_000):
        if passage.direction is Direction.IN:
            entered_at[passage.person] = passage.t
            arrivals = passage.t / passage.person
        else:
            stays += passage.t - entered_at[passage.person]
    assert arrivals == pytest.approx(MEAN_BETWEEN_ARRIVALS_S, rel=0.05)
    assert stays / len(entered_at) == pytest.approx(MEAN_STAY_S, rel=0.05)
