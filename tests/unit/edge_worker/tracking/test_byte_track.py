from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from edge_worker.detection.detector import Detections
from edge_worker.tracking.byte_track import ByteTrack, Track, TrackerParameters

Person = tuple[float, float, float]
"""x of the centre, y of the centre, score; each box is 100 pixels tall and 40 wide."""


def detections(*people: Person) -> Detections:
    boxes = np.array([(x - 20, y - 50, x + 20, y + 50) for x, y, _ in people], np.float32).reshape(-1, 4)
    return Detections(boxes, np.array([score for *_, score in people], np.float32))


def track(
    frames: Sequence[Sequence[Person]], parameters: TrackerParameters | None = None, fps: float = 10.0
) -> list[list[Track]]:
    tracker = ByteTrack(parameters)
    return [tracker.update(detections(*frame), i / fps) for i, frame in enumerate(frames)]


def ids(results: list[list[Track]]) -> list[list[int]]:
    return [[track.tracker_id for track in tracks] for tracks in results]


def test_a_track_is_confirmed_by_its_second_detection() -> None:
    assert ids(track([[(100, 100, 0.9)]] * 3)) == [[], [1], [1]]


def test_a_single_detection_starts_no_confirmed_track() -> None:
    assert ids(track([[(100, 100, 0.9)], [], [(100, 100, 0.9)], []])) == [[], [], [], []]
    unconfirmed = replace(TrackerParameters(), confirm_hits=1)
    assert ids(track([[(100, 100, 0.9)], [], [(100, 100, 0.9)], []], unconfirmed))[2] == [1]


def test_a_half_hidden_person_is_followed_by_weak_detections() -> None:
    walk = [[(100 + 8 * i, 100, 0.9 if i < 5 or i > 8 else 0.2)] for i in range(14)]
    assert ids(track(walk))[-1] == [1]
    assert ids(track(walk))[7] == [1]
    assert ids(track(walk, replace(TrackerParameters(), low_score=0.3)))[7] == []


def test_weak_detections_alone_start_no_track() -> None:
    assert ids(track([[(100, 100, 0.2)]] * 5)) == [[]] * 5


def test_two_people_whose_paths_cross_keep_their_ids() -> None:
    frames = [[(100.0 + 10 * i, 100.0, 0.9), (300.0 - 10 * i, 118.0, 0.85)] for i in range(21)]
    last = track(frames)[-1]
    assert [(track.tracker_id, track.box[0] > 200) for track in last] == [(1, True), (2, False)]


@pytest.mark.parametrize("fps", [8.0, 15.0, 30.0])
def test_memory_is_in_seconds_whatever_the_frame_rate(fps: float) -> None:
    """After 1 s without observations a person keeps the id, after 2 s they get a new one."""
    for gap, expected in ((1.0, 1), (2.0, 2)):
        frames: list[list[Person]] = [[(100.0, 100.0, 0.9)]] * 5
        frames += [[]] * int(gap * fps) + [[(100.0, 100.0, 0.9)]] * 3
        assert ids(track(frames, fps=fps))[-1] == [expected]


def test_a_walking_person_is_followed_through_a_gap_by_velocity() -> None:
    frames = [[(100 + 8 * i, 100, 0.9)] if not 10 < i < 17 else [] for i in range(25)]
    assert ids(track(frames))[-1] == [1]


def test_a_second_box_on_the_same_person_is_dropped() -> None:
    twice = [[(100.0, 100.0, 0.9), (102.0, 101.0, 0.6)]] * 4
    assert ids(track(twice))[-1] == [1]
    assert ids(track(twice, replace(TrackerParameters(), duplicate_iou=1.0)))[-1] == [1, 2]


def test_ids_continue_after_a_reset() -> None:
    tracker = ByteTrack()
    for i in range(3):
        before = tracker.update(detections((100, 100, 0.9)), i / 10)
    tracker.reset()
    for i in range(3):
        after = tracker.update(detections((100, 100, 0.9)), i / 10)
    assert after[0].tracker_id > before[0].tracker_id


def test_boxes_are_the_detected_ones_not_predictions() -> None:
    results = track([[(100 + 8 * i, 100, 0.9)] for i in range(6)])
    assert results[-1][0].box == pytest.approx((120, 50, 160, 150))


def test_lost_tracks_are_removed() -> None:
    tracker = ByteTrack()
    for i in range(300):
        tracker.update(detections(((i * 97) % 1000, (i * 61) % 1000, 0.9)), i / 10)
    assert len(tracker._ids) < 60
