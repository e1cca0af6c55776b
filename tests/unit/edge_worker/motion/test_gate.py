from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from edge_worker.motion import MotionGate, MotionPolicy
from edge_worker.video.frame import Frame

FPS = 8
"""A power of two: the moments are exact."""
PICTURE = np.zeros((1, 1, 3), np.uint8)
POLICY = MotionPolicy(still_s=1.0, look_every_s=1.0, look_back_frames=3)


def looked_at(seconds: float, *, moves: set[int] = frozenset(), somebody: set[int] = frozenset()) -> list[bool]:
    """For each frame of so many seconds, whether it is looked at; the first always moves, as a scene begins."""
    gate = MotionGate(POLICY)
    decided = []
    for n in range(round(seconds * FPS)):
        decided += gate.add(Frame(n, n / FPS, None, PICTURE), moves=n in {0, *moves}, somebody=n in somebody)
    decided += gate.rest()
    assert [frame.index for frame, _ in decided] == list(range(round(seconds * FPS)))
    return [look for _, look in decided]


def test_of_a_still_and_empty_scene_one_frame_a_second_is_looked_at() -> None:
    looked = looked_at(10)
    assert looked[:FPS] == [True] * FPS
    assert [n for n, look in enumerate(looked) if look and n >= FPS] == [15, 23, 31, 39, 47, 55, 63, 71, 79]


def test_the_first_frame_that_moves_is_looked_at_with_the_three_before_it() -> None:
    looked = looked_at(8, moves={45})
    assert looked[41:61] == [False, *[True] * (3 + FPS), *[False] * 7, True]


def test_everything_is_looked_at_while_somebody_is_remembered_although_nothing_moves() -> None:
    assert all(looked_at(20, somebody=set(range(160))))


def test_somebody_found_by_the_look_once_a_second_opens_it() -> None:
    looked = looked_at(6, somebody=set(range(32, 48)))
    assert looked[29:] == [True] * 19


def test_a_pause_of_the_camera_ends_with_a_look() -> None:
    gate = MotionGate(POLICY)
    for n in range(40):
        gate.add(Frame(n, n / FPS, None, PICTURE), moves=n == 0, somebody=False)
    [(held, look)] = gate.add(Frame(40, 300.0, None, PICTURE), moves=False, somebody=False)
    decided = [gate.add(Frame(n, 300.0 + n / FPS, None, PICTURE), moves=False, somebody=False)[0] for n in range(1, 5)]
    assert (held.index, look) == (37, False)
    assert [look for frame, look in decided if frame.media_s == 300.0] == [True]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=120), st.integers(3, 30))
def test_no_frame_is_lost_none_that_moves_is_skipped_and_no_second_is_without_a_look(
    news: list[tuple[bool, bool]], fps: int
) -> None:
    gate = MotionGate(POLICY)
    decided = []
    for n, (moves, somebody) in enumerate(news):
        decided += gate.add(Frame(n, n / fps, None, PICTURE), moves=moves, somebody=somebody)
    decided += gate.rest()
    assert [frame.index for frame, _ in decided] == list(range(len(news)))
    looks = [frame for frame, look in decided if look]
    assert {n for n, one in enumerate(news) if any(one)} <= {frame.index for frame in looks}
    assert all(after.media_s - before.media_s <= 1.0 + 1 / fps for before, after in pairwise(looks))
