from __future__ import annotations

from edge_worker.status.frame_rate import frame_rate_problems
from edge_worker.status.healthz import health_problems


def test_a_camera_with_enough_frames_has_no_problem() -> None:
    assert frame_rate_problems({"fps_wanted": 10.0, "fps_reached": 9.8, "walking_speed": 1.2}) == []
    assert frame_rate_problems({"fps_wanted": None, "fps_reached": None}) == []


def test_two_frames_a_second_are_too_few_and_the_speed_and_size_of_the_people_say_why() -> None:
    status = {"state": "running", "frame_age_s": 0.1, "fps_wanted": 2.0, "fps_reached": 2.0}
    [general] = health_problems(status)
    assert general == (
        "2.0 frames/s are too few to count at a door, because people move too far between two frames: "
        "set at least 8 in the admin and in the camera"
    )
    [measured] = health_problems({**status, "walking_speed": 1.0, "walking_height": 64.2})
    assert "because people move 50 % of their height between two frames (they are 64 pixels tall)" in measured


def test_a_machine_that_is_too_slow_says_where_the_time_goes() -> None:
    [problem] = frame_rate_problems({"fps_wanted": 10.0, "fps_reached": 5.0, "decode_ms": 92.4, "inference_ms": 31.0})
    assert "only 5.0 of 10.0 frames/s" in problem
    assert "decoding 92 ms, detection 31 ms" in problem
