from __future__ import annotations

from typing import Any

import pytest

from edge_worker.health.verdict import ailments

WELL: dict[str, Any] = {
    "state": "running",
    "frame_age_s": 0.2,
    "unstored": 0,
    "lost": 0,
    "uplink": "ok",
    "dead": 0,
    "clock_wrong": False,
    "ids_break_up": False,
}


def test_a_worker_that_counts_and_delivers_is_well() -> None:
    assert ailments(WELL) == []


def test_a_backend_that_cannot_be_reached_is_no_ailment_of_the_box() -> None:
    assert ailments({**WELL, "uplink": "waiting", "problem": "unreachable", "backlog": 9000}) == []


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
        ({"ids_break_up": True}, "ids break up"),
        ({"exit_code": 1}, "ended with 1"),
    ],
)
def test_each_symptom_is_an_ailment(symptom: dict[str, Any], sentence: str) -> None:
    [found] = ailments({**WELL, **symptom})
    assert sentence in found


@pytest.mark.parametrize(("updated_at", "is_well"), [("09:00:29", True), ("09:00:31", False)])
def test_a_worker_that_waits_for_its_camera_since_the_power_came_back_is_not_well(
    updated_at: str, is_well: bool
) -> None:
    waiting = {
        **WELL,
        "state": "starting",
        "frame_age_s": None,
        "problem": "no picture from rtsp://door/1",
        "started_at": "2026-11-22T09:00:00.000000Z",
        "updated_at": f"2026-11-22T{updated_at}.000000Z",
    }
    assert ailments(waiting) == (
        [] if is_well else ["no frame since the start 31 s ago: no picture from rtsp://door/1"]
    )


def test_a_box_is_as_ill_as_its_worst_camera() -> None:
    assert ailments({"state": "supervising", "cameras": {"front": WELL, "back": {**WELL, "dead": 1}}}) == [
        "back: the backend refused 1 events for good"
    ]
