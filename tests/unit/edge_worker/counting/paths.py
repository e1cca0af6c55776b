"""People who walk along given points, for the tests of the counter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import TrackObservation
from edge_worker.crossing import Crossing

HEIGHT = 100.0
"""In pixels; 100 makes distances easy to read in heights."""
LINE = (0.0, 500.0, 1000.0, 500.0)
"""Left to right: IN is downwards."""
FPS = 10.0

Point = tuple[float, float] | None
"""None: not observed in this frame."""


def count(
    *paths: Sequence[Point],
    parameters: CounterParameters | None = None,
    line: tuple[float, float, float, float] = LINE,
    height: float = HEIGHT,
    fps: float = FPS,
    finish: bool = True,
) -> list[Crossing]:
    """Return the crossings of people 1, 2, … who are at these points in frames 0, 1, …"""
    counter = LineCounter(line, parameters)
    crossings: list[Crossing] = []
    for frame in range(max(len(path) for path in paths)):
        observations = [
            TrackObservation(number, point[0], point[1], height, height / 3)
            for number, path in enumerate(paths, 1)
            if frame < len(path) and (point := path[frame]) is not None
        ]
        crossings += counter.update(observations, frame, frame / fps)
    return crossings + (counter.finish() if finish else [])


def directions(crossings: Iterable[Crossing]) -> list[str]:
    return [crossing.direction.value for crossing in crossings]


def down(ys: Iterable[float], x: float = 500.0) -> list[Point]:
    """Return a vertical path through these y coordinates."""
    return [(x, y) for y in ys]


def unobserved(frames: int) -> list[Point]:
    return [None] * frames
