"""GET /live, GET /stores and the correction by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest

from functions.api.kpi.window import quarter_floor
from tests.database import run_refresh_job
from tests.integration.functions.api.shop import Shop

Open = Callable[..., Shop]


def test_occupancy_is_who_came_minus_who_left_since_the_store_day_began(shop: Open) -> None:
    store = shop()
    day = store.now.replace(hour=0, minute=0, second=0)
    store.watched(day, store.now)
    store.crossings(
        ins=[day - timedelta(hours=1), *(day + timedelta(hours=h) for h in (9, 10, 11))],
        outs=[day + timedelta(hours=10, minutes=30)],
    )
    live = store.live()
    assert (live["visitors_today"], live["exits_today"], live["occupancy"]) == (3, 1, 2)
    assert live["balance"] == pytest.approx(1 / 3)
    assert live["last_crossing_at"] == "2026-11-18T11:00:00Z"


def test_a_store_day_that_starts_at_four_keeps_the_night_together(shop: Open) -> None:
    store = shop(now=datetime(2026, 11, 18, 2, tzinfo=UTC), day_start=time(4))
    store.watched(store.now - timedelta(hours=20), store.now)
    store.crossings(ins=[store.now - timedelta(hours=3), store.now - timedelta(hours=1)])
    live = store.live()
    assert live["store_day"] == {"date": "2026-11-17", "start": "2026-11-17T04:00:00Z", "end": "2026-11-18T04:00:00Z"}
    assert live["visitors_today"] == 2


def test_what_crossed_a_second_ago_counts_and_what_a_fast_clock_dates_ahead_does_not_yet(shop: Open) -> None:
    store = shop()
    store.watched(store.now - timedelta(hours=1), store.now)
    second = timedelta(seconds=1)
    store.late_crossings(ins=[store.now - second, store.now, store.now + second])
    assert store.live()["visitors_today"] == 1


def test_a_correction_that_a_fast_clock_dates_ahead_holds_from_its_moment_on(shop: Open) -> None:
    store = shop()
    store.watched(store.now - timedelta(hours=1), store.now)
    store.crossings(ins=[store.now - timedelta(minutes=30)] * 2)
    for second, occupancy in ((-5, 7), (5, 50)):
        store.connection.execute(
            "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, %s, %s)",
            [store.store_id, store.now + timedelta(seconds=second), occupancy],
        )
    live, shown = store.live(), store.dashboard()
    assert (live["occupancy"], live["last_reset_at"]) == (7, "2026-11-18T12:07:25Z")
    assert [bucket["occupancy_end"] for bucket in shown["buckets"] if bucket["occupancy_end"] is not None][-1] == 7


def test_only_counting_lines_count_and_every_camera_is_listed(shop: Open) -> None:
    store = shop()
    inner = store.camera(name="Inner door", is_counting_line=False)
    hour_ago = store.now - timedelta(hours=1)
    store.watched(hour_ago, store.now)
    store.crossings(ins=[hour_ago])
    store.crossings(ins=[hour_ago] * 3, outs=[hour_ago, store.now - timedelta(seconds=1)], camera=inner)
    live = store.live()
    assert (live["visitors_today"], live["occupancy"]) == (1, 1)
    assert {(c["camera_id"], c["is_counting_line"], c["in"], c["out"]) for c in live["cameras"]} == {
        (str(store.camera_id), True, 1, 0),
        (str(inner), False, 3, 2),
    }


def test_the_cameras_add_up_to_the_totals_whatever_became_of_them_today(shop: Open) -> None:
    now = datetime.now(UTC)  # what became of them happens now
    store = shop(now=now, day_start=time((now.hour + 12) % 24))
    second, quarter = timedelta(seconds=1), quarter_floor(now)
    door = store.camera(name="Door")
    for camera, statement in (
        (store.camera(name="Archived"), "UPDATE cameras SET archived_at = now() WHERE id = %s"),
        (store.camera(name="Moved"), "UPDATE cameras SET store_id = %s WHERE id = %s"),
        (store.camera(name="Switched off"), "UPDATE cameras SET is_counting_line = false WHERE id = %s"),
        (store.camera(name="Back", is_counting_line=False), "UPDATE cameras SET is_counting_line = true WHERE id = %s"),
    ):
        store.late_crossings(ins=[quarter - second], outs=[quarter], camera=camera)
        moved = [shop(now=now).store_id] if "store_id" in statement else []
        store.connection.execute(statement.encode(), [*moved, camera])
    store.connection.execute(
        "UPDATE camera_counting_periods SET counts_from = %s WHERE camera_id = %s", [quarter, camera]
    )
    store.late_crossings(ins=[quarter - second] * 2, camera=door)
    run_refresh_job(store.connection)
    live = store.live()
    cameras = {camera["name"]: camera for camera in live["cameras"]}
    assert cameras.keys() >= {"Door", "Switched off", "Back"}
    assert not cameras.keys() & {"Archived", "Moved"}
    assert cameras["Door"]["counted_in"] == cameras["Door"]["in"] == 2
    assert cameras["Switched off"]["counted_out"] == cameras["Switched off"]["out"] == 1
    back = cameras["Back"]
    assert (back["in"], back["out"], back["counted_in"], back["counted_out"]) == (1, 1, 0, 1)
    assert live["former_cameras"] == {"counted_in": 2, "counted_out": 2}
    for direction, total in (("in", live["visitors_today"]), ("out", live["exits_today"])):
        listed = sum(camera[f"counted_{direction}"] for camera in live["cameras"])
        assert listed + live["former_cameras"][f"counted_{direction}"] == total


def test_the_last_crossing_is_of_a_camera_while_it_counted(shop: Open) -> None:
    store = shop()  # 12:07:30
    eleven = store.now.replace(hour=11, minute=0, second=0)
    store.late_crossings(ins=[eleven - timedelta(minutes=1), eleven + timedelta(minutes=20)])
    assert store.live()["last_crossing_at"] == "2026-11-18T11:20:00Z"
    store.connection.execute(
        "UPDATE camera_counting_periods SET counts_until = %s WHERE camera_id = %s", [eleven, store.camera_id]
    )
    assert store.live()["last_crossing_at"] == "2026-11-18T10:59:00Z"


def test_occupancy_is_never_negative(shop: Open) -> None:
    store = shop()
    store.crossings(outs=[store.now - timedelta(hours=1)] * 4)
    assert store.live()["occupancy"] == 0


def test_a_correction_by_hand_is_where_the_count_goes_on_from(shop: Open) -> None:
    store = shop()
    store.crossings(ins=[store.now - timedelta(minutes=3)] * 5)
    url = f"/stores/{store.store_id}/occupancy-reset"
    done = store.client.post(url, json={"occupancy": 2}, headers=store.headers)
    assert (done.status_code, done.json()["occupancy"]) == (201, 2)
    assert store.live()["occupancy"] == 2

    store.crossings(outs=[store.now - timedelta(minutes=2)])  # before it: already in what was counted by eye
    assert store.live()["occupancy"] == 2

    later = store.now + timedelta(seconds=90)
    store.late_crossings(ins=[store.now, store.now + timedelta(seconds=80)], outs=[store.now + timedelta(seconds=10)])
    store.client.app.dependency_overrides.update(dict.fromkeys(store.client.app.dependency_overrides, lambda: later))  # type: ignore[attr-defined]
    live = store.live()
    assert live["occupancy"] == 3
    assert live["last_reset_at"] == "2026-11-18T12:07:30Z"
    assert live["visitors_today"] == 7


def test_a_correction_is_kept_with_who_made_it(shop: Open) -> None:
    store = shop()
    store.client.post(f"/stores/{store.store_id}/occupancy-reset", json={"occupancy": 7}, headers=store.headers)
    kept = store.connection.execute(
        "SELECT actor_id, action, after ->> 'occupancy' FROM audit_log WHERE store_id = %s", [store.store_id]
    ).fetchall()
    assert kept == [(store.owner, "occupancy.reset", "7")]


def test_corrections_without_end_are_refused_and_those_of_a_busy_day_are_not(shop: Open) -> None:
    store = shop()
    store.connection.execute(
        "INSERT INTO occupancy_resets (store_id, at, occupancy)"
        " SELECT %s, %s - n * interval '10 minutes', 3 FROM generate_series(1, 95) n",
        [store.store_id, store.now],
    )
    url = f"/stores/{store.store_id}/occupancy-reset"
    answers = [store.client.post(url, json={"occupancy": 2}, headers=store.headers) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 429]
    assert answers[1].json()["type"] == "too_many_corrections"
    assert answers[1].headers["retry-after"]
    assert store.live()["occupancy"] == 2


@pytest.mark.parametrize("occupancy", [-1, 1.5, "many", "3", True, None, 100_001])
def test_a_correction_that_is_no_number_of_people_is_refused(shop: Open, occupancy: object) -> None:
    store = shop()
    url = f"/stores/{store.store_id}/occupancy-reset"
    refused = store.client.post(url, json={"occupancy": occupancy}, headers=store.headers)
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["loc"] == ["body", "occupancy"]


def test_a_store_without_cameras_says_so_and_shows_no_zero(shop: Open) -> None:
    live = shop(camera=False).live()
    assert live["health"]["status"] == "no_cameras"
    assert (live["occupancy"], live["visitors_today"], live["data_complete_until"]) == (None, None, None)


def test_a_camera_that_never_sent_shows_no_zero(shop: Open) -> None:
    store = shop(camera=False)
    store.camera(last_seen_at=None, delivered_until=None)
    live = store.live()
    assert live["health"]["status"] == "offline"
    assert live["cameras"][0]["status"] == "never_seen"
    assert (live["occupancy"], live["visitors_today"]) == (None, None)


def test_health_is_degraded_when_one_of_two_cameras_is_silent(shop: Open) -> None:
    store = shop()
    silent_since = store.now - timedelta(minutes=20)
    store.camera(last_seen_at=silent_since, delivered_until=silent_since)
    live = store.live()
    assert (live["health"]["status"], live["health"]["cameras_online"]) == ("degraded", 1)
    assert live["data_complete_until"] == "2026-11-18T11:47:30Z"


def test_generated_and_simulated_crossings_are_declared(shop: Open) -> None:
    store = shop()
    assert store.live()["provenance"] == {"generated": False, "simulated": False}
    store.camera(origin="simulated")
    assert store.live()["provenance"] == {"generated": False, "simulated": True}


def test_my_stores_are_listed_with_what_happens_in_them(shop: Open) -> None:
    store = shop(name="Aroha", timezone="Pacific/Auckland", capacity=40, opening_hours={"thu": [["00:30", "20:00"]]})
    store.watched(store.now - timedelta(hours=1, minutes=7, seconds=30), store.now)
    store.crossings(ins=[store.now - timedelta(minutes=30)])
    summary = store.get("/stores")["stores"]
    assert [s["name"] for s in summary] == ["Aroha"]
    assert (summary[0]["occupancy"], summary[0]["visitors_today"], summary[0]["capacity"]) == (1, 1, 40)
    assert summary[0]["is_open"]
    spark = summary[0]["sparkline"]
    assert len(spark) == 24
    assert (spark[0]["start"], spark[0]["visitors"], spark[0]["state"]) == ("2026-11-19T00:00:00+13:00", 1, "value")
    assert (spark[1]["visitors"], spark[1]["state"]) == (0, "pending")
    assert (spark[2]["visitors"], spark[2]["state"]) == (None, "pending")
    assert (spark[23]["visitors"], spark[23]["state"]) == (None, "closed")


def test_an_archived_store_is_gone(shop: Open) -> None:
    store = shop()
    store.connection.execute("UPDATE stores SET archived_at = now() WHERE id = %s", [store.store_id])
    assert store.get("/stores") == {"stores": []}
    assert store.client.get(f"/live/{store.store_id}", headers=store.headers).status_code == 404


def test_a_store_whose_zone_is_unknown_is_a_clear_answer(shop: Open) -> None:
    store = shop()
    store.connection.execute("UPDATE stores SET timezone = 'Mars/Olympus' WHERE id = %s", [store.store_id])
    answer = store.client.get(f"/live/{store.store_id}", headers=store.headers)
    assert (answer.status_code, answer.json()["type"]) == (409, "store_settings_invalid")
    assert "Mars/Olympus" in answer.json()["detail"]
