"""The calendar of a store: special days change the opening hours of single dates."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from tests.integration.functions.api.special_days import (
    DAY,
    EVERY_DAY,
    delete_special_day,
    put_special_day,
    read_calendar,
)
from tests.integration.functions.api.store_fixture import HOUR, ChangeStore, CreateStore, StoreFixture

FRIDAY = datetime(2026, 11, 20, tzinfo=UTC)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def errors(store: StoreFixture, day: Any, **body: Any) -> list[tuple[list[str | int], str]]:
    answer = store.client.put(f"/stores/{store.store_id}/calendar/{day}", json=body, headers=store.headers)
    assert answer.status_code == 422, answer.text
    return [(error["loc"], error["message"]) for error in answer.json()["errors"]]


def test_each_date_has_its_hours_and_what_they_come_from(create_store: CreateStore) -> None:
    store = create_store(now=NOW, opening_hours={"fri": [["09:00", "12:00"], ["22:00", "02:00"]]})
    put_special_day(store, date(2026, 12, 4), opening_hours=[["10:00", "24:00"]], note=" Christmas market ")
    put_special_day(store, date(2026, 12, 5), note="Road works")
    friday, special, closed = (read_calendar(store, date(2026, 11, 27), 9)[n] for n in (0, 7, 8))
    assert friday == {
        "date": "2026-11-27",
        "opening_hours": [["09:00", "12:00"], ["22:00", "02:00"]],
        "hours_from": "weekly",
        "public_holiday": None,
        "public_holiday_names": {},
        "note": None,
    }
    assert (special["opening_hours"], special["hours_from"]) == ([["10:00", "24:00"]], "special_day")
    assert special["note"] == "Christmas market"
    assert (closed["opening_hours"], closed["hours_from"], closed["note"]) == ([], "weekly", "Road works")


def test_a_store_that_is_always_open_can_be_closed_for_a_date(create_store: CreateStore) -> None:
    store = create_store(now=FRIDAY + 12 * HOUR)
    assert read_calendar(store, FRIDAY.date(), 1)[0]["opening_hours"] == [["00:00", "24:00"]]
    assert store.live()["is_open"]
    put_special_day(store, FRIDAY.date(), opening_hours=[])
    assert not store.live()["is_open"]
    delete_special_day(store, FRIDAY.date())
    delete_special_day(store, FRIDAY.date())  # does nothing
    assert store.live()["is_open"]


def test_the_calendar_of_a_store_changes_no_other_store(create_store: CreateStore) -> None:
    other = create_store(now=FRIDAY + 12 * HOUR)
    store = create_store(now=FRIDAY + 12 * HOUR)
    put_special_day(store, FRIDAY.date(), opening_hours=[])
    store.connection.execute(
        "INSERT INTO public_holidays (store_id, day, name, is_closed) VALUES (%s, %s, 'Holiday', true)",
        [store.store_id, FRIDAY.date() + DAY],
    )
    assert not store.live()["is_open"]
    assert other.live()["is_open"]
    assert [day["hours_from"] for day in read_calendar(other, FRIDAY.date(), 2)] == ["weekly", "weekly"]
    states = {bucket["state"] for bucket in other.dashboard(period="week")["buckets"]}
    assert "closed" not in states


def test_a_closed_day_is_closed_and_not_unobserved(create_store: CreateStore) -> None:
    store = create_store(now=NOW, opening_hours=EVERY_DAY)
    for n in (0, 2):
        store.add_observed_minutes(FRIDAY + n * DAY + 9 * HOUR, FRIDAY + n * DAY + 20 * HOUR)
    week = {"period": "week", "date": "2026-11-20", "compare": "none"}
    before = store.dashboard(**week)
    assert before["coverage"] == pytest.approx(2 / 7)
    saturday = FRIDAY.date() + DAY
    put_special_day(store, saturday, opening_hours=[], note="Stocktaking")
    after = store.dashboard(**week)
    assert after["coverage"] == pytest.approx(2 / 6)
    assert after["buckets"][5]["state"] == "closed"
    put_special_day(store, saturday, note="Stocktaking")
    open_again = store.dashboard(**week)["buckets"]
    assert [bucket | {"annotations": []} for bucket in open_again] == before["buckets"]


def test_what_is_special_about_a_date_is_an_annotation_of_its_buckets(create_store: CreateStore) -> None:
    store = create_store(now=NOW, opening_hours=EVERY_DAY)
    store.add_observed_minutes(FRIDAY - 7 * DAY, FRIDAY + DAY)
    day, week_before = FRIDAY.date(), FRIDAY.date() - 7 * DAY
    put_special_day(store, day, note="Sale")
    put_special_day(store, week_before, opening_hours=[])
    store.connection.execute(
        "INSERT INTO public_holidays (store_id, day, name, is_closed) VALUES (%s, %s, 'Holiday', false)",
        [store.store_id, day],
    )
    of_day = {
        "date": str(day),
        "public_holiday": "Holiday",
        "public_holiday_names": {},
        "note": "Sale",
        "has_special_hours": False,
    }
    earlier: dict[str, Any] = {
        "date": str(week_before),
        "public_holiday": None,
        "public_holiday_names": {},
        "note": None,
        "has_special_hours": True,
    }

    dashboard = store.dashboard(period="week", date=str(day))
    assert [bucket["annotations"] for bucket in dashboard["buckets"]] == [[], [], [], [], [of_day], [], []]
    assert dashboard["compare"]["annotations"] == [earlier]
    hours = store.dashboard(period="day", date=str(day))["buckets"]
    assert [hour["annotations"] for hour in hours] == [[of_day]] * 24

    window = {"from": f"{week_before}T00:00:00Z", "to": f"{day + DAY}T00:00:00Z"}
    rows = store.get("/stores/{}/footfall", interval="day", **window)["rows"]
    assert [row["annotations"] for row in rows] == [[earlier], [], [], [], [], [], [], [of_day]]


def test_other_hours_of_a_past_day_change_its_stored_numbers(create_store: CreateStore) -> None:
    """The coverage of a stored store-day follows its opening hours: the row becomes invalid."""
    store = create_store(now=NOW, opening_hours=EVERY_DAY)
    store.add_observed_minutes(FRIDAY + 9 * HOUR, FRIDAY + 14 * HOUR + HOUR / 2)
    versions = "SELECT coalesce(sum(version), 0) FROM store_data_versions WHERE store_id = %s"
    before = store.connection.execute(versions, [store.store_id]).fetchone()
    put_special_day(store, FRIDAY.date(), opening_hours=[["09:00", "14:30"]])
    after = store.connection.execute(versions, [store.store_id]).fetchone()
    assert before is not None
    assert after is not None
    assert after[0] > before[0]
    assert store.dashboard(date="2026-11-20", compare="none")["coverage"] == 1.0


def test_changes_of_special_days_are_in_the_audit_log(create_store: CreateStore) -> None:
    store = create_store(now=NOW)
    put_special_day(store, date(2026, 12, 24), opening_hours=[["09:00", "14:00"]])
    put_special_day(store, date(2026, 12, 24), opening_hours=[])
    delete_special_day(store, date(2026, 12, 24))
    rows = store.connection.execute(
        "SELECT action, actor_id, before->'opening_hours', after->'opening_hours' FROM audit_log"
        " WHERE store_id = %s AND action LIKE 'special_day%%' ORDER BY id",
        [store.store_id],
    ).fetchall()
    assert rows == [
        ("special_day.put", store.owner, None, [["09:00", "14:00"]]),
        ("special_day.put", store.owner, [["09:00", "14:00"]], []),
        ("special_day.delete", store.owner, [], None),
    ]


def test_an_invalid_special_day_gets_a_sentence(create_store: CreateStore) -> None:
    store = create_store(now=NOW)
    overlap = errors(store, "2026-12-24", opening_hours=[["09:00", "14:00"], ["13:00", "15:00"]])
    assert overlap == [(["body", "opening_hours"], "09:00–14:00 overlaps 13:00–15:00")]
    at_night = errors(store, "2026-12-24", opening_hours=[["09:00", "05:00"], ["01:00", "02:00"]])
    assert at_night == [(["body", "opening_hours"], "09:00–05:00 overlaps 01:00–02:00")]
    assert errors(store, "2026-12-24")[0][1].startswith("Needs `opening_hours`, `note` or both")
    assert errors(store, "2026-12-24", opening_hours=[["9-5", "14:00"]])[0][0] == ["body", "opening_hours", 0, 0]
    assert errors(store, "2029-12-24", note="Far")[0] == (
        ["path", "date"],
        "Must be between 2025-10-21 and 2029-02-02.",
    )
    assert errors(store, "Christmas", note="No date")[0][0] == ["path", "date"]
    path = "/stores/{}/calendar"
    assert store.validation_errors(path, **{"from": "2026-12-02", "to": "2026-12-02"}) == [
        (["query", "to"], "not_after_from")
    ]
    assert store.validation_errors(path, **{"from": "2026-12-02", "to": "2028-01-07"}) == [
        (["query", "to"], "range_too_long")
    ]
    assert store.validation_errors(path) == [(["query", "from"], "missing"), (["query", "to"], "missing")]


def test_another_owner_cannot_reach_the_calendar(create_store: CreateStore) -> None:
    store, other = create_store(now=NOW), create_store(now=NOW)
    url = f"/stores/{store.store_id}/calendar/2026-12-24"
    assert store.client.put(url, json={"opening_hours": []}, headers=other.headers).status_code == 404
    assert store.client.delete(url, headers=other.headers).status_code == 404
    assert read_calendar(store, date(2026, 12, 24), 1)[0]["hours_from"] == "weekly"


def test_an_unknown_store_has_no_calendar(create_store: CreateStore) -> None:
    store = create_store(now=NOW)
    url = f"/stores/{uuid4()}/calendar?from=2026-12-01&to=2026-12-02"
    assert store.client.get(url, headers=store.headers).status_code == 404


def test_the_weeks_of_a_store_begin_on_its_first_weekday(create_store: CreateStore, change_store: ChangeStore) -> None:
    store = create_store(now=NOW)
    assert store.dashboard(period="week", date="2026-11-22")["window"]["start"] == "2026-11-16T00:00:00Z"
    assert change_store(store, first_weekday=7)["first_weekday"] == 7
    assert store.get("/stores/{}/calendar", **{"from": "2026-11-22", "to": "2026-11-23"})["first_weekday"] == 7
    week = store.dashboard(period="week", date="2026-11-22")
    assert (week["first_weekday"], week["window"]["start"]) == (7, "2026-11-22T00:00:00Z")
    assert week["compare"]["date"] == "2026-11-15"
    quarter = store.dashboard(period="quarter", date="2026-11-22")["buckets"]
    assert [bucket["start"][:10] for bucket in quarter[:2]] == ["2026-10-01", "2026-10-04"]
    listed = store.client.get("/stores", params={"period": "week", "date": "2026-11-22"}, headers=store.headers).json()
    assert [each["period"]["start"] for each in listed["stores"]] == ["2026-11-22T00:00:00Z"]
