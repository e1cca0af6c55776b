"""GET /stores/{id}/forecast."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from db.timescale.aggregate_refresh import refresh_range
from tests.factories import Minute, insert_minutes
from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture

DAY = timedelta(days=1)
OPENING_HOURS = {day: [["09:00", "13:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat")}


@pytest.fixture
def regular(create_store: CreateStore) -> StoreFixture:
    """Ten weeks of identical days: 20 visitors at 9:30, 40 at 10:30 and so on until 13:00; closed on Sundays."""
    store = create_store(opening_hours=OPENING_HOURS)  # Wednesday 12:07:30
    today = store.now.replace(hour=0, minute=0, second=0)
    days = [today - back * DAY for back in range(70, -1, -1)]
    minutes = [day + timedelta(hours=9, minutes=minute) for day in days for minute in range(240)]
    insert_minutes(store.connection, store.store_id, store.camera_id, [Minute(m) for m in minutes if m < store.now])
    store.add_crossings(
        ins=[
            day + timedelta(hours=9.5 + n)
            for day in days
            for n in range(4)
            for _ in range(20 * (n + 1))
            if day.isoweekday() != 7 and day + timedelta(hours=9.5 + n) < store.now
        ]
    )
    return store


def test_a_regular_store_is_forecast_to_continue_within_opening_hours(regular: StoreFixture) -> None:
    found = regular.get("/stores/{}/forecast")
    assert (found["history_weeks"], found["reason"], found["anomalies"]) == (10, None, [])
    hours = {hour["start"]: hour for hour in found["hours"]}
    assert found["hours"][0]["start"] == "2026-11-18T12:07:30Z"
    rest = 80 * (3600 - 450) / 3600
    assert found["hours"][0]["visitors"] == pytest.approx(rest, rel=0.02)
    assert found["rest_of_today"] == pytest.approx(rest, rel=0.02)
    assert hours["2026-11-19T09:00:00Z"]["visitors"] == pytest.approx(20, rel=0.02)
    assert hours["2026-11-25T11:00:00Z"]["visitors"] == pytest.approx(60, rel=0.02)
    assert all(hour["low"] <= hour["visitors"] <= hour["high"] for hour in found["hours"])
    assert {hour[11:13] for hour in hours if hour > "2026-11-19"} == {"09", "10", "11", "12"}
    assert not any(hour.startswith("2026-11-22") for hour in hours)  # Sunday


def test_an_unusual_hour_is_an_anomaly_unless_it_was_not_observed(regular: StoreFixture) -> None:
    monday = regular.now.replace(hour=0, minute=0, second=0) - 2 * DAY
    regular.add_crossings(ins=[monday + timedelta(hours=10, minutes=40)] * 300)
    found = regular.get("/stores/{}/forecast")["anomalies"]
    assert [(a["start"], a["visitors"]) for a in found] == [("2026-11-16T10:00:00Z", 340)]
    assert found[0]["high"] < 340
    regular.connection.execute(
        "UPDATE camera_minutes SET frames = 0 WHERE camera_id = %s AND minute >= %s AND minute < %s",
        [regular.camera_id, monday + timedelta(hours=10), monday + timedelta(hours=11)],
    )
    refresh_range(regular.connection, monday, monday + DAY)
    assert regular.get("/stores/{}/forecast")["anomalies"] == []


def test_a_noted_day_is_no_anomaly_and_is_annotated_and_moves_the_next_of_its_kind(regular: StoreFixture) -> None:
    today = regular.now.replace(hour=0, minute=0, second=0)
    monday, friday = (today - 2 * DAY, today + 2 * DAY)
    regular.add_crossings(ins=[monday + timedelta(hours=9.6 + n) for n in range(4) for _ in range(300)])
    assert len(regular.get("/stores/{}/forecast")["anomalies"]) == 4
    for day in (monday, friday):
        path = f"/stores/{regular.store_id}/calendar/{day.date()}"
        answer = regular.client.put(path, json={"note": "Sale"}, headers=regular.headers)
        assert answer.status_code == 200
    found = regular.get("/stores/{}/forecast")
    annotation: dict[str, Any] = {
        "date": str(friday.date()),
        "public_holiday": None,
        "public_holiday_names": {},
        "note": "Sale",
        "has_special_hours": False,
    }
    of_friday = [hour for hour in found["hours"] if hour["start"].startswith(str(friday.date()))]
    assert [hour["annotations"] for hour in of_friday] == [[annotation]] * 4
    assert sum(hour["visitors"] for hour in of_friday) == pytest.approx(200 * (1425 / 225) ** 0.5, rel=0.05)
    others = [hour for hour in found["hours"] if hour not in of_friday]
    assert [hour["annotations"] for hour in others] == [[]] * len(others)
    assert next(hour for hour in others if hour["start"].startswith("2026-11-23"))["visitors"] == pytest.approx(
        20, rel=0.02
    )


def test_a_new_store_has_no_forecast_and_a_reason(create_store: CreateStore) -> None:
    found = create_store().get("/stores/{}/forecast")
    assert (found["hours"], found["rest_of_today"], found["anomalies"]) == ([], None, [])
    assert "2 weeks" in found["reason"]
