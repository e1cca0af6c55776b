"""GET /live: occupancy, cameras and their health."""

from __future__ import annotations

import random
from datetime import UTC, datetime, time, timedelta

import pytest

from functions.api.kpi.window import quarter_floor
from tests.database import run_refresh_job
from tests.factories import make_member
from tests.integration.functions.api.store_fixture import CreateStore, by_hour


def test_occupancy_is_ins_minus_outs_since_the_start_of_the_store_day(create_store: CreateStore) -> None:
    store = create_store()
    day = store.now.replace(hour=0, minute=0, second=0)
    store.add_observed_minutes(day, store.now)
    store.add_crossings(
        ins=[day - timedelta(hours=1), *(day + timedelta(hours=h) for h in (9, 10, 11))],
        outs=[day + timedelta(hours=10, minutes=30)],
    )
    live = store.live()
    assert (live["visitors_today"], live["exits_today"], live["occupancy"]) == (3, 1, 2)
    assert live["balance"] == pytest.approx(1 / 3)
    assert live["last_crossing_at"] == "2026-11-18T11:00:00Z"


def test_a_store_day_that_starts_at_four_contains_the_whole_night(create_store: CreateStore) -> None:
    store = create_store(now=datetime(2026, 11, 18, 2, tzinfo=UTC), day_start=time(4))
    store.add_observed_minutes(store.now - timedelta(hours=20), store.now)
    store.add_crossings(ins=[store.now - timedelta(hours=3), store.now - timedelta(hours=1)])
    live = store.live()
    assert live["store_day"] == {"date": "2026-11-17", "start": "2026-11-17T04:00:00Z", "end": "2026-11-18T04:00:00Z"}
    assert live["visitors_today"] == 2


def test_a_crossing_of_a_second_ago_counts_and_one_in_the_future_does_not(create_store: CreateStore) -> None:
    store = create_store()
    store.add_observed_minutes(store.now - timedelta(hours=1), store.now)
    second = timedelta(seconds=1)
    store.add_late_crossings(ins=[store.now - second, store.now, store.now + second])
    assert store.live()["visitors_today"] == 1


def test_only_counting_lines_count_and_every_camera_is_listed(create_store: CreateStore) -> None:
    store = create_store()
    inner = store.add_camera(name="Inner door", is_counting_line=False)
    hour_ago = store.now - timedelta(hours=1)
    store.add_observed_minutes(hour_ago, store.now)
    store.add_crossings(ins=[hour_ago])
    store.add_crossings(ins=[hour_ago] * 3, outs=[hour_ago, store.now - timedelta(seconds=1)], camera=inner)
    live = store.live()
    assert (live["visitors_today"], live["occupancy"]) == (1, 1)
    assert {(c["camera_id"], c["is_counting_line"], c["in"], c["out"]) for c in live["cameras"]} == {
        (str(store.camera_id), True, 1, 0),
        (str(inner), False, 3, 2),
    }


@pytest.mark.clock
def test_the_cameras_add_up_to_the_totals_whatever_changed_today(create_store: CreateStore) -> None:
    now = datetime.now(UTC)  # the database sets the time of the changes
    store = create_store(now=now, day_start=time((now.hour + 12) % 24))
    second, quarter = timedelta(seconds=1), quarter_floor(now)
    door = store.add_camera(name="Door")
    for camera, statement in (
        (store.add_camera(name="Archived"), "UPDATE cameras SET archived_at = now() WHERE id = %s"),
        (store.add_camera(name="Moved"), "UPDATE cameras SET store_id = %s WHERE id = %s"),
        (store.add_camera(name="Switched off"), "UPDATE cameras SET is_counting_line = false WHERE id = %s"),
        (
            store.add_camera(name="Back", is_counting_line=False),
            "UPDATE cameras SET is_counting_line = true WHERE id = %s",
        ),
    ):
        store.add_late_crossings(ins=[quarter - second], outs=[quarter], camera=camera)
        moved = [create_store(now=now).store_id] if "store_id" in statement else []
        store.connection.execute(statement.encode(), [*moved, camera])
    store.connection.execute(
        "UPDATE camera_counting_periods SET counts_from = %s WHERE camera_id = %s", [quarter, camera]
    )
    store.add_late_crossings(ins=[quarter - second] * 2, camera=door)
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


