"""People walking along given points, for the counter's tests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edge_worker.counting import CounterPolicy, LineCounter, Sighting
from edge_worker.crossing import Crossing

HEIGHT = 100.0
"""Pixels; distances in the tests are easily told in heights."""
LINE = (0.0, 500.0, 1000.0, 500.0)
"""Left to right: IN is downwards."""
FPS = 10.0

Point = tuple[float, float] | None
"""None: not seen in this frame."""


def count(
    *paths: Sequence[Point],
    policy: CounterPolicy | None = None,
    line: tuple[float, float, float, float] = LINE,
    height: float = HEIGHT,
    fps: float = FPS,
    finish: bool = True,
) -> list[Crossing]:
    """The crossings of people 1, 2, … who are at these points in frames 0, 1, …"""
    counter = LineCounter(line, policy)
    crossings: list[Crossing] = []
    for frame in range(max(len(path) for path in paths)):
        seen = [
            Sighting(number, point[0], point[1], height, height / 3)
            for number, path in enumerate(paths, 1)
            if frame < len(path) and (point := path[frame]) is not None
        ]
        crossings += counter.update(seen, frame, frame / fps)
    return crossings + (counter.finish() if finish else [])


def directions(crossings: Iterable[Crossing]) -> list[str]:
    return [crossing.direction.value for crossing in crossings]


def down(ys: Iterable[float], x: float = 500.0) -> list[Point]:
    """At these heights of the frame, straight above one another."""
    return [(x, y) for y in ys]


def unseen(frames: int) -> list[Point]:
    return [None] * frames
