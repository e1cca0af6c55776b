"""The faults of a camera: what is decided when it is online or offline, and its store open or closed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from functions.common.incidents import IncidentType
from functions.incidents.camera_faults import CameraReport, find_camera_faults

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
STORE = UUID("0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a0b")
CAMERA = UUID("11111111-2222-4333-8444-abcdefabcdef")
PICTURE = {"picture_frozen", "picture_covered", "picture_moved", "picture_damaged", "people_not_seen"}
MEASURED = PICTURE | {"slow", "tracks_break_up", "clock_off"}


def faults(*, is_open: bool = True, silent_s: float = 10, open_s: float | None = None, **values: Any) -> dict[str, Any]:
    """By type what is found: a fault, or None for what is decided to be right."""
    seen_at = NOW - timedelta(seconds=silent_s)
    camera = CameraReport(
        store_id=STORE, camera_id=CAMERA, name="Door", is_counting_line=True, **{"last_seen_at": seen_at, **values}
    )
    open_since_seen = timedelta(seconds=silent_s if open_s is None else open_s)
    found = find_camera_faults(camera, NOW, is_open=is_open, open_since_seen=open_since_seen)
    assert {(subject.store_id, subject.object_id) for subject in found} <= {(STORE, str(CAMERA))}
    return {subject.type.value: fault for subject, fault in found.items()}


def present(found: dict[str, Any]) -> set[str]:
    return {kind for kind, fault in found.items() if fault is not None}


def test_of_a_camera_without_a_fault_everything_is_decided() -> None:
    found = faults(picture="ok", fps_wanted=10, fps_reached=10, track_fragmentation=1.0, clock_offset_s=0.1, backlog=0)
    assert present(found) == set()
    assert MEASURED | {"camera_offline", "backlog", "refused_crossings", "totals_disagree"} <= set(found)


def test_a_camera_that_was_never_seen_is_being_set_up() -> None:
    assert faults(last_seen_at=None) == {}


@pytest.mark.parametrize(("open_s", "is_offline"), [(599, False), (600, True)])
def test_a_camera_is_offline_after_ten_minutes_of_open_time(open_s: float, is_offline: bool) -> None:
    found = faults(silent_s=50_000, open_s=open_s, picture="frozen")
    assert present(found) == ({"camera_offline"} if is_offline else set())
    assert not MEASURED & set(found)  # an old measurement says nothing about now
    if is_offline:
        assert found["camera_offline"].since == NOW - timedelta(seconds=50_000)


def test_a_camera_that_is_silent_while_its_store_is_closed_is_not_decided() -> None:
    assert "camera_offline" not in faults(silent_s=50_000, open_s=0, is_open=False)


@pytest.mark.parametrize("picture", ["frozen", "covered", "moved", "damaged", "people_not_seen"])
def test_the_picture_is_decided_while_the_store_is_open(picture: str) -> None:
    kind = picture if picture == "people_not_seen" else f"picture_{picture}"
    assert present(faults(picture=picture)) == {kind}
    assert not PICTURE & set(faults(picture=picture, is_open=False))


@pytest.mark.parametrize(
    ("backlog", "oldest_s", "is_fault"), [(500, 899, False), (500, 900, True), (0, 5000, False), (None, None, False)]
)
def test_crossings_that_wait_are_a_backlog(backlog: int | None, oldest_s: float | None, is_fault: bool) -> None:
    found = faults(backlog=backlog, oldest_unsent_s=oldest_s)
    assert present(found) == ({"backlog"} if is_fault else set())
    if is_fault:
        assert found["backlog"].detail == "500 crossings wait on the edge box, the oldest for 15 minutes."


def test_crossings_that_were_refused_are_a_fault_of_an_offline_camera_too() -> None:
    assert present(faults(silent_s=50_000, open_s=0, refused=3)) == {"refused_crossings"}


def test_every_type_of_a_camera_is_found_by_the_job() -> None:
    elsewhere = {"no_crossings", "worker_key_unused", "refresh_overdue", "database_job"}
    assert set(faults()) == {kind.value for kind in IncidentType} - elsewhere
