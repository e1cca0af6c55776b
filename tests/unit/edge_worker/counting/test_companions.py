"""Two people who cross in one box and part after the line, worked out by hand: 10 frames/s, the line at y = 500."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import FirstObservation, TrackObservation
from edge_worker.crossing import Crossing
from tests.unit.edge_worker.counting.paths import FPS, LINE, directions

TALL = 100.0
WALK = [400.0 + 12 * step for step in range(24)]
"""The first person walks downwards, 1.2 heights per second, and is at the line after nine frames."""
PARTED = 12
"""The frame in which the second person is found, 0.3 s after the crossing."""


def count(
    second: Sequence[tuple[float, float] | None],
    *,
    height: float = TALL,
    parameters: CounterParameters | None = None,
    first: FirstObservation | None = None,
) -> list[Crossing]:
    """Count the first person together with a second one at these points, from frame `PARTED` on."""
    counter, crossings = LineCounter(LINE, parameters), []
    for frame, y in enumerate(WALK):
        observations = [TrackObservation(1, 500.0, y, TALL, TALL / 3)]
        if frame >= PARTED and frame - PARTED < len(second) and (point := second[frame - PARTED]) is not None:
            began = first if frame == PARTED else None
            observations.append(TrackObservation(2, *point, height, height / 3, began))
        crossings += counter.update(observations, frame, frame / FPS)
    return crossings + counter.finish()


def beside(dx: float, frames: int, *, y: Sequence[float] = WALK[PARTED:]) -> list[tuple[float, float]]:
    return [(500.0 + dx, value) for value in y[:frames]]


TOGETHER = beside(30, 12)


def test_a_second_person_who_goes_on_beside_the_first_one_has_crossed_with_them() -> None:
    crossings = count(TOGETHER)
    assert directions(crossings) == ["IN", "IN"]
    assert [crossing.tracker_id for crossing in crossings] == [1, 2]
    assert crossings[0].t == crossings[1].t
    assert directions(count(TOGETHER, parameters=CounterParameters(parted_window_s=0))) == ["IN"]


def test_a_second_person_is_found_when_the_track_is_confirmed() -> None:
    before = FirstObservation((PARTED - 1) / FPS, 530.0, WALK[PARTED - 1], TALL)
    assert directions(count(TOGETHER, first=before)) == ["IN", "IN"]


def test_each_of_two_who_part_is_counted_once() -> None:
    assert len(count(beside(-30, 12))) == 2
    assert len(count([*beside(30, 8), *[None] * 2, *TOGETHER[10:]])) == 2


def test_a_second_person_who_is_found_on_the_line_is_counted_once() -> None:
    on_the_line = beside(15, 12, y=[501.0 + 12 * step for step in range(12)])
    assert directions(count(on_the_line)) == ["IN", "IN"]
    assert directions(count(on_the_line, parameters=CounterParameters(parted_window_s=0))) == ["IN", "IN"]


@pytest.mark.parametrize(
    ("second", "height"),
    [
        (beside(30, 6), TALL),
        (beside(30, 12, y=[WALK[PARTED]] * 12), TALL),
        (beside(30, 12, y=[WALK[PARTED] - 3 * step for step in range(12)]), TALL),
        (beside(90, 12), TALL),
        (beside(30, 12), 0.65 * TALL),
        (beside(4, 12), TALL),
    ],
    ids=["for moments", "standing", "the other way", "apart", "an upper body", "the same place"],
)
def test_others_beside_somebody_who_has_crossed_did_not_cross_with_them(
    second: list[tuple[float, float]], height: float
) -> None:
    assert len(count(second, height=height)) == 1


def test_who_is_found_long_after_the_crossing_did_not_cross_with_anybody() -> None:
    assert directions(count(TOGETHER, parameters=replace(CounterParameters(), parted_window_s=0.1))) == ["IN"]
