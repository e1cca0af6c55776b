"""Simulate visitors who enter and leave: pure, and the same for the same seed."""

from __future__ import annotations

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass

from edge_worker.crossing import Direction

MEAN_BETWEEN_ARRIVALS_S = 6.0
MEAN_STAY_S = 45.0
SHORTEST_STAY_S = 5.0


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """A person passes the door `t` seconds after the start; `person` is the number of the visitor, from 1."""

    t: float
    person: int
    direction: Direction


def passages(seed: int) -> Iterator[Passage]:
    """Yield passages without end, in the order of time: Poisson arrivals, each followed by an exit."""
    rng = random.Random(seed)  # noqa: S311 - a simulation, no secret
    inside: list[Passage] = []
    t = 0.0
    person = 0
    while True:
        person += 1
        t += rng.expovariate(1 / MEAN_BETWEEN_ARRIVALS_S)
        while inside and inside[0].t <= t:
            yield heapq.heappop(inside)
        yield Passage(t, person, Direction.IN)
        stay_s = SHORTEST_STAY_S + rng.expovariate(1 / (MEAN_STAY_S - SHORTEST_STAY_S))
        heapq.heappush(inside, Passage(t + stay_s, person, Direction.OUT))
