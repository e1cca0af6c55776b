"""Who walks where and when: pure paths of feet over the picture, and the crossings that follow from them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from local.clip.scene import HEIGHT, LINE, WIDTH

Direction = Literal["IN", "OUT"]

DURATION_S: Final = 54.0


@dataclass(frozen=True, slots=True)
class Step:
    """Feet at (x, y) pixels, `t` seconds into the clip."""

    t: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Walk:
    """One person's way through the picture, at constant speed between its steps.

    Attributes:
        look: which of the people it is, an index into the cast.
        steps: in the order of time, two or more.
    """

    look: int
    steps: tuple[Step, ...]

    def at(self, t: float) -> tuple[float, float] | None:
        """Where the feet are at `t`; None before and after the walk."""
        if not self.steps[0].t <= t <= self.steps[-1].t:
            return None
        n = min(bisect_right([step.t for step in self.steps], t), len(self.steps) - 1)
        before, after = self.steps[n - 1], self.steps[n]
        share = (t - before.t) / (after.t - before.t)
        return before.x + share * (after.x - before.x), before.y + share * (after.y - before.y)

    def heading(self, t: float) -> float:
        """Pixels per second to the right (negative: to the left) at `t`."""
        n = min(max(bisect_right([step.t for step in self.steps], t), 1), len(self.steps) - 1)
        before, after = self.steps[n - 1], self.steps[n]
        return (after.x - before.x) / (after.t - before.t)


@dataclass(frozen=True, slots=True)
class LabelledCrossing:
    """Feet on the line at `t` seconds."""

    t: float
    direction: Direction


def crossings(walks: Iterable[Walk]) -> list[LabelledCrossing]:
    """Every passage of feet over the counting line between its ends, in the order of time.

    The line is level and runs from left to right, so IN is down the picture (DESIGN section 3).
    """
    left, right, y = LINE[0] * WIDTH, LINE[2] * WIDTH, LINE[1] * HEIGHT
    found: list[LabelledCrossing] = []
    for walk in walks:
        for before, after in pairwise(walk.steps):
            if (before.y < y) == (after.y < y):
                continue
            share = (y - before.y) / (after.y - before.y)
            if left <= before.x + share * (after.x - before.x) <= right:
                t = before.t + share * (after.t - before.t)
                found.append(LabelledCrossing(round(t, 2), "IN" if after.y > before.y else "OUT"))
    return sorted(found, key=lambda crossing: crossing.t)


def _way_in(look: int, t: float, door_x: float, street_x: float, end: tuple[float, float]) -> Walk:
    """From the street at `street_x` through the door at `door_x` to `end` in the shop; `t` is when they appear."""
    return Walk(
        look,
        (
            Step(t, street_x, 208),
            Step(t + 1.9, door_x, 214),
            Step(t + 3.6, door_x, 292),
            Step(t + 7.2, *end),
        ),
    )


def _way_out(look: int, t: float, door_x: float, street_x: float, start: tuple[float, float]) -> Walk:
    """The same backwards: from `start` in the shop to the street."""
    return Walk(
        look,
        (
            Step(t, *start),
            Step(t + 3.6, door_x, 292),
            Step(t + 5.3, door_x, 214),
            Step(t + 7.2, street_x, 208),
        ),
    )


_LEFT: Final = (-110.0, 400.0)
_RIGHT: Final = (750.0, 400.0)
_STREET_LEFT: Final = 150.0
_STREET_RIGHT: Final = 490.0

WALKS: Final[Sequence[Walk]] = (
    _way_in(0, 0.5, 320, _STREET_LEFT, _RIGHT),
    _way_in(1, 4.6, 300, _STREET_RIGHT, _LEFT),
    _way_out(2, 8.0, 330, _STREET_RIGHT, _LEFT),
    # two side by side
    _way_in(3, 13.2, 275, _STREET_LEFT, _LEFT),
    _way_in(0, 13.4, 365, _STREET_RIGHT, _RIGHT),
    # somebody passes by outside and crosses nothing
    Walk(1, (Step(18.6, _STREET_LEFT, 204), Step(22.4, _STREET_RIGHT, 204))),
    _way_out(2, 19.6, 320, _STREET_LEFT, _RIGHT),
    # one out and one in, past each other
    _way_out(3, 25.0, 370, _STREET_RIGHT, _RIGHT),
    _way_in(1, 27.2, 272, _STREET_LEFT, _LEFT),
    # comes to the door, thinks better of it, stays in the shop
    Walk(0, (Step(33.0, *_RIGHT), Step(36.2, 345, 320), Step(37.4, 345, 320), Step(40.8, *_RIGHT))),
    _way_out(2, 36.6, 290, _STREET_LEFT, _LEFT),
    _way_in(3, 41.6, 330, _STREET_RIGHT, _RIGHT),
    _way_out(1, 43.4, 285, _STREET_LEFT, _LEFT),
    # there and back again: in, a look round, out
    Walk(
        0,
        (
            Step(45.6, _STREET_RIGHT, 208),
            Step(47.3, 350, 214),
            Step(49.2, 350, 300),
            Step(50.2, 350, 300),
            Step(52.0, 350, 214),
            Step(53.8, _STREET_RIGHT, 208),
        ),
    ),
)
