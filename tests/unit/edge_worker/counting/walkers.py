"""Simulated walkers with known ground truth, observed with the errors of a detector and a tracker.

Everything is in metres and seconds; a person is 1.7 m tall. The line spans a gap in a wall (a doorway), so that some
walk through, some pass by, some come back and some turn back on the threshold.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, hypot

import numpy as np

from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import TrackObservation
from edge_worker.crossing import Crossing, Direction

PIXELS_PER_METRE = 60.0
TALL = 1.7 * PIXELS_PER_METRE
DOOR = (-1.5, 1.5)
"""The line, from x = −1.5 m to x = 1.5 m at y = 0; IN is y > 0."""
MARGIN = 0.25
"""Walkers keep this distance from the door posts, where the true answer would be ambiguous."""


@dataclass(frozen=True, slots=True)
class Detector:
    """The errors of detection and tracking.

    Attributes:
        jitter: Standard deviation of the anchor, in box heights.
        miss: Share of single observations that are missing.
        blackouts: How often per second a walker is hidden, for up to ``blackout_s``.
        switch: After a blackout, the share of walkers who come back with a new id.
    """

    jitter: float = 0.015
    miss: float = 0.05
    blackouts: float = 0.1
    blackout_s: float = 0.8
    switch: float = 0.7


@dataclass(frozen=True, slots=True)
class Walk:
    """A walker's path, one point a frame, the true crossings, and the height of the walker in pixels."""

    begins: int
    points: np.ndarray
    truth: tuple[Direction, ...]
    height: float = TALL


def walk(random: np.random.Generator, begins: int, fps: float) -> Walk:
    """Return a random walk: through the door, through it and back, past it, or up to it and back."""
    kind = random.choice(["through", "and back", "past", "threshold"], p=[0.6, 0.15, 0.15, 0.1])
    side = float(random.choice([-1.0, 1.0]))
    inside = random.uniform(DOOR[0] + MARGIN, DOOR[1] - MARGIN)
    far = side * random.uniform(2.5, 4.0)
    start = (inside + random.uniform(-1.0, 1.0), -far)
    door = (inside, 0.0)
    end = (inside + random.uniform(-1.0, 1.0), far)
    ways: dict[str, list[tuple[float, float]]] = {
        "through": [start, door, end],
        "and back": [start, door, end, door, start],
        "past": [(-5.0, -side * random.uniform(0.5, 1.5)), (5.0, -side * random.uniform(0.5, 1.5))],
        "threshold": [start, (inside, -side * random.uniform(0.3, 0.6)), start],
    }
    forth = Direction.IN if side > 0 else Direction.OUT
    truths: dict[str, tuple[Direction, ...]] = {
        "through": (forth,), "and back": (forth, forth.opposite), "past": (), "threshold": ()
    }  # fmt: skip
    speed = random.uniform(0.7, 1.7)
    return Walk(begins, _along(ways[kind], speed / fps), truths[kind])


def score_walkers(
    seed: int,
    walkers: int,
    *,
    fps: float = 10.0,
    detector: Detector | None = None,
    parameters: CounterParameters | None = None,
) -> tuple[int, int]:
    """(true crossings, wrong counts), where a wrong count is a missed or an extra crossing of one direction.

    Walkers come one after the other, up to four at a time, over many minutes.
    """
    random = np.random.default_rng(seed)
    detector = detector or Detector()
    walks = [walk(random, int(i * fps * 2.5), fps) for i in range(walkers)]
    counted = dict.fromkeys(Direction, 0)
    for crossing in count_walks(walks, random, detector, fps, LineCounter(line(), parameters)):
        counted[crossing.direction] += 1
    true = {direction: sum(one.truth.count(direction) for one in walks) for direction in Direction}
    return sum(true.values()), sum(abs(counted[direction] - true[direction]) for direction in Direction)


def line() -> tuple[float, float, float, float]:
    """The line in pixels."""
    return (*_pixels(DOOR[0], 0.0), *_pixels(DOOR[1], 0.0))


def count_walks(
    walks: Sequence[Walk], random: np.random.Generator, detector: Detector, fps: float, counter: LineCounter
) -> list[Crossing]:
    """The crossings of walkers, of whom number n has the track ids from 100 n + 1 on."""
    return count_frames(observe_walks(walks, random, detector, fps), fps, counter)


def observe_walks(
    walks: Sequence[Walk], random: np.random.Generator, detector: Detector, fps: float
) -> list[list[TrackObservation]]:
    """The observations of each frame, of walkers of whom number n has the track ids from 100 n + 1 on."""
    seen: dict[int, list[TrackObservation]] = {}
    for number, one in enumerate(walks):
        for frame, observation in _observations(one, number, random, detector, fps):
            seen.setdefault(frame, []).append(observation)
    return [seen.get(frame, []) for frame in range(max(seen) + 1)]


def count_frames(frames: Sequence[Sequence[TrackObservation]], fps: float, counter: LineCounter) -> list[Crossing]:
    """The crossings that are counted in the observations of each frame."""
    crossings: list[Crossing] = []
    for frame, observations in enumerate(frames):
        crossings += counter.update(observations, frame, frame / fps)
    return crossings + counter.finish()


def _observations(
    one: Walk, number: int, random: np.random.Generator, detector: Detector, fps: float
) -> Iterator[tuple[int, TrackObservation]]:
    tracker_id, fresh = number * 100 + 1, 0
    hidden_until = -1
    # Plain floats: arithmetic with numpy's scalars takes several times as long, here and in the counter.
    for step, (x, y) in enumerate(one.points.tolist()):
        if step > hidden_until and random.random() < detector.blackouts / fps:
            hidden_until = step + int(random.uniform(0.2, detector.blackout_s) * fps)
            if random.random() < detector.switch:
                fresh += 1
        if step <= hidden_until or random.random() < detector.miss:
            continue
        px, py = _pixels(x, y)
        errors = random.standard_normal(3).tolist()
        noise = detector.jitter * one.height
        yield (
            one.begins + step,
            TrackObservation(
                tracker_id + fresh,
                px + noise * errors[0],
                py + noise * errors[1],
                one.height * (1 + 0.02 * errors[2]),
                one.height / 3,
            ),
        )


def _along(way: list[tuple[float, float]], step: float) -> np.ndarray:
    points = [way[0]]
    for (x, y), (to_x, to_y) in pairwise(way):
        length = hypot(to_x - x, to_y - y)
        points += [
            (x + (to_x - x) * walked / length, y + (to_y - y) * walked / length)
            for walked in (step * number for number in range(1, ceil(length / step)))
        ]
        points.append((to_x, to_y))
    return np.array(points)


def _pixels(x: float, y: float) -> tuple[float, float]:
    return 400 + x * PIXELS_PER_METRE, 400 + y * PIXELS_PER_METRE
