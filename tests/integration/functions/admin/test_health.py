"""What the health of all cameras shows, and what a superadmin accepts of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from tests.integration.functions.admin.conftest import Admin


@pytest.mark.clock
def test_health_shows_every_camera_with_its_state(admin: Admin, connection: psycopg.Connection[Any]) -> None:
    store, empty = admin.store(name="Busy"), admin.store(name="Empty")
    online, offline, never = (admin.camera(store, name=name) for name in ("online", "offline", "never"))
    for camera, ago in ((online, 10), (offline, 600)):
        connection.execute(
            "UPDATE cameras SET last_seen_at = now() - make_interval(secs => %s), backlog = 3 WHERE id = %s",
            [ago, camera[-36:]],
        )
    admin.post(f"{admin.camera(store, name='gone')}/archive", status=200)
    health = admin.get("/admin/health")
    stores = {found["store_id"]: found for found in health["stores"]}
    states = {camera["camera_id"]: camera["status"] for camera in stores[store[-36:]]["cameras"]}
    assert states == {online[-36:]: "online", offline[-36:]: "offline", never[-36:]: "never_seen"}
    assert stores[empty[-36:]]["cameras"] == []
    for state in ("online", "offline", "never_seen"):
        of_all = sum(camera["status"] == state for found in health["stores"] for camera in found["cameras"])
        assert health["summary"][state] == of_all
    assert admin.get(store)["cameras_online"] == 1


def test_health_shows_another_worker_and_crossings_that_did_not_arrive_and_the_admin_lets_it_take_over(
    admin: Admin, connection: psycopg.Connection[Any]
) -> None:
    camera = admin.camera(admin.store(name="Two boxes"))
    first, second = str(uuid4()), str(uuid4())
    connection.execute(
        "UPDATE cameras SET instance_id = %s, instance_seen_at = now(), rejected_instance_id = %s,"
        " rejected_instance_at = now(), refused = 3, lost = 2, set_aside = 1 WHERE id = %s",
        [first, second, camera[-36:]],
    )

    def shown() -> dict[str, Any]:
        return shown_in_health(admin, camera)

    assert (shown()["refused"], shown()["lost"], shown()["set_aside"]) == (3, 2, 1)
    assert (shown()["instance_id"], shown()["rejected_instance_id"]) == (first, second)
    assert admin.post(f"{camera}/accept-instance", status=200)["instance_id"] == second
    assert (shown()["instance_id"], shown()["rejected_instance_id"]) == (second, None)
    assert admin.post(f"{camera}/accept-instance", status=409)["type"] == "no_rejected_instance"
    [entry, *_] = admin.get("/admin/audit?action=camera.accept_instance")["entries"]
    assert (entry["before"], entry["after"]) == ({"instance_id": first}, {"instance_id": second})


@pytest.mark.parametrize("picture", ["moved", "covered"])
def test_the_view_of_a_camera_that_was_turned_on_purpose_is_accepted(
    admin: Admin, connection: psycopg.Connection[Any], picture: str
) -> None:
    camera = admin.camera(admin.store())
    assert admin.post(f"{camera}/accept-view", status=409)["type"] == "view_unchanged"
    connection.execute("UPDATE cameras SET picture = %s WHERE id = %s", [picture, camera[-36:]])
    before = admin.get(camera)
    assert (before["picture"], before["view_accepted_at"]) == (picture, None)
    after = admin.post(f"{camera}/accept-view", status=200)
    assert after == {**before, "view_accepted_at": after["view_accepted_at"]}
    assert datetime.fromisoformat(after["view_accepted_at"]) > datetime.now(UTC) - timedelta(minutes=5)
    [entry, *_] = admin.get("/admin/audit?action=camera.accept_view")["entries"]
    assert (entry["subject_id"], entry["before"]) == (camera[-36:], {"view_accepted_at": None})
    assert datetime.fromisoformat(entry["after"]["view_accepted_at"]) == datetime.fromisoformat(
        after["view_accepted_at"]
    )


@pytest.mark.parametrize("picture", ["frozen", "damaged", "people_not_seen", "ok"])
def test_a_view_that_has_not_changed_cannot_be_accepted(
    admin: Admin, connection: psycopg.Connection[Any], picture: str
) -> None:
    camera = admin.camera(admin.store())
    connection.execute("UPDATE cameras SET picture = %s WHERE id = %s", [picture, camera[-36:]])
    assert admin.post(f"{camera}/accept-view", status=409)["type"] == "view_unchanged"
    assert admin.get(camera)["view_accepted_at"] is None


def shown_in_health(admin: Admin, camera: str) -> dict[str, Any]:
    stores = admin.get("/admin/health")["stores"]
    return next(found for store in stores for found in store["cameras"] if found["camera_id"] == camera[-36:])


def test_health_shows_what_the_edge_worker_measures_and_what_is_wrong(
    admin: Admin, connection: psycopg.Connection[Any]
) -> None:
    camera = admin.camera(admin.store())
    measured = {
        "picture": "covered",
        "track_fragmentation": 1.5,
        "fps_wanted": 10.0,
        "fps_reached": 9.5,
        "decode_ms": 2.5,
        "inference_ms": 31.25,
        "device": "openvino:cpu",
        "clock_offset_s": 12.0,
        "person_height": 0.25,
    }
    assert (shown_in_health(admin, camera)["problems"], shown_in_health(admin, camera)["picture"]) == ([], None)
    assignments = ", ".join(f"{name} = %({name})s" for name in measured)
    connection.execute(
        f"UPDATE cameras SET last_seen_at = now(), {assignments} WHERE id = %(id)s".encode(),
        {**measured, "id": camera[-36:]},
    )
    shown = shown_in_health(admin, camera)
    assert {name: shown[name] for name in measured} == measured
    assert [problem["type"] for problem in shown["problems"]] == ["picture_covered", "tracks_break_up", "clock_off"]
    assert shown["problems"][2] == {
        "type": "clock_off",
        "detail": "The clock of the edge box is 12 s ahead.",
        "remedy": "Set the clock: timedatectl set-ntp true. Crossings that are more than 5 minutes ahead are refused.",
        "facts": {"clock_offset_s": 12.0},
    }


def test_health_compares_the_totals_of_the_instance_that_counts_the_camera(
    admin: Admin, connection: psycopg.Connection[Any]
) -> None:
    camera = admin.camera(admin.store())
    first, second = str(uuid4()), str(uuid4())
    connection.execute(
        "UPDATE cameras SET instance_id = %s, last_seen_at = now(), total_in = 60, total_out = 40 WHERE id = %s",
        [second, camera[-36:]],
    )
    for instance, difference in ((first, 7), (second, 4)):
        connection.execute(
            "INSERT INTO worker_instances (camera_id, instance_id, totals_difference, totals_differ_since)"
            " VALUES (%s, %s, %s, now() - interval '1 hour')",
            [camera[-36:], instance, difference],
        )
    shown = shown_in_health(admin, camera)
    assert (shown["total_in"], shown["total_out"], shown["totals_difference"]) == (60, 40, 4)
    [problem] = shown["problems"]
    assert problem["type"] == "totals_disagree"
    assert "100 crossings, but 96" in problem["detail"]