def test_the_last_crossing_is_one_that_counts(create_store: CreateStore) -> None:
    store = create_store()  # 12:07:30
    eleven = store.now.replace(hour=11, minute=0, second=0)
    store.add_late_crossings(ins=[eleven - timedelta(minutes=1), eleven + timedelta(minutes=20)])
    assert store.live()["last_crossing_at"] == "2026-11-18T11:20:00Z"
    store.connection.execute(
        "UPDATE camera_counting_periods SET counts_until = %s WHERE camera_id = %s", [eleven, store.camera_id]
    )
    assert store.live()["last_crossing_at"] == "2026-11-18T10:59:00Z"


def test_occupancy_is_never_negative(create_store: CreateStore) -> None:
    store = create_store()
    store.add_crossings(outs=[store.now - timedelta(hours=1)] * 4)
    assert store.live()["occupancy"] == 0


def test_exits_of_people_who_came_in_unseen_do_not_eat_later_entries(create_store: CreateStore) -> None:
    store = create_store()
    eight, nine = store.local(2026, 11, 18, 8), store.local(2026, 11, 18, 9)
    store.add_crossings(outs=[eight] * 3, ins=[nine] * 10)
    for answer in (store.live(), store.get("/stores")["stores"][0]):
        assert (answer["visitors_today"], answer["exits_today"], answer["occupancy"]) == (10, 3, 10)
        assert (answer["unmatched_exits"], answer["residual"], answer["occupancy_state"]) == (3, None, "counted")
    shown = store.dashboard()
    assert shown["kpis"]["unmatched_exits"]["value"] == 3
    assert by_hour(shown)["08:00"]["unmatched_exits"] == 3
    assert by_hour(shown)["09:00"]["occupancy_end"] == 10


def test_within_a_quarter_hour_the_order_of_crossings_of_all_counting_cameras_decides(
    create_store: CreateStore,
) -> None:
    store = create_store()
    back_door, inner = store.add_camera(name="Back door"), store.add_camera(name="Inner", is_counting_line=False)
    eight, second = store.local(2026, 11, 18, 8), timedelta(seconds=1)
    store.add_crossings(outs=[eight])  # came in unseen
    store.add_crossings(ins=[eight + second, eight + 3 * second], camera=back_door)
    store.add_crossings(outs=[eight + 2 * second])
    store.add_crossings(outs=[eight + 4 * second] * 5, camera=inner)  # does not count
    live = store.live()
    assert (live["occupancy"], live["unmatched_exits"]) == (1, 1)


