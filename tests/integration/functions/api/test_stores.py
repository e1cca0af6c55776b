"""GET /stores: the stores of an owner with their numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.functions.api.store_fixture import CreateStore


def test_the_list_of_stores_has_their_numbers_of_today(create_store: CreateStore) -> None:
    store = create_store(
        name="Aroha", timezone="Pacific/Auckland", capacity=40, opening_hours={"thu": [["00:30", "20:00"]]}
    )
    store.add_observed_minutes(store.now - timedelta(hours=1, minutes=7, seconds=30), store.now)
    store.add_crossings(ins=[store.now - timedelta(minutes=30)])
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


def test_the_day_of_each_listed_store_is_compared_up_to_its_own_time(create_store: CreateStore) -> None:
    week, second = timedelta(days=7), timedelta(seconds=1)
    stores = [create_store(), create_store(timezone="Pacific/Auckland")]  # Wednesday 12:07:30, Thursday 01:07:30
    before = stores[0].now - week
    for store in stores:
        store.add_observed_minutes(store.now - timedelta(days=8), store.now)
        store.add_crossings(ins=[store.now - timedelta(hours=1)] * 3)
    stores[0].add_crossings(ins=[before - second, before - 3 * second, before, before + second])
    stores[1].add_crossings(ins=[before - timedelta(hours=2), before - second, before + second])
    utc, auckland = (store.listed_period(period="day", compare="previous")["compare"] for store in stores)
    assert (utc["date"], utc["end"]) == ("2026-11-11", "2026-11-11T12:07:30Z")
    assert utc["visitors"] == {"value": 3, "comparable": 3, "baseline": 2, "change": 0.5, "note": None}
    assert (auckland["date"], auckland["end"]) == ("2026-11-12", "2026-11-12T01:07:30+13:00")
    assert auckland["visitors"] == {"value": 3, "comparable": 3, "baseline": 1, "change": 2, "note": None}


@pytest.mark.clock
def test_the_figures_of_live_of_the_list_and_of_the_dashboard_are_those_of_as_of(create_store: CreateStore) -> None:
    store = create_store(now=datetime(2026, 11, 18, 12, 52, 10, tzinfo=UTC))
    store.add_observed_minutes(store.local(2026, 11, 18), store.now)
    ins = [store.now - timedelta(seconds=1), store.now + timedelta(seconds=1)]
    store.add_crossings(ins=ins, outs=[store.now - timedelta(hours=1)])
    for now in (store.now - timedelta(seconds=2), store.now, store.now + timedelta(seconds=2)):
        store.answer_at(now)
        live, stores, shown = store.live(), store.get("/stores"), store.dashboard(compare="none")
        assert {datetime.fromisoformat(answer["as_of"]) for answer in (live, stores, shown)} == {now}
        (listed,), visitors = stores["stores"], sum(at <= now for at in ins)
        assert live["visitors_today"] == listed["visitors_today"] == shown["kpis"]["visitors"]["value"] == visitors
        assert live["occupancy"] == listed["occupancy"] == shown["buckets"][12]["occupancy_end"] == visitors
        assert sum(point["visitors"] or 0 for point in listed["sparkline"]) == visitors


def test_the_hours_of_two_zones_that_begin_at_the_same_time_have_their_own_offset(create_store: CreateStore) -> None:
    for zone, first in (("UTC", "2026-11-18T00:00:00Z"), ("Europe/Rome", "2026-11-18T00:00:00+01:00")):
        (summary,) = create_store(timezone=zone).get("/stores")["stores"]
        assert [point["start"] for point in summary["sparkline"]] == [
            first.replace("T00", f"T{hour:02}") for hour in range(24)
        ]


def test_an_archived_store_is_gone(create_store: CreateStore) -> None:
    store = create_store()
    store.connection.execute("UPDATE stores SET archived_at = now() WHERE id = %s", [store.store_id])
    assert store.get("/stores")["stores"] == []
    assert store.client.get(f"/live/{store.store_id}", headers=store.headers).status_code == 404
