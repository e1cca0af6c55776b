"""People who come and go: pure, and the same for the same seed."""

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
    """Somebody passes the door, `t` seconds after the start; `person` counts those who came, from 1."""

    t: float
    person: int
    direction: Direction


def passages(seed: int) -> Iterator[Passage]:
    """Without end, in the order of time: arrivals of a Poisson process, each followed by the same person's exit."""
    chance = random.Random(seed)  # noqa: S311 - a simulation, no secret
    inside: list[Passage] = []
    t = 0.0
    person = 0
    while True:
        person += 1
        t += chance.expovariate(1 / MEAN_BETWEEN_ARRIVALS_S)
        while inside and inside[0].t <= t:
            yield heapq.heappop(inside)
        yield Passage(t, person, Direction.IN)
        stay_s = SHORTEST_STAY_S + chance.expovariate(1 / (MEAN_STAY_S - SHORTEST_STAY_S))
        heapq.heappush(inside, Passage(t + stay_s, person, Direction.OUT))
