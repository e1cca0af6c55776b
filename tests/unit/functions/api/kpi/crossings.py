"""Crossings of a store-day, and what brute force over them says of the occupancy."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from hypothesis import strategies as st

from functions.api.kpi.live_occupancy import CrossingSum, sum_crossings
from functions.api.kpi.occupancy import Reset
from functions.api.kpi.window import Window
from tests.unit.functions.api.kpi.visits import DAY, at

QUARTER_S = 900
DAY_S = int(DAY.seconds)


@dataclass(frozen=True, slots=True, order=True)
class Crossing:
    """A crossing; sorted, IN comes before OUT at the same second."""

    second: int
    direction: Literal["IN", "OUT"]

    @property
    def step(self) -> int:
        return 1 if self.direction == "IN" else -1


@dataclass(frozen=True, slots=True)
class Correction:
    """A correction of the occupancy by hand."""

    second: int
    occupancy: int

    @property
    def reset(self) -> Reset:
        return Reset(at(self.second), self.occupancy)


def crossings(first: int = 0, last: int = DAY_S - 1) -> st.SearchStrategy[list[Crossing]]:
    """Any crossings in order: often many at a time, often more OUT than IN."""
    second = st.one_of(st.integers(first, last), st.sampled_from(range(first, last, 300)))
    return st.lists(st.builds(Crossing, second, st.sampled_from(["IN", "OUT"])), max_size=60).map(sorted)


def corrections() -> st.SearchStrategy[list[Correction]]:
    """A few corrections at different seconds, in order."""
    one = st.builds(Correction, st.integers(1, DAY_S - 1), st.integers(0, 5))
    return st.lists(one, max_size=3, unique_by=lambda correction: correction.second).map(
        lambda found: sorted(found, key=lambda correction: correction.second)
    )


def seconds(events: Iterable[Crossing], direction: str) -> list[float]:
    """Return the seconds of the crossings in one direction."""
    return [float(event.second) for event in events if event.direction == direction]


def floored_per_crossing(events: Sequence[Crossing], resets: Sequence[Reset]) -> tuple[int, int]:
    """Return the people inside after all crossings, and the exits that found nobody inside; step by step."""
    steps: list[tuple[float, int, Crossing | Reset]] = [
        ((reset.at - DAY.start).total_seconds(), 0, reset) for reset in resets
    ]
    steps += [(event.second, 1 if event.direction == "IN" else 2, event) for event in events]
    inside = unmatched = 0
    for _, _, step in sorted(steps, key=lambda step: step[:2]):
        if isinstance(step, Reset):
            inside = step.occupancy
        elif step.step > 0:
            inside += 1
        elif inside:
            inside -= 1
        else:
            unmatched += 1
    return inside, unmatched


def crossing_sum(events: Sequence[Crossing], window: Window) -> CrossingSum:
    """Return the sum of the crossings of a window, given in the opposite order."""
    within = [event for event in events if at(event.second) in window]
    return sum_crossings((at(event.second), event.direction == "IN") for event in reversed(within))