@pytest.mark.parametrize("seed", range(4))
def test_the_live_numbers_of_several_stores_equal_brute_force_over_their_crossings(
    create_store: CreateStore, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - a simulation
    first = create_store(timezone="Asia/Kathmandu")
    stores = [first, *(create_store(timezone="Asia/Kathmandu") for _ in range(3))]
    start = first.local(2026, 11, 18)  # 17:52:30 on the clock of the stores
    expected = {}
    for store in stores:
        if store is not first:
            make_member(store.connection, store.store_id, user_id=first.owner)
        seconds = sorted(chance.sample(range(60, 64_000), 80))
        crossings = [(start + timedelta(seconds=at), chance.choice(["IN", "OUT"])) for at in seconds]
        resets = [(start + timedelta(seconds=at), chance.randrange(4)) for at in chance.sample(range(64_000), 2)]
        store.add_late_crossings(
            ins=[at for at, direction in crossings if direction == "IN"],
            outs=[at for at, direction in crossings if direction == "OUT"],
        )
        for at, occupancy in resets:
            store.connection.execute(
                "INSERT INTO occupancy_resets (store_id, at, occupancy) VALUES (%s, %s, %s)",
                [store.store_id, at, occupancy],
            )
        expected[str(store.store_id)] = floored_at_each_crossing(crossings, resets)
    run_refresh_job(first.connection)
    listed = {store["store_id"]: store for store in first.get("/stores")["stores"]}
    found = {store_id: (store["occupancy"], store["unmatched_exits"]) for store_id, store in listed.items()}
    assert found == expected
    live = first.live()
    assert (live["occupancy"], live["unmatched_exits"]) == expected[str(first.store_id)]


def floored_at_each_crossing(
    crossings: list[tuple[datetime, str]], resets: list[tuple[datetime, int]]
) -> tuple[int, int]:
    """Return the people inside and the exits that found nobody inside."""
    inside = unmatched = 0
    for _, step in sorted([*crossings, *resets], key=lambda step: step[0]):
        if isinstance(step, int):
            inside = step
        elif step == "IN":
            inside += 1
        elif inside:
            inside -= 1
        else:
            unmatched += 1
    return inside, unmatched


def test_a_store_without_cameras_has_that_health_and_no_zero(create_store: CreateStore) -> None:
    live = create_store(camera=False).live()
    assert live["health"]["status"] == "no_cameras"
    assert (live["occupancy"], live["visitors_today"], live["data_complete_until"]) == (None, None, None)
    assert (live["occupancy_state"], live["unmatched_exits"], live["residual"]) == ("unknown", None, None)


def test_a_camera_that_never_reported_shows_no_zero(create_store: CreateStore) -> None:
    store = create_store(camera=False)
    store.add_camera(last_seen_at=None, delivered_until=None)
    live = store.live()
    assert live["health"]["status"] == "offline"
    assert live["cameras"][0]["status"] == "never_seen"
    assert (live["occupancy"], live["visitors_today"]) == (None, None)


@pytest.mark.parametrize(
    ("picture", "health"),
    [
        ("ok", "online"),
        ("people_not_seen", "online"),
        ("moved", "online"),
        ("damaged", "online"),
        ("frozen", "degraded"),
        ("covered", "degraded"),
    ],
)
def test_health_is_degraded_while_a_camera_that_reports_shows_nobody(
    create_store: CreateStore, picture: str, health: str
) -> None:
    store = create_store()
    store.connection.execute("UPDATE cameras SET picture = %s WHERE store_id = %s", [picture, store.store_id])
    shown = store.live()["health"]
    assert (shown["status"], shown["cameras_online"]) == (health, 1)


def test_a_dark_picture_is_no_problem_while_the_store_is_closed(create_store: CreateStore) -> None:
    store = create_store(opening_hours={})
    store.connection.execute("UPDATE cameras SET picture = 'covered' WHERE store_id = %s", [store.store_id])
    assert store.live()["health"]["status"] == "online"
    assert store.get("/stores")["stores"][0]["health"]["status"] == "online"


def test_health_is_degraded_when_one_of_two_cameras_does_not_report(create_store: CreateStore) -> None:
    store = create_store()
    last_report = store.now - timedelta(minutes=20)
    store.add_camera(last_seen_at=last_report, delivered_until=last_report)
    live = store.live()
    assert (live["health"]["status"], live["health"]["cameras_online"]) == ("degraded", 1)
    assert live["data_complete_until"] == "2026-11-18T11:47:30Z"


def test_generated_and_simulated_crossings_are_declared(create_store: CreateStore) -> None:
    store = create_store()
    assert store.live()["provenance"] == {"generated": False, "simulated": False}
    store.add_camera(origin="simulated")
    assert store.live()["provenance"] == {"generated": False, "simulated": True}


def test_an_unknown_time_zone_is_a_problem_that_names_it(create_store: CreateStore) -> None:
    store = create_store()
    store.connection.execute("UPDATE stores SET timezone = 'Mars/Olympus' WHERE id = %s", [store.store_id])
    answer = store.client.get(f"/live/{store.store_id}", headers=store.headers)
    assert (answer.status_code, answer.json()["type"]) == (409, "store_settings_invalid")
    assert "Mars/Olympus" in answer.json()["detail"]
