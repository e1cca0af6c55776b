"""Two people who meet on the line, worked out by hand: the line is at y = 500, IN is downwards, 10 frames/s."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import TrackObservation
from edge_worker.crossing import Crossing
from tests.unit.edge_worker.counting.paths import LINE, directions

TALL, SHORT = 120.0, 100.0
Seen = tuple[float, float] | None
"""y and height in a frame; None: not observed."""

TOWARDS = [420.0, 434.0, 448.0, 462.0, 476.0, 485.0]
"""Towards the line from above; the same way from below is mirrored at the line."""
AWAY = [486.0, 476.0, 462.0, 448.0, 434.0, 420.0]
SHARED = 3
"""Frames in which the two share one box."""


def below(ys: Sequence[float]) -> list[float]:
    return [1000.0 - y for y in ys]


def path(before: Sequence[float], after: Sequence[float], heights: tuple[float, float], shared: Seen) -> list[Seen]:
    """The observations of a track that sees one height before the box is shared, and another one after it."""
    first: list[Seen] = [(y, heights[0]) for y in before]
    return [*first, *[shared] * SHARED, *[(y, heights[1]) for y in after]]


def count(upper: list[Seen], lower: list[Seen], parameters: CounterParameters | None = None) -> list[Crossing]:
    counter, crossings = LineCounter(LINE, parameters), []
    for frame, pair in enumerate(zip(upper, lower, strict=True)):
        observations = [
            TrackObservation(number, 500.0, one[0], one[1], one[1] / 3) for number, one in enumerate(pair, 1) if one
        ]
        crossings += counter.update(observations, frame, frame / 10)
    return crossings + counter.finish()


MERGED: Seen = (499.0, TALL)
EXCHANGED = (path(TOWARDS, AWAY, (TALL, SHORT), MERGED), path(below(TOWARDS), below(AWAY), (SHORT, TALL), None))


def test_two_who_pass_each_other_cross_although_their_tracks_change_places() -> None:
    crossings = count(*EXCHANGED)
    assert sorted(directions(crossings)) == ["IN", "OUT"]
    assert [crossing.t for crossing in crossings] == pytest.approx([0.7, 0.7])  # lost after 0.5 s, split at 0.9 s
    assert count(*EXCHANGED, CounterParameters(exchange_window_s=0)) == []


def test_the_people_keep_their_ids_although_their_tracks_change_places() -> None:
    entered, left = sorted(count(*EXCHANGED), key=lambda crossing: crossing.direction)
    assert (entered.tracker_id, entered.person_id) == (2, 1)
    assert (left.tracker_id, left.person_id) == (1, 2)


def test_two_who_turn_back_with_their_own_heights_do_not_cross() -> None:
    upper = path(TOWARDS, AWAY, (TALL, TALL), MERGED)
    lower = path(below(TOWARDS), below(AWAY), (SHORT, SHORT), None)
    assert count(upper, lower) == []


def test_two_of_the_same_height_who_turn_back_do_not_cross() -> None:
    upper = path(TOWARDS, AWAY, (TALL, TALL), MERGED)
    lower = path(below(TOWARDS), below(AWAY), (TALL, TALL), None)
    assert count(upper, lower) == []


def test_who_stood_at_the_line_before_did_not_pass_anybody() -> None:
    standing = [560.0] * len(TOWARDS)
    assert count(EXCHANGED[0], path(standing, below(AWAY), (SHORT, TALL), None)) == []


def test_who_stays_at_the_line_afterwards_has_not_passed() -> None:
    staying = [515.0] * len(AWAY)
    assert count(EXCHANGED[0], path(below(TOWARDS), staying, (SHORT, TALL), None)) == []


def test_two_who_share_a_box_for_long_may_have_turned_back() -> None:
    upper, lower = ([*track[:6], *[track[6]] * 9, *track[6:]] for track in EXCHANGED)
    assert count(upper, lower) == []


def test_a_new_track_that_was_relinked_to_the_wrong_one_of_the_two_is_an_exchange_too() -> None:
    counter, crossings = LineCounter(LINE), []
    for frame, pair in enumerate(zip(*EXCHANGED, strict=True)):
        lower_id = 2 if frame < len(TOWARDS) + SHARED else 3
        observations = [
            TrackObservation(number, 500.0, one[0], one[1], one[1] / 3)
            for number, one in zip((1, lower_id), pair, strict=True)
            if one
        ]
        crossings += counter.update(observations, frame, frame / 10)
    assert sorted(directions(crossings)) == ["IN", "OUT"]


def test_two_who_pass_each_other_with_their_own_tracks_cross_once_each() -> None:
    upper = path(TOWARDS, below(AWAY), (TALL, TALL), MERGED)
    lower = path(below(TOWARDS), AWAY, (SHORT, SHORT), None)
    assert sorted(directions(count(upper, lower))) == ["IN", "OUT"]
