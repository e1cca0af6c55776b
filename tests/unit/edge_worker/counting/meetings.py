"""Simulated pairs who meet on the line, share one box for a moment, and are continued with the wrong identities.

Everything is in metres and seconds, as in `walkers`. The line is at y = 0; IN is y > 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np

from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import TrackObservation
from edge_worker.crossing import Direction
from tests.unit.edge_worker.counting.walkers import DOOR, PIXELS_PER_METRE

AWAY_M = 2.5
"""Where people come from and walk to, metres from the line."""
BEFORE_LINE_M = 0.15
"""Who turns back comes this near to the line."""
SHARED_HEIGHTS = 0.25
"""Two people share one box while they are less than this many heights apart: their boxes overlap by 60 % then."""


class Outcome(StrEnum):
    """What the two do, and what the tracker makes of it.

    PASS: They pass each other, and each track continues with the same person.
    EXCHANGE: They pass each other, and each track continues with the other person.
    NEW_TRACK: They pass each other; the track that goes on is continued with the other person, and the hidden one
        comes back with a new id.
    TURN_BACK: They stop, and each goes back.
    """

    PASS = "pass"
    EXCHANGE = "exchange"
    NEW_TRACK = "new track"
    TURN_BACK = "turn back"


@dataclass(frozen=True, slots=True)
class Errors:
    """The errors of the detector: standard deviations of the anchor and of the height, in box heights."""

    jitter: float = 0.015
    height_jitter: float = 0.03


@dataclass(frozen=True, slots=True)
class Tally:
    """The true crossings of many pairs, and the wrong counts of both directions."""

    true: int
    wrong: int


def score_meetings(
    outcome: Outcome,
    pairs: int,
    *,
    fps: float,
    seed: int = 1,
    errors: Errors | None = None,
    parameters: CounterParameters | None = None,
) -> Tally:
    """Return the wrong counts of pairs who meet, each with a counter of its own."""
    true = wrong = 0
    for meeting in _meetings(outcome, pairs, fps, seed, errors or Errors()):
        ax, ay, bx, by = (400 + PIXELS_PER_METRE * value for value in (DOOR[0], 0.0, DOOR[1], 0.0))
        counter = LineCounter((ax, ay, bx, by), parameters)
        counted = dict.fromkeys(Direction, 0)
        crossings = []
        frame = 0
        for frame, observations in enumerate(meeting):
            crossings += counter.update(observations, frame, frame / fps)
        # Nobody is seen for longer than the counter waits.
        crossings += counter.update([], frame + 1, (frame + 1) / fps + 10.0) + counter.finish()
        for crossing in crossings:
            counted[crossing.direction] += 1
        expected = 0 if outcome is Outcome.TURN_BACK else 1
        true += 2 * expected
        wrong += sum(abs(counted[direction] - expected) for direction in Direction)
    return Tally(true, wrong)


@lru_cache(maxsize=1)
def _meetings(
    outcome: Outcome, pairs: int, fps: float, seed: int, errors: Errors
) -> list[list[list[TrackObservation]]]:
    """Return the observations of each frame of each meeting; those of the last call are kept, to be counted again."""
    random = np.random.default_rng(seed)
    return [list(_meeting(outcome, random, fps, errors)) for _ in range(pairs)]


def _meeting(
    outcome: Outcome, random: np.random.Generator, fps: float, errors: Errors
) -> Iterator[list[TrackObservation]]:
    """Yield the observations of each frame: track 1 comes from above (to IN), track 2 from below."""
    heights = random.uniform(1.65, 1.95), random.uniform(1.45, 1.7)
    if random.random() < 0.5:
        heights = heights[::-1]
    # Plain floats: arithmetic with numpy's scalars takes several times as long, here and in the counter.
    speeds = random.uniform(0.8, 1.5, 2).tolist()
    x, aside = random.uniform(DOOR[0] + 0.5, DOOR[1] - 0.5), random.uniform(-0.25, 0.25)
    meet_y = random.uniform(-0.15, 0.15)
    meets_at = AWAY_M / min(speeds) + 0.5
    shared_s = random.uniform(0.6, 1.0) * SHARED_HEIGHTS * max(heights) / sum(speeds)
    front = int(random.integers(2))
    turns = outcome is Outcome.TURN_BACK
    exchanged = outcome in (Outcome.EXCHANGE, Outcome.NEW_TRACK)

    def observation(tracker_id: int, person: int, t: float) -> TrackObservation:
        way = speeds[person] * (t - meets_at)
        y = (1 if person == 0 else -1) * (-abs(way) - BEFORE_LINE_M) if turns else meet_y + (1 - 2 * person) * way
        height = heights[person] * PIXELS_PER_METRE
        noise = random.standard_normal(3).tolist()
        return TrackObservation(
            tracker_id,
            400 + PIXELS_PER_METRE * (x + (aside if person else -aside)) + errors.jitter * height * noise[0],
            400 + PIXELS_PER_METRE * y + errors.jitter * height * noise[1],
            height * (1 + errors.height_jitter * noise[2]),
            height / 3,
        )

    for step in range(int(2 * meets_at * fps)):
        t = step / fps
        if abs(t - meets_at) <= shared_s:
            yield [observation(front + 1, front, t)]
        elif t < meets_at or not exchanged:
            yield [observation(1, 0, t), observation(2, 1, t)]
        else:
            hidden = 3 if outcome is Outcome.NEW_TRACK else 2 - front
            yield [observation(front + 1, 1 - front, t), observation(hidden, front, t)]
