from __future__ import annotations

from edge_worker.camera_status import CameraStatus, Picture, TrackEnds
from edge_worker.limits import MAX_TRACK_ENDS


def test_what_is_unknown_is_left_out() -> None:
    assert CameraStatus().measurements() == {}


def test_measurements_are_rounded_to_what_they_can_tell() -> None:
    status = CameraStatus(Picture.COVERED, 10.0, 9.876543, 1.23456, 12.3456, "openvino:cpu", 0.123456)
    assert status.measurements() == {
        "picture": "covered",
        "fps_wanted": 10.0,
        "fps_reached": 9.88,
        "decode_ms": 1.23,
        "inference_ms": 12.35,
        "device": "openvino:cpu",
        "person_height": 0.1235,
    }


def test_a_picture_that_is_unknown_or_ok_is_no_problem() -> None:
    problems = {picture: CameraStatus(picture).has_picture_problem for picture in (None, *Picture)}
    assert [picture for picture, is_problem in problems.items() if not is_problem] == [None, Picture.OK]


def test_track_ends_wait_until_they_are_delivered_and_those_added_meanwhile_stay() -> None:
    ends = TrackEnds()
    ends.add(0.1, 0.2)
    ends.add(0.1, 0.2)
    sent = ends.waiting()
    ends.add(0.3, 0.4)
    ends.settle(sent)
    assert ends.waiting() == [(0.3, 0.4)]


def test_only_the_newest_track_ends_are_kept_and_all_are_inside_the_picture() -> None:
    ends = TrackEnds()
    for index in range(MAX_TRACK_ENDS + 5):
        ends.add(index / 100, -1.0)
    sent = ends.waiting()
    assert len(sent) == MAX_TRACK_ENDS
    assert (sent[0], sent[-1]) == ((0.05, 0.0), (1.0, 0.0))
    ends.add(0.5, 0.5)
    ends.settle(sent)
    assert ends.waiting() == [(0.5, 0.5)]
