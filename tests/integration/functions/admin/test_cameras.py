"""Cameras through the admin API: made, changed, refused and archived."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.integration.functions.admin.conftest import Admin, error_locations


def test_a_camera_is_made_read_and_changed(admin: Admin) -> None:
    store = admin.store()
    camera = admin.camera(store, line=[0.1, 0.5, 0.9, 0.5], sample_fps=8)
    read = admin.get(camera)
    assert (read["line"], read["anchor"], read["sample_fps"], read["origin"]) == (
        [0.1, 0.5, 0.9, 0.5],
        "foot",
        8,
        "camera",
    )
    assert (read["status"], read["last_seen_at"]) == ("never_seen", None)
    assert admin.get(f"{store}/cameras")["cameras"] == [read]
    changed = admin.ask("PATCH", camera, {"name": "Back door", "is_counting_line": False})
    assert (changed["name"], changed["is_counting_line"], changed["line"]) == ("Back door", False, read["line"])


def test_two_frames_a_second_are_refused_with_the_reason_and_six_get_a_warning(admin: Admin) -> None:
    store = admin.store()
    camera = admin.camera(store)
    assert admin.get(camera)["warnings"] == []
    for problem in (
        admin.ask("PATCH", camera, {"sample_fps": 2}, 422),
        admin.post(f"{store}/cameras", {"name": "Door", "sample_fps": 2}, 422),
    ):
        assert [error["loc"] for error in problem["errors"]] == [["body", "sample_fps"]]
        assert "2 frames/s are too few to count: people at a door move too far" in problem["errors"][0]["message"]
    assert admin.get(camera)["sample_fps"] == 10
    [warning] = admin.ask("PATCH", camera, {"sample_fps": 6})["warnings"]
    assert (warning["type"], warning["facts"]) == ("few_frames_set", {"fps": 6, "reliable_fps": 8})
    assert warning["message"].startswith("6 frames/s are few for a door")
    assert admin.get(camera)["warnings"] == [warning]
    assert admin.ask("PATCH", camera, {"sample_fps": 8})["warnings"] == []


def test_a_camera_sends_snapshots_on_request_only_unless_an_interval_is_set(admin: Admin) -> None:
    camera = admin.camera(admin.store())
    assert admin.get(camera)["snapshot_interval_s"] == 0
    for seconds in (60, 86_400, 0):
        changed = admin.ask("PATCH", camera, {"snapshot_interval_s": seconds})
        assert changed["snapshot_interval_s"] == seconds


@pytest.mark.parametrize("seconds", [-1, 1, 59, 86_401, 60.5, "60", False, None])
def test_an_interval_of_snapshots_is_0_or_a_minute_to_a_day(admin: Admin, seconds: Any) -> None:
    camera = admin.camera(admin.store())
    answer = admin.ask("PATCH", camera, {"snapshot_interval_s": seconds}, 422)
    assert error_locations(answer) == [["body", "snapshot_interval_s"]]


def test_a_camera_counts_everybody_until_a_policy_is_set(admin: Admin) -> None:
    store = admin.store()
    camera = admin.camera(store)
    assert (admin.get(camera)["min_stay_s"], admin.get(camera)["ignore_children"]) == (0, False)
    changed = admin.ask("PATCH", camera, {"min_stay_s": 2.5, "ignore_children": True})
    assert (changed["min_stay_s"], changed["ignore_children"], changed["line_version"]) == (2.5, True, 1)
    entry = admin.audit(store)[-1]
    assert (entry["action"], entry["before"]["min_stay_s"], entry["after"]["min_stay_s"]) == ("camera.change", 0, 2.5)
    assert (entry["before"]["ignore_children"], entry["after"]["ignore_children"]) == (False, True)
    made = admin.get(admin.camera(store, min_stay_s=60, ignore_children=True))
    assert (made["min_stay_s"], made["ignore_children"]) == (60, True)


@pytest.mark.parametrize("seconds", [-0.5, 60.5, 1e9, "5", True, None])
def test_a_shortest_stay_is_0_to_60_seconds(admin: Admin, seconds: Any) -> None:
    store = admin.store()
    camera = admin.camera(store)
    refused = admin.ask("PATCH", camera, {"min_stay_s": seconds}, 422)
    assert error_locations(refused) == [["body", "min_stay_s"]]
    assert error_locations(
        admin.post(f"{store}/cameras", {"name": "Door", "min_stay_s": seconds}, 422)
    ) == error_locations(refused)
    if isinstance(seconds, float):
        assert "cannot be the shortest stay: use 0 (off) to 60" in refused["errors"][0]["message"]
    assert admin.get(camera)["min_stay_s"] == 0


@pytest.mark.parametrize("value", [1, "yes", None])
def test_children_are_ignored_or_not(admin: Admin, value: Any) -> None:
    camera = admin.camera(admin.store())
    assert error_locations(admin.ask("PATCH", camera, {"ignore_children": value}, 422)) == [["body", "ignore_children"]]


def test_an_archived_camera_cannot_be_changed(admin: Admin) -> None:
    store = admin.store()
    camera = admin.camera(store)
    assert admin.post(f"{camera}/archive", status=200)["archived_at"]
    assert admin.get(f"{store}/cameras")["cameras"] == []
    assert len(admin.get(f"{store}/cameras?include_archived=true")["cameras"]) == 1
    for method, path, body in (
        ("PATCH", camera, {"name": "x"}),
        ("PUT", f"{camera}/line", {"line": None}),
        ("POST", f"{camera}/snapshot-request", None),
        ("POST", f"{camera}/archive", None),
    ):
        assert admin.ask(method, path, body, 409)["type"] == "camera_archived"


@pytest.mark.parametrize("path", ["", "/snapshot", "/count-checks", "/track-ends"])
def test_a_camera_that_is_not_there_is_not_found(admin: Admin, path: str) -> None:
    assert admin.get(f"/admin/cameras/{uuid4()}{path}", 404)["type"] == "camera_not_found"
