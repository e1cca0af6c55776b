"""Stores and cameras through the admin API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import boto3
import httpx
import psycopg
import pytest

from tests.factories import Event, insert_events
from tests.integration.functions.admin.conftest import Admin


def errors(answer: dict[str, Any]) -> list[list[Any]]:
    return [error["loc"] for error in answer["errors"]]


def test_a_store_is_made_read_changed_and_listed(admin: Admin) -> None:
    store = admin.store(day_start="04:00", capacity=80, opening_hours={"mon": [["09:00", "20:00"]], "fri": []})
    read = admin.get(store)
    assert {name: read[name] for name in ("name", "timezone", "day_start", "capacity", "opening_hours")} == {
        "name": "Corner shop",
        "timezone": "Europe/Berlin",
        "day_start": "04:00",
        "capacity": 80,
        "opening_hours": {"mon": [["09:00", "20:00"]], "fri": []},
    }
    assert (read["cameras"], read["cameras_online"], read["owners"], read["pending_invites"]) == (0, 0, 0, 0)
    changed = admin.ask("PATCH", store, {"capacity": None, "timezone": "Asia/Kathmandu"})
    assert (changed["capacity"], changed["timezone"], changed["name"]) == (None, "Asia/Kathmandu", "Corner shop")
    assert changed in admin.get("/admin/stores")["stores"]


@pytest.mark.parametrize(
    ("changes", "member"),
    [
        ({"name": ""}, "name"),
        ({"name": "   "}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"name": "a\u0000b"}, "name"),
        ({"name": None}, "name"),
        ({"timezone": "Mars/Olympus"}, "timezone"),
        ({"timezone": "../../etc/passwd"}, "timezone"),
        ({"day_start": "25:00"}, "day_start"),
        ({"day_start": "04:00:30"}, "day_start"),
        ({"day_start": "04:10"}, "day_start"),
        ({"day_start": "04:00+02:00"}, "day_start"),
        ({"closing_grace_minutes": 50}, "closing_grace_minutes"),
        ({"closing_grace_minutes": 255}, "closing_grace_minutes"),
        ({"capacity": 0}, "capacity"),
        ({"capacity": 2**31}, "capacity"),
        ({"capacity": "80"}, "capacity"),
        ({"opening_hours": {"monday": []}}, "opening_hours"),
        ({"opening_hours": {"mon": [["9", "20"]]}}, "opening_hours"),
        ({"opening_hours": {"mon": [["09:00"]]}}, "opening_hours"),
        ({"opening_hours": {"mon": [["09:00", "12:00"], ["11:45", "13:00"]]}}, "opening_hours"),
        ({"owner": "me"}, "owner"),
    ],
)
def test_a_store_that_makes_no_sense_is_refused_by_its_member(
    admin: Admin, changes: dict[str, Any], member: str
) -> None:
    body = {"name": "Shop", "timezone": "Europe/Berlin", **changes}
    assert any(loc[:2] == ["body", member] for loc in errors(admin.post("/admin/stores", body, 422)))
    store = admin.store()
    assert any(loc[:2] == ["body", member] for loc in errors(admin.ask("PATCH", store, changes, 422)))


@pytest.mark.parametrize(
    ("hours", "named"),
    [
        ({"mon": [["09:00", "12:00"], ["09:00", "12:00"]]}, "Monday 09:00–12:00 overlaps Monday 09:00–12:00"),
        ({"mon": [["14:00", "20:00"], ["09:00", "14:15"]]}, "Monday 09:00–14:15 overlaps Monday 14:00–20:00"),
        ({"mon": [["09:00", "05:00"]], "tue": [["01:00", "02:00"]]}, "Monday 09:00–05:00 overlaps Tuesday 01:00–02:00"),
        ({"mon": [["09:00", "05:00"], ["01:00", "02:00"]]}, "Monday 09:00–05:00 overlaps Monday 01:00–02:00"),
        ({"mon": [["18:00", "02:00"], ["12:00", "15:00"]]}, None),
        ({"sun": [["20:00", "03:00"]], "mon": [["02:45", "03:00"]]}, "Sunday 20:00–03:00 overlaps Monday 02:45–03:00"),
        (
            {"fri": [["18:00", "18:00"]], "sat": [["17:45", "23:00"]]},
            "Friday 18:00–18:00 overlaps Saturday 17:45–23:00",
        ),
        ({"sun": [["20:00", "03:00"]], "mon": [["03:00", "24:00"]], "tue": [["00:00", "09:00"]]}, None),
        ({day: [["06:00", "06:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}, None),
    ],
)
def test_opening_spans_that_overlap_are_refused_with_their_names(
    admin: Admin, hours: dict[str, Any], named: str | None
) -> None:
    store = admin.store()
    if named is None:
        assert admin.ask("PATCH", store, {"opening_hours": hours})["opening_hours"] == hours
        return
    (error,) = admin.ask("PATCH", store, {"opening_hours": hours}, 422)["errors"]
    assert error["loc"] == ["body", "opening_hours"]
    assert named in error["message"]
    assert "continues on the next day" in error["message"]
    assert admin.get(store)["opening_hours"] is None


def test_an_archived_store_is_out_of_sight_until_it_is_restored(admin: Admin) -> None:
    store = admin.store()
    key = admin.post(f"{store}/worker-keys", {"name": "box"})
    assert admin.post(f"{store}/archive", status=200)["archived_at"]
    assert admin.get(store) not in admin.get("/admin/stores")["stores"]
    assert admin.get(store) in admin.get("/admin/stores?include_archived=true")["stores"]
    for attempt in (
        admin.ask("PATCH", store, {"name": "x"}, 409),
        admin.post(f"{store}/cameras", {"name": "x"}, 409),
        admin.post(f"{store}/worker-keys", {"name": "x"}, 409),
    ):
        assert attempt["type"] == "store_archived"
    assert admin.post(f"{store}/restore", status=200)["archived_at"] is None
    (revoked,) = admin.get(f"{store}/worker-keys")["worker_keys"]
    assert (revoked["worker_key_id"], revoked["revoked_at"] is not None) == (key["worker_key_id"], True)


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
    assert errors(answer) == [["body", "snapshot_interval_s"]]


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
    assert errors(refused) == [["body", "min_stay_s"]]
    assert errors(admin.post(f"{store}/cameras", {"name": "Door", "min_stay_s": seconds}, 422)) == errors(refused)
    if isinstance(seconds, float):
        assert "cannot be the shortest stay: use 0 (off) to 60" in refused["errors"][0]["message"]
    assert admin.get(camera)["min_stay_s"] == 0


@pytest.mark.parametrize("value", [1, "yes", None])
def test_children_are_ignored_or_not(admin: Admin, value: Any) -> None:
    camera = admin.camera(admin.store())
    assert errors(admin.ask("PATCH", camera, {"ignore_children": value}, 422)) == [["body", "ignore_children"]]


def test_the_line_is_drawn_and_taken_back(admin: Admin) -> None:
    camera = admin.camera(admin.store())
    drawn = admin.ask("PUT", f"{camera}/line", {"line": [0, 0.25, 1, 0.75], "anchor": "center"})
    assert (drawn["line"], drawn["anchor"]) == ([0, 0.25, 1, 0.75], "center")
    default = admin.ask("PUT", f"{camera}/line", {"line": None})
    assert (default["line"], default["anchor"]) == (None, "center")


def test_a_change_of_the_line_or_the_anchor_is_a_version_with_its_author(
    admin: Admin, connection: psycopg.Connection[Any]
) -> None:
    camera = admin.camera(admin.store())
    assert admin.get(camera)["line_version"] == 1
    changes: list[tuple[str, str, dict[str, Any], int]] = [
        ("PUT", f"{camera}/line", {"line": [0, 0.25, 1, 0.75]}, 2),
        ("PUT", f"{camera}/line", {"line": [0, 0.25, 1, 0.75], "anchor": "foot"}, 2),
        ("PATCH", camera, {"name": "Back door", "sample_fps": 5}, 2),
        ("PATCH", camera, {"anchor": "center"}, 3),
        ("PUT", f"{camera}/line", {"line": None}, 4),
    ]
    for method, path, body, version in changes:
        assert admin.ask(method, path, body)["line_version"] == version
    versions = connection.execute(
        "SELECT version, line, anchor, created_by FROM camera_lines WHERE camera_id = %s ORDER BY version",
        [camera.rpartition("/")[2]],
    ).fetchall()
    assert versions == [
        (1, None, "foot", admin.user_id),
        (2, [0, 0.25, 1, 0.75], "foot", admin.user_id),
        (3, [0, 0.25, 1, 0.75], "center", admin.user_id),
        (4, None, "center", admin.user_id),
    ]


@pytest.mark.parametrize(
    "line",
    [[0, 0, 1], [0, 0, 1, 1, 1], [0, 0, 1, 1.01], [-0.1, 0, 1, 1], [0.5, 0.5, 0.5, 0.51], ["a", 0, 1, 1], "0,0,1,1", 7],
)
def test_a_line_that_is_none_is_refused(admin: Admin, line: object) -> None:
    camera = admin.camera(admin.store())
    assert errors(admin.ask("PUT", f"{camera}/line", {"line": line}, 422))[0][:2] == ["body", "line"]


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


@pytest.mark.clock
def test_a_snapshot_is_reached_by_a_signed_address_for_five_minutes(
    admin: Admin, connection: psycopg.Connection[Any], storage: str
) -> None:
    camera = admin.camera(admin.store())
    assert admin.get(f"{camera}/snapshot", 404)["type"] == "snapshot_not_found"
    boto3.client("s3").put_object(Bucket=storage, Key="snapshots/a.jpg", Body=b"picture", ContentType="image/jpeg")
    connection.execute(
        "UPDATE cameras SET snapshot_key = 'snapshots/a.jpg', snapshot_at = now() WHERE id = %s",
        [camera.rpartition("/")[2]],
    )
    answer = admin.get(f"{camera}/snapshot")
    fetched = httpx.get(answer["url"])
    assert (fetched.content, fetched.headers["content-type"]) == (b"picture", "image/jpeg")
    remaining = datetime.fromisoformat(answer["expires_at"]) - datetime.now(UTC)
    assert timedelta(minutes=4) < remaining <= timedelta(minutes=5)


def test_a_snapshot_is_asked_for(admin: Admin) -> None:
    camera = admin.camera(admin.store())
    asked = admin.post(f"{camera}/snapshot-request", status=202)
    assert admin.get(camera)["snapshot_requested_at"] == asked["snapshot_requested_at"]


@pytest.mark.clock
def test_a_manual_count_stands_beside_ours(admin: Admin, connection: psycopg.Connection[Any]) -> None:
    store = admin.store()
    camera = admin.camera(store)
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=2)
    crossings = [Event(start + timedelta(minutes=m), "IN" if m % 2 else "OUT") for m in range(20)]
    outside = [Event(start - timedelta(seconds=1)), Event(start + timedelta(hours=1))]
    insert_events(connection, UUID(store[-36:]), UUID(camera[-36:]), [*crossings, *outside])
    window = {"window_start": start.isoformat(), "window_end": (start + timedelta(hours=1)).isoformat()}
    check = admin.post(f"{camera}/count-checks", {**window, "manual_in": 10, "manual_out": 11, "note": "by hand"})
    assert (check["counted_in"], check["counted_out"]) == (10, 10)
    assert check["accuracy"] == pytest.approx(20 / 21)
    assert admin.get(f"{camera}/count-checks")["count_checks"] == [check]


@pytest.mark.clock
@pytest.mark.parametrize(
    ("start", "hours", "status"), [(-1, 2, 409), (-3, 0, 422), (-3, -1, 422), (-30, 25, 422), (-(10**5) * 9, 1, 422)]
)
def test_a_window_must_be_over_and_a_day_at_most(admin: Admin, start: int, hours: int, status: int) -> None:
    camera = admin.camera(admin.store())
    begin = datetime.now(UTC) + timedelta(hours=start)
    window = {"window_start": begin.isoformat(), "window_end": (begin + timedelta(hours=hours)).isoformat()}
    admin.post(f"{camera}/count-checks", {**window, "manual_in": 1, "manual_out": 1}, status)


@pytest.mark.parametrize("moment", ["2026-11-22T09:00:00", 1763800000, "9999-12-31T23:59:59Z", "soon", None])
def test_a_window_has_moments_with_an_offset(admin: Admin, moment: object) -> None:
    camera = admin.camera(admin.store())
    body = {"window_start": moment, "window_end": "2026-11-20T10:00:00Z", "manual_in": 1, "manual_out": 1}
    assert ["body", "window_start"] in errors(admin.post(f"{camera}/count-checks", body, 422))


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


def test_the_track_ends_of_the_last_hour_are_shown(admin: Admin, connection: psycopg.Connection[Any]) -> None:
    camera = admin.camera(admin.store())
    for minutes, points in ((5, "[[0.5, 0.25]]"), (61, "[[0, 0]]"), (30, "[[0.125, 1], [0, 0.75]]")):
        connection.execute(
            "INSERT INTO camera_track_ends (camera_id, received_at, points)"
            " VALUES (%s, now() - make_interval(mins => %s), %s)",
            [camera[-36:], minutes, points],
        )
    assert admin.get(f"{camera}/track-ends") == {"points": [[0.125, 1], [0, 0.75], [0.5, 0.25]]}


@pytest.mark.parametrize("path", ["", "/cameras", "/owners", "/worker-keys"])
def test_a_store_that_is_not_there_is_not_found(admin: Admin, path: str) -> None:
    assert admin.get(f"/admin/stores/{uuid4()}{path}", 404)["type"] == "store_not_found"


@pytest.mark.parametrize("path", ["", "/snapshot", "/count-checks", "/track-ends"])
def test_a_camera_that_is_not_there_is_not_found(admin: Admin, path: str) -> None:
    assert admin.get(f"/admin/cameras/{uuid4()}{path}", 404)["type"] == "camera_not_found"


def test_the_countries_and_regions_that_are_listed_are_those_of_a_store(admin: Admin) -> None:
    countries = {entry["country"]: entry["regions"] for entry in admin.get("/admin/holiday-countries")["countries"]}
    assert {"region": "BY", "name": "Bayern"} in countries["DE"]
    assert {"region": "MD", "name": "Madrid"} in countries["ES"]
    for country, region in (("DE", "BY"), ("ES", "MD"), ("FR", None)):
        store = admin.post(
            "/admin/stores",
            {"name": "Shop", "timezone": "Europe/Berlin", "country": country, "region": region},
        )
        assert (store["country"], store["region"]) == (country, region)
    assert all(len(region["region"]) <= 8 for regions in countries.values() for region in regions)
