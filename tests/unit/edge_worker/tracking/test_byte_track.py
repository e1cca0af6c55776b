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


@pytest.mark.parametrize("unobserved", [0, 2])
def test_the_frame_that_confirms_a_track_says_where_it_began(unobserved: int) -> None:
    """Boxes are 40 pixels wide and 100 tall, with whole coordinates, so the first one is returned exactly."""
    frames: list[list[Person]] = [[], [(100, 100, 0.9)], *[[]] * unobserved, [(104, 100, 0.9)], [(108, 100, 0.9)]]
    *_, (confirmed,), (later,) = track(frames)
    assert confirmed.first is not None
    assert confirmed.first.box == pytest.approx((80, 50, 120, 150))
    assert confirmed.first.t == pytest.approx(0.1)
    assert later.first is None


def test_a_single_detection_starts_no_confirmed_track() -> None:
    flicker: list[list[Person]] = [[(100, 100, 0.9)], [], [], [], [(100, 100, 0.9)], []]
    assert ids(track(flicker)) == [[]] * 6
    assert ids(track(flicker, replace(TrackerParameters(), confirm_hits=1)))[4] == [1]


@pytest.mark.parametrize("fps", [3.0, 5.0, 10.0, 30.0])
def test_a_new_track_waits_for_its_second_detection_in_seconds_and_at_least_for_the_next_frame(fps: float) -> None:
    waits = max(int(0.25 * fps), 0)
    for unobserved, expected in ((waits, [1]), (waits + 1, [])):
        frames: list[list[Person]] = [[(100, 100, 0.9)], *[[]] * unobserved, [(100, 100, 0.9)]]
        if unobserved:
            assert ids(track(frames, replace(TrackerParameters(), confirm_window_s=0.0), fps))[-1] == []
        assert ids(track(frames, fps=fps))[-1] == expected


def test_a_second_box_inside_a_person_must_be_confirmed_by_the_next_frame() -> None:
    """Both times the second box, of the same width and two thirds of the height, is missing in one frame."""
    tracker, parameters = ByteTrack(), TrackerParameters()
    waiting = ByteTrack(replace(parameters, confirm_overlap=1.1))
    person, second = (80.0, 50.0, 120.0, 150.0), (80.0, 90.0, 120.0, 150.0)
    for i, boxes in enumerate([[person], [person], [person, second], [person], [person, second]]):
        found = Detections(np.array(boxes, np.float32), np.array([0.9, 0.5][: len(boxes)], np.float32))
        tracks, without = tracker.update(found, i / 10), waiting.update(found, i / 10)
    assert [track.tracker_id for track in tracks] == [1]
    assert [track.tracker_id for track in without] == [1, 2]


def test_people_whose_boxes_do_not_overlap_at_a_low_frame_rate_are_followed_by_start_speed() -> None:
    """1.25 heights per second at 3 frames/s are 42 pixels, and the boxes are 40 wide."""
    walk: list[list[Person]] = [[(100 + 42 * i, 100, 0.9)] for i in range(8)]
    assert ids(track(walk, fps=3.0))[1:] == [[1]] * 7
    assert ids(track(walk, replace(TrackerParameters(), start_speed=0.0), fps=3.0)) == [[]] * 8


def test_people_whom_a_steep_camera_shortens_walk_as_far_as_their_width_says() -> None:
    """A box of 50 × 40 pixels is a person of 80 or more, who walks 42 pixels in a third of a second."""

    def steep(*, by_height: bool) -> list[list[int]]:
        tracker = ByteTrack()
        tracks = []
        for i in range(8):
            x = 100.0 + 42 * i
            height = 80.0 if by_height else 50.0
            box = np.array([(x - 20, 100 - height / 2, x + 20, 100 + height / 2)], np.float32)
            tracks.append(tracker.update(Detections(box, np.array([0.95], np.float32)), i / 3))
        return ids(tracks)

    assert steep(by_height=False) == steep(by_height=True) == [[], *[[1]] * 7]


def test_two_people_at_a_low_frame_rate_keep_their_ids() -> None:
    frames: list[list[Person]] = [[(100 + 30 * i, 100, 0.9), (180 + 30 * i, 100, 0.9)] for i in range(8)]
    assert [[track.box[0] for track in tracks] for tracks in track(frames, fps=3.0)][-1] == [290, 370]
    assert ids(track(frames, fps=3.0))[-1] == [1, 2]


def test_after_a_pause_of_the_camera_nobody_is_looked_for_far_away() -> None:
    tracker = ByteTrack()
    for t in (0.0, 0.1):
        tracker.update(detections((100, 100, 0.9)), t)
    for t in (2.0, 2.1):
        (found,) = tracker.update(detections((250, 100, 0.9)), t) or (None,)
    assert found is not None
    assert found.tracker_id == 2


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


def test_a_second_box_without_the_legs_is_dropped_and_two_people_side_by_side_are_not() -> None:
    """The second box has 70 % of the height, so an IoU of 0.7; people 10 pixels apart have 0.6."""
    tracker, loose = ByteTrack(), ByteTrack(replace(TrackerParameters(), duplicate_iou=0.8))
    boxes = np.array([(80, 50, 120, 150), (80, 50, 120, 120)], np.float32)
    for i in range(4):
        found = Detections(boxes, np.array([0.9, 0.6], np.float32))
        tracks, kept = tracker.update(found, i / 10), loose.update(found, i / 10)
    assert len(tracks) == 1
    assert len(kept) == 2
    assert ids(track([[(100.0, 100.0, 0.9), (110.5, 100.0, 0.8)]] * 4))[-1] == [1, 2]


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
