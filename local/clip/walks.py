"""The walks of the people in the clip as paths of their feet, and the crossings that follow from them. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from local.clip.scene import HEIGHT, LINE, WIDTH

Direction = Literal["IN", "OUT"]

DURATION_S: Final = 61.0


@dataclass(frozen=True, slots=True)
class Waypoint:
    """The feet are at (x, y) pixels, `t` seconds into the clip."""

    t: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Walk:
    """The path of one person, at constant speed between the waypoints.

    Attributes:
        person: An index into the cut-out people.
        waypoints: Two or more, in the order of time.
    """

    person: int
    waypoints: tuple[Waypoint, ...]

    def at(self, t: float) -> tuple[float, float] | None:
        """Return the position of the feet at `t` seconds; None before and after the walk."""
        if not self.waypoints[0].t <= t <= self.waypoints[-1].t:
            return None
        n = min(bisect_right([waypoint.t for waypoint in self.waypoints], t), len(self.waypoints) - 1)
        before, after = self.waypoints[n - 1], self.waypoints[n]
        fraction = (t - before.t) / (after.t - before.t)
        return before.x + fraction * (after.x - before.x), before.y + fraction * (after.y - before.y)

    def speed_right(self, t: float) -> float:
        """Return the speed to the right at `t` seconds, in pixels per second."""
        n = min(max(bisect_right([waypoint.t for waypoint in self.waypoints], t), 1), len(self.waypoints) - 1)
        before, after = self.waypoints[n - 1], self.waypoints[n]
        return (after.x - before.x) / (after.t - before.t)


@dataclass(frozen=True, slots=True)
class TrueCrossing:
    """A crossing of the counting line at `t` seconds."""

    t: float
    direction: Direction


def crossings(walks: Iterable[Walk]) -> list[TrueCrossing]:
    """Return every crossing of the line between its ends, in the order of time.

    The line is horizontal and runs from left to right, so IN is downwards.
    """
    left, right, y = LINE[0] * WIDTH, LINE[2] * WIDTH, LINE[1] * HEIGHT
    found: list[TrueCrossing] = []
    for walk in walks:
        for before, after in pairwise(walk.waypoints):
            if (before.y < y) == (after.y < y):
                continue
            fraction = (y - before.y) / (after.y - before.y)
            if left <= before.x + fraction * (after.x - before.x) <= right:
                t = before.t + fraction * (after.t - before.t)
                found.append(TrueCrossing(round(t, 2), "IN" if after.y > before.y else "OUT"))
    return sorted(found, key=lambda crossing: crossing.t)


def _walk_in(person: int, t: float, door_x: float, street_x: float, end: tuple[float, float]) -> Walk:
    """Return a walk that starts at `t` on the street at `street_x` and goes through the door to `end` in the shop."""
    return Walk(
        person,
        (
            Waypoint(t, street_x, 208),
            Waypoint(t + 1.9, door_x, 214),
            Waypoint(t + 3.6, door_x, 292),
            Waypoint(t + 7.2, *end),
        ),
    )


def _walk_out(person: int, t: float, door_x: float, street_x: float, start: tuple[float, float]) -> Walk:
    """Return a walk that starts at `t` at `start` in the shop and goes through the door to the street."""
    return Walk(
        person,
        (
            Waypoint(t, *start),
            Waypoint(t + 3.6, door_x, 292),
            Waypoint(t + 5.3, door_x, 214),
            Waypoint(t + 7.2, street_x, 208),
        ),
    )


_LEFT: Final = (-110.0, 400.0)
_RIGHT: Final = (750.0, 400.0)
_STREET_LEFT: Final = 150.0
_STREET_RIGHT: Final = 490.0

WALKS: Final[Sequence[Walk]] = (
    _walk_in(0, 0.5, 320, _STREET_LEFT, _RIGHT),
    _walk_in(1, 4.6, 300, _STREET_RIGHT, _LEFT),
    _walk_out(2, 8.0, 330, _STREET_RIGHT, _LEFT),
    # Two people side by side.
    _walk_in(3, 13.2, 275, _STREET_LEFT, _LEFT),
    _walk_in(0, 13.4, 365, _STREET_RIGHT, _RIGHT),
    # Passes by outside, without a crossing.
    Walk(1, (Waypoint(18.6, _STREET_LEFT, 204), Waypoint(22.4, _STREET_RIGHT, 204))),
    _walk_out(2, 19.6, 320, _STREET_LEFT, _RIGHT),
    # One out and one in, past each other.
    _walk_out(3, 25.0, 370, _STREET_RIGHT, _RIGHT),
    _walk_in(1, 27.2, 272, _STREET_LEFT, _LEFT),
    # Comes to the door and turns back into the shop.
    Walk(0, (Waypoint(33.0, *_RIGHT), Waypoint(36.2, 345, 320), Waypoint(37.4, 345, 320), Waypoint(40.8, *_RIGHT))),
    _walk_out(2, 36.6, 290, _STREET_LEFT, _LEFT),
    _walk_in(3, 41.6, 330, _STREET_RIGHT, _RIGHT),
    _walk_out(1, 43.4, 285, _STREET_LEFT, _LEFT),
    # In and out again.
    Walk(
        0,
        (
            Waypoint(45.6, _STREET_RIGHT, 208),
            Waypoint(47.3, 350, 214),
            Waypoint(49.2, 350, 300),
            Waypoint(50.2, 350, 300),
            Waypoint(52.0, 350, 214),
            Waypoint(53.8, _STREET_RIGHT, 208),
        ),
    ),
    _walk_out(3, 53.4, 310, _STREET_LEFT, _RIGHT),
)
