from __future__ import annotations

from collections.abc import Set
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from edge_worker.motion.gate import MotionGate
from edge_worker.motion.parameters import MotionParameters
from edge_worker.video.frame import Frame

FPS = 8
"""A power of two, so that times are exact."""
PICTURE = np.zeros((1, 1, 3), np.uint8)
PARAMETERS = MotionParameters(still_s=1.0, detect_every_s=1.0, lookback_frames=3)


def detected(
    seconds: float,
    *,
    moving: Set[int] = frozenset(),
    present: Set[int] = frozenset(),
    unchanged: Set[int] = frozenset(),
) -> list[bool]:
    """Return for each frame whether detection runs on it; the first frame always has motion."""
    gate = MotionGate(PARAMETERS)
    decided = []
    for n in range(round(seconds * FPS)):
        decided += gate.add(
            Frame(n, n / FPS, None, PICTURE),
            has_motion=n in {0, *moving},
            people_present=n in present,
            has_faint_change=n not in unchanged,
        )
    decided += gate.flush()
    assert [frame.index for frame, _ in decided] == list(range(round(seconds * FPS)))
    return [detect for _, detect in decided]


def test_detection_runs_once_a_second_on_a_still_and_empty_scene() -> None:
    detections = detected(10)
    assert detections[:FPS] == [True] * FPS
    assert [n for n, detect in enumerate(detections) if detect and n >= FPS] == [15, 23, 31, 39, 47, 55, 63, 71, 79]


def test_detection_runs_every_three_seconds_once_the_scene_has_been_quiet_for_half_a_minute() -> None:
    detections = detected(45)
    seconds = [n / FPS for n, detect in enumerate(detections) if detect]
    assert {after - before for before, after in pairwise(seconds) if 1 < before < 29} == {1.0}
    assert {after - before for before, after in pairwise(seconds) if before > 30} == {3.0}


def test_detection_runs_every_six_seconds_in_a_quiet_scene_without_even_a_faint_change() -> None:
    detections = detected(70, unchanged=set(range(10 * FPS, 70 * FPS)))
    seconds = [n / FPS for n, detect in enumerate(detections) if detect]
    assert {after - before for before, after in pairwise(seconds) if 1 < before < 29} == {1.0}
    assert {after - before for before, after in pairwise(seconds) if before > 30} == {6.0}


def test_a_faint_change_in_a_quiet_scene_is_looked_at_within_three_seconds_of_the_detection_before() -> None:
    faint = 50 * FPS
    detections = detected(70, unchanged=set(range(10 * FPS, 70 * FPS)) - {faint})
    seconds = [n / FPS for n, detect in enumerate(detections) if detect]
    before, after = next((one, two) for one, two in pairwise(seconds) if two >= faint / FPS)
    assert after - before == max(3.0, faint / FPS - before)


def test_a_scene_is_quiet_after_half_a_minute_and_not_with_the_first_motion_or_person() -> None:
    for event in ({"has_motion": True, "people_present": False}, {"has_motion": False, "people_present": True}):
        gate = MotionGate(PARAMETERS)
        quiet = []
        for n in range(40 * FPS):
            gate.add(Frame(n, n / FPS, None, PICTURE), has_motion=n == 0, people_present=False)
            quiet.append(gate.is_quiet)
        assert quiet == [n >= 30 * FPS for n in range(40 * FPS)]
        gate.add(Frame(40 * FPS, 40.0, None, PICTURE), **event)
        assert not gate.is_quiet


def test_detection_runs_once_a_second_again_after_motion_in_a_quiet_scene() -> None:
    detections = detected(50, moving={36 * FPS})
    seconds = [n / FPS for n, detect in enumerate(detections) if detect]
    assert {after - before for before, after in pairwise(seconds) if 38 < before < 48} == {1.0}


def test_detection_runs_on_the_first_frame_with_motion_and_the_three_before_it() -> None:
    detections = detected(8, moving={45})
    assert detections[41:61] == [False, *[True] * (3 + FPS), *[False] * 7, True]


def test_detection_runs_on_every_still_frame_while_people_are_present() -> None:
    assert all(detected(20, present=set(range(160))))


def test_a_person_found_by_the_periodic_detection_opens_the_gate() -> None:
    detections = detected(6, present=set(range(32, 48)))
    assert detections[29:] == [True] * 19


def test_detection_runs_on_the_first_frame_after_a_gap_of_the_camera() -> None:
    gate = MotionGate(PARAMETERS)
    for n in range(40):
        gate.add(Frame(n, n / FPS, None, PICTURE), has_motion=n == 0, people_present=False)
    [(held, detect)] = gate.add(Frame(40, 300.0, None, PICTURE), has_motion=False, people_present=False)
    decided = [
        gate.add(Frame(n, 300.0 + n / FPS, None, PICTURE), has_motion=False, people_present=False)[0]
        for n in range(1, 5)
    ]
    assert (held.index, detect) == (37, False)
    assert [detect for frame, detect in decided if frame.media_s == 300.0] == [True]


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=120), st.integers(3, 30))
def test_no_frame_is_lost_no_motion_is_skipped_and_detection_runs_every_second(
    frames: list[tuple[bool, bool]], fps: int
) -> None:
    gate = MotionGate(PARAMETERS)
    decided = []
    for n, (has_motion, people_present) in enumerate(frames):
        decided += gate.add(Frame(n, n / fps, None, PICTURE), has_motion=has_motion, people_present=people_present)
    decided += gate.flush()
    assert [frame.index for frame, _ in decided] == list(range(len(frames)))
    detected_frames = [frame for frame, detect in decided if detect]
    assert {n for n, one in enumerate(frames) if any(one)} <= {frame.index for frame in detected_frames}
    assert all(after.media_s - before.media_s <= 1.0 + 1 / fps for before, after in pairwise(detected_frames))
