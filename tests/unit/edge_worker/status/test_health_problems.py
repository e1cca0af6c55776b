from __future__ import annotations

from typing import Any

import pytest

from edge_worker.status.healthz import health_problems

HEALTHY: dict[str, Any] = {
    "state": "running",
    "frame_age_s": 0.2,
    "unstored": 0,
    "lost": 0,
    "uplink": "ok",
    "dead": 0,
    "clock_wrong": False,
    "tracks_break_up": False,
}


def test_a_worker_that_counts_and_delivers_is_healthy() -> None:
    assert health_problems(HEALTHY) == []


def test_an_unreachable_backend_is_not_a_problem_of_the_worker() -> None:
    assert health_problems({**HEALTHY, "uplink": "waiting", "problem": "unreachable", "backlog": 9000}) == []


@pytest.mark.parametrize(
    ("symptom", "sentence"),
    [
        ({"frame_age_s": None}, "no frame yet"),
        ({"frame_age_s": 31.0}, "no frame for 31 s"),
        ({"unstored": 3}, "not on disk"),
        ({"lost": 3}, "not on disk"),
        ({"uplink": "refused", "problem": "the backend refuses the worker key"}, "refuses the worker key"),
        ({"dead": 2}, "refused 2 events"),
        ({"clock_wrong": True}, "clock"),
        ({"tracks_break_up": True}, "tracks break up"),
        ({"exit_code": 1}, "ended with exit code 1"),
    ],
)
def test_each_symptom_is_a_problem(symptom: dict[str, Any], sentence: str) -> None:
    [found] = health_problems({**HEALTHY, **symptom})
    assert sentence in found


@pytest.mark.parametrize(("updated_at", "is_healthy"), [("09:00:29", True), ("09:00:31", False)])
def test_a_worker_that_waits_for_its_camera_is_unhealthy_after_half_a_minute(updated_at: str, is_healthy: bool) -> None:
    waiting = {
        **HEALTHY,
        "state": "starting",
        "frame_age_s": None,
        "problem": "no picture from rtsp://door/1",
        "started_at": "2026-11-22T09:00:00.000000Z",
        "updated_at": f"2026-11-22T{updated_at}.000000Z",
    }
    assert health_problems(waiting) == (
        [] if is_healthy else ["no frame since the start 31 s ago: no picture from rtsp://door/1"]
    )


def test_a_supervisor_has_the_problems_of_all_its_cameras() -> None:
    assert health_problems({"state": "supervising", "cameras": {"front": HEALTHY, "back": {**HEALTHY, "dead": 1}}}) == [
        "back: the backend refused 1 events permanently"
    ]
