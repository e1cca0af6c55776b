"""Where a track begins, before it is confirmed, worked out by hand: the line is at y = 500, IN is downwards."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.person_state import FirstObservation, TrackObservation
from edge_worker.crossing import Crossing
from edge_worker.detection.detector import Detections
from edge_worker.pipeline.counting_stage import CountingStage
from tests.unit.edge_worker.counting.paths import FPS, HEIGHT, LINE, directions

SLOW_FPS = 3.0
WALK = [520.0 + 40 * step for step in range(4)]
"""A walk of 1.2 heights per second at 3 frames/s, of which the counter sees the part beyond the line."""


def seen(tracker_id: int, y: float, first: FirstObservation | None = None) -> TrackObservation:
    return TrackObservation(tracker_id, 500.0, y, HEIGHT, HEIGHT / 3, first)


def count(frames: Sequence[Sequence[TrackObservation]], fps: float) -> list[Crossing]:
    counter, crossings = LineCounter(LINE), []
    for frame, observations in enumerate(frames):
        crossings += counter.update(observations, frame, frame / fps)
    return crossings + counter.finish()


def walk_of(first: FirstObservation | None, *, empty_frames: int = 1) -> list[Crossing]:
    """The crossings of somebody who is confirmed in the frame after some frames without observations."""
    confirmed, *rest = WALK
    frames = [[seen(1, confirmed, first)], *[[seen(1, y)] for y in rest]]
    return count([*[[]] * empty_frames, *frames], SLOW_FPS)


def test_who_began_before_the_line_and_is_confirmed_beyond_it_has_crossed() -> None:
    (crossing,) = walk_of(FirstObservation(0.0, 500.0, 480.0, HEIGHT))
    # The person has moved by 0.4 heights, which is enough for a crossing, and is outside the dead band.
    assert crossing.direction == "IN"
    assert crossing.frame == 1
    assert crossing.t == pytest.approx(1 / SLOW_FPS)
    assert walk_of(None) == []


@pytest.mark.parametrize(
    "first",
    [
        FirstObservation(0.0, 500.0, 493.0, HEIGHT),
        FirstObservation(0.0, 500.0, 510.0, HEIGHT),
        FirstObservation(0.0, 2000.0, 480.0, HEIGHT),
    ],
    ids=["within the dead band", "beyond the line", "beyond the end of the line"],
)
def test_who_did_not_begin_before_the_line_has_not_crossed(first: FirstObservation) -> None:
    assert walk_of(first) == []


def test_a_detection_that_the_next_frame_did_not_confirm_says_nothing_about_the_side() -> None:
    assert walk_of(FirstObservation(0.0, 500.0, 480.0, HEIGHT), empty_frames=2) == []


def test_a_counter_that_has_not_seen_the_frame_before_begins_with_the_confirmed_track() -> None:
    assert walk_of(FirstObservation(0.0, 500.0, 480.0, HEIGHT), empty_frames=0) == []


def test_two_who_were_seen_at_the_same_time_are_two_people() -> None:
    """Somebody is lost 0.1 heights before the line, and another one has just appeared 0.2 heights beyond it."""
    approach = [[seen(1, 400.0 + 10 * step)] for step in range(10)]
    lost_at = 9 / FPS

    def crossings(first: FirstObservation | None) -> list[str]:
        beyond = [[seen(2, 525.0 + 10 * step, first if step == 0 else None)] for step in range(6)]
        return directions(count([*approach, [], *beyond], FPS))

    assert crossings(FirstObservation(lost_at, 500.0, 520.0, HEIGHT)) == []
    assert crossings(FirstObservation(lost_at + 1 / FPS, 500.0, 520.0, HEIGHT)) == ["IN"]
    assert crossings(None) == ["IN"]


def test_who_was_seen_only_as_a_second_box_on_somebody_else_was_lost_before() -> None:
    """Two meet at the line. One stays there; the other's track stays on them for two frames, and a new one goes on.

    Without the one who stays, the two last detections of the lost track are a person of their own.
    """
    approach = [[seen(1, 400.0 + 10 * step), seen(2, 505.0)] for step in range(9)]
    shared = [[seen(1, 502.0), seen(2, 505.0)]] * 2
    began_at = len(approach) / FPS
    beyond = [
        [seen(3, 515.0 + 10 * step, FirstObservation(began_at, 500.0, 505.0, HEIGHT) if step == 0 else None)]
        for step in range(6)
    ]
    stays = [[*frame, seen(2, 505.0)] for frame in beyond]

    def without_the_one_who_stays(frames: list[list[TrackObservation]]) -> list[list[TrackObservation]]:
        return [[one for one in frame if one.tracker_id != 2] for frame in frames]

    assert directions(count([*approach, *shared, *stays], FPS)) == ["IN"]
    assert directions(count(without_the_one_who_stays([*approach, *shared, *beyond]), FPS)) == []


def test_a_track_that_begins_just_before_the_line_is_counted_at_a_low_frame_rate() -> None:
    """Tracker and counter together. Seen from the second frame on, the person has always been beyond the line."""
    stage = CountingStage(Line(0.0, 0.5, 1.0, 0.5), Anchor.FOOT)
    crossings: list[Crossing] = []
    for frame, foot in enumerate([480.0, *WALK]):
        box = np.array([(483.0, foot - HEIGHT, 517.0, foot)], np.float32)
        found = Detections(box, np.array([0.9], np.float32))
        crossings += stage.update(found, (1000, 1000), frame, frame / SLOW_FPS)[1]
    assert directions([*crossings, *stage.finish()]) == ["IN"]
