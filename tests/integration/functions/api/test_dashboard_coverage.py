"""GET /dashboard: what was not observed, not delivered or not counted."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from tests.integration.functions.api.store_fixture import HOUR, CreateStore, by_hour, kpi


def test_hours_that_were_not_observed_are_no_zero_and_not_part_of_averages(create_store: CreateStore) -> None:
    store = create_store()
    nine = store.local(2026, 11, 17, 9)
    store.add_observed_minutes(nine, nine + HOUR)
    store.add_observed_minutes(nine + 2 * HOUR, nine + 2.5 * HOUR)
    store.add_visits([(nine + HOUR * i / 60, nine + HOUR * (i + 6) / 60) for i in range(0, 50, 10)])
    store.add_visits([(nine + 2 * HOUR, nine + 2.1 * HOUR)] * 4)
    shown = store.dashboard(date="2026-11-17")
    hours = by_hour(shown)
    assert [(hours[h]["visitors"], hours[h]["state"], hours[h]["coverage"]) for h in ("09:00", "10:00", "11:00")] == [
        (5, "value", 1),
        (None, "no_data", 0),
        (4, "partial", 0.5),
    ]
    # 5 an hour against 4 in half an hour = 8 an hour
    assert (shown["kpis"]["peak_hour"]["hour"], shown["kpis"]["peak_hour"]["visitors_per_hour"]) == (11, 8)
    assert kpi(shown, "occupancy_average")[0] == pytest.approx((5 * 6 + 4 * 6) / 90)
    assert shown["coverage"] == pytest.approx(90 / 1440)
    assert shown["kpis"]["visitors"]["note"] == "partially_observed"
    assert shown["kpis"]["visitors"]["change"] is None


def test_a_day_of_which_only_the_night_was_observed_has_no_numbers(create_store: CreateStore) -> None:
    store = create_store(opening_hours={"tue": [["09:00", "17:00"]]})
    store.add_observed_minutes(store.local(2026, 11, 17), store.local(2026, 11, 17, 8))
    shown = store.dashboard(date="2026-11-17")
    for name in ("visitors", "exits", "occupancy_average", "occupancy_peak", "balance", "dwell_s"):
        assert (shown["kpis"][name]["value"], shown["kpis"][name]["note"]) == (None, "not_observed"), name
    row = store.footfall(**{"from": "2026-11-17", "to": "2026-11-18", "interval": "day"})["rows"][0]
    assert (row["visitors"], row["state"], row["coverage"]) == (None, "no_data", 0)


def test_a_day_that_was_not_observed_has_no_numbers(create_store: CreateStore) -> None:
    shown = create_store().dashboard(date="2026-11-10")
    assert {name: shown["kpis"][name]["value"] for name in ("visitors", "exits", "dwell_s", "occupancy_average")} == {
        "visitors": None,
        "exits": None,
        "dwell_s": None,
        "occupancy_average": None,
    }
    assert {bucket["state"] for bucket in shown["buckets"]} == {"no_data"}
    assert shown["kpis"]["visitors"]["note"] == "not_observed"


def test_hours_that_the_edge_box_has_not_delivered_are_pending(create_store: CreateStore) -> None:
    store = create_store(camera=False)
    disconnected_at = store.local(2026, 11, 17, 10)
    store.camera_id = store.add_camera(delivered_until=disconnected_at, last_seen_at=disconnected_at)
    store.add_observed_minutes(disconnected_at - 2 * HOUR, disconnected_at)
    shown = store.dashboard(date="2026-11-17")
    hours = by_hour(shown)
    assert [hours[h]["state"] for h in ("08:00", "09:00", "10:00", "23:00")] == ["value", "value", "pending", "pending"]
    assert hours["10:00"]["visitors"] is None
    assert shown["data_complete_until"] == "2026-11-17T10:00:00Z"
    assert shown["kpis"]["visitors"]["note"] == "pending"


def test_a_disconnected_camera_of_two_keeps_its_hours_pending_until_they_are_too_old_to_be_accepted(
    create_store: CreateStore,
) -> None:
    store = create_store()  # Wednesday 12:07:30
    disconnected_at = store.local(2026, 11, 18, 11)
    disconnected = store.add_camera(last_seen_at=disconnected_at, delivered_until=disconnected_at)
    day = store.local(2026, 11, 18)
    store.add_observed_minutes(day, store.now)
    store.add_observed_minutes(day, disconnected_at, camera=disconnected)
    store.add_crossings(ins=[disconnected_at - HOUR / 2, disconnected_at + HOUR / 2], outs=[])
    store.add_crossings(ins=[disconnected_at - HOUR / 2], outs=[disconnected_at - HOUR / 4], camera=disconnected)
    live = store.live()
    assert (live["visitors_today"], live["exits_today"], live["occupancy"]) == (3, 1, 2)  # of what has arrived
    assert (live["data_complete_until"], live["health"]["status"]) == ("2026-11-18T11:00:00Z", "degraded")
    today = store.dashboard(compare="none")
    hours = by_hour(today)
    assert (hours["10:00"]["visitors"], hours["10:00"]["state"], hours["10:00"]["coverage"]) == (2, "value", 1)
    assert (hours["11:00"]["visitors"], hours["11:00"]["state"]) == (1, "pending")
    assert today["coverage"] == 1  # of what is settled
    assert today["kpis"]["visitors"]["note"] == "pending"

    later = store.now + timedelta(days=31)
    store.answer_at(later)
    hours = by_hour(store.dashboard(date="2026-11-18", compare="none"))
    assert (hours["10:00"]["state"], hours["10:00"]["coverage"]) == ("value", 1)
    assert (hours["11:00"]["visitors"], hours["11:00"]["state"]) == (1, "partial")
    assert hours["11:00"]["coverage"] == pytest.approx(0.5)
    assert store.live()["visitors_today"] is None


def test_three_weeks_that_arrive_late_are_pending_until_the_refresh_and_right_after_it(
    create_store: CreateStore,
) -> None:
    store = create_store()
    long_ago = store.local(2026, 10, 28, 9)
    store.add_observed_minutes(store.local(2026, 10, 28), store.now)
    store.refresh_aggregates(store.local(2026, 10, 27), store.now - HOUR)  # the watermark is far past it
    store.add_late_crossings(ins=[long_ago, long_ago + HOUR], outs=[long_ago + 2 * HOUR] * 2)
    waiting = store.dashboard(date="2026-10-28")
    assert {bucket["state"] for bucket in by_hour(waiting).values() if "09" <= bucket["start"][11:13] <= "11"} == {
        "pending"
    }
    assert by_hour(waiting)["12:00"]["state"] == "value"
    store.add_crossings()
    shown = store.dashboard(date="2026-10-28")
    assert {bucket["state"] for bucket in shown["buckets"]} == {"value"}
    assert kpi(shown, "visitors")[0] == 2
    assert kpi(shown, "dwell_s")[0] == pytest.approx(1.5 * 3600)
    assert store.footfall(**{"from": "2026-10-28", "to": "2026-10-29", "interval": "day"})["rows"][0]["visitors"] == 2


@pytest.mark.clock
@pytest.mark.parametrize("change", ["switched off", "moved", "archived"])
def test_a_camera_that_stops_counting_leaves_history_as_it_was(create_store: CreateStore, change: str) -> None:
    store = create_store(now=datetime.now(UTC))  # the change happens now
    other = create_store(now=store.now)
    yesterday = store.now.date() - timedelta(days=1)
    start = datetime.combine(yesterday, time(), tzinfo=UTC)
    store.add_observed_minutes(start, start + 24 * HOUR)
    store.add_crossings(ins=[start + 9 * HOUR] * 2, outs=[start + 10 * HOUR])
    before = store.dashboard(date=str(yesterday), compare="none")
    statement, values = {
        "switched off": ("UPDATE cameras SET is_counting_line = false WHERE id = %s", []),
        "moved": ("UPDATE cameras SET store_id = %s WHERE id = %s", [other.store_id]),
        "archived": ("UPDATE cameras SET archived_at = now() WHERE id = %s", []),
    }[change]
    store.connection.execute(statement, [*values, store.camera_id])
    after = store.dashboard(date=str(yesterday), compare="none")
    assert after["kpis"]["visitors"]["value"] == before["kpis"]["visitors"]["value"] == 2
    assert [(b["visitors"], b["state"]) for b in after["buckets"]] == [
        (b["visitors"], b["state"]) for b in before["buckets"]
    ]
    assert other.dashboard(date=str(yesterday))["kpis"]["visitors"]["value"] is None


def test_crossings_while_a_camera_is_no_counting_line_do_not_count(create_store: CreateStore) -> None:
    store = create_store(camera=False)
    store.camera_id = store.add_camera(is_counting_line=False)
    store.add_observed_minutes(store.local(2026, 11, 17), store.local(2026, 11, 18))
    store.add_crossings(ins=[store.local(2026, 11, 17, 9)])
    shown = store.dashboard(date="2026-11-17")
    assert {bucket["state"] for bucket in shown["buckets"]} == {"no_data"}
    assert kpi(shown, "visitors")[0] is None
