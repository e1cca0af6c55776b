"""GET /live: after closing nobody is inside."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.integration.functions.api.store_fixture import CreateStore, StoreFixture, by_hour


@pytest.fixture
def closed_store(create_store: CreateStore) -> StoreFixture:
    """A store that closed at 20:00 with 13 people who were not seen leaving. It is 22:00."""
    store = create_store(now=datetime(2026, 11, 18, 22, tzinfo=UTC), opening_hours={"wed": [["09:00", "20:00"]]})
    nine = store.local(2026, 11, 18, 9)
    store.add_observed_minutes(nine, store.now)
    store.add_crossings(
        ins=[nine + timedelta(minutes=n) for n in range(100)],
        outs=[nine + timedelta(hours=5, minutes=n) for n in range(87)],
    )
    return store


def test_after_closing_nobody_is_inside_and_the_residual_is_the_error_of_the_day(closed_store: StoreFixture) -> None:
    for answer in (closed_store.live(), closed_store.get("/stores")["stores"][0]):
        assert (answer["occupancy"], answer["occupancy_state"], answer["is_open"]) == (0, "closed", False)
        assert (answer["residual"], answer["unmatched_exits"]) == (13, 0)
        assert answer["visitors_today"] == 100
    shown = closed_store.dashboard()
    assert shown["kpis"]["residual"]["value"] == 13
    hours = by_hour(shown)
    assert (hours["19:00"]["occupancy_end"], hours["20:00"]["occupancy_end"], hours["21:00"]["occupancy_end"]) == (
        13,
        13,
        0,
    )
    closed_store.answer_at(closed_store.now + timedelta(hours=12))
    week = closed_store.dashboard(period="week", date="2026-11-18", compare="none")
    assert {bucket["start"][:10]: bucket["residual"] for bucket in week["buckets"]}["2026-11-18"] == 13


def test_until_the_grace_period_is_over_people_are_still_inside(closed_store: StoreFixture) -> None:
    almost = datetime(2026, 11, 18, 20, 59, 59, tzinfo=UTC)
    closed_store.answer_at(almost)
    live = closed_store.live()
    assert (live["occupancy"], live["occupancy_state"], live["residual"]) == (13, "counted", None)


def test_crossings_after_closing_keep_the_occupancy_and_a_late_one_begins_it_anew(closed_store: StoreFixture) -> None:
    closed_store.add_crossings(outs=[closed_store.local(2026, 11, 18, 20, 50)])
    closed_store.answer_at(closed_store.local(2026, 11, 18, 21, 59))
    assert closed_store.live()["occupancy"] == 12
    closed_store.answer_at(closed_store.now)
    assert (closed_store.live()["occupancy"], closed_store.live()["residual"]) == (0, 12)
    closed_store.add_late_crossings(ins=[closed_store.local(2026, 11, 18, 22, 20)])
    closed_store.answer_at(closed_store.local(2026, 11, 18, 22, 21))
    live = closed_store.live()
    assert (live["occupancy"], live["occupancy_state"], live["residual"]) == (1, "counted", None)


def test_the_grace_period_is_that_of_the_store_on_its_day(closed_store: StoreFixture) -> None:
    """Two hours from the 19th on. The 18th keeps its hour; closed at 20:00, it is empty at 21:00."""
    ten = closed_store.local(2026, 11, 19, 10)
    closed_store.change_settings(ten, opening_hours={"thu": [["09:00", "20:00"]]}, closing_grace_minutes=120)
    closed_store.add_observed_minutes(ten, closed_store.local(2026, 11, 19, 23))
    closed_store.add_crossings(ins=[ten] * 5)

    def inside_at(hour: int, minute: int) -> int:
        at = closed_store.local(2026, 11, 19, hour, minute)
        closed_store.answer_at(at)
        occupancy: int = closed_store.live()["occupancy"]
        return occupancy

    assert [inside_at(20, 59), inside_at(21, 59), inside_at(22, 0)] == [5, 5, 0]
    before, changed = (by_hour(closed_store.dashboard(date=day)) for day in ("2026-11-18", "2026-11-19"))
    assert [before[hour]["occupancy_end"] for hour in ("20:00", "21:00")] == [13, 0]
    assert [changed[hour]["occupancy_end"] for hour in ("20:00", "21:00")] == [5, 5]


def test_a_store_without_opening_hours_has_no_closing(create_store: CreateStore) -> None:
    store = create_store(now=datetime(2026, 11, 18, 23, 59, tzinfo=UTC))
    store.add_crossings(ins=[store.local(2026, 11, 18, 9)] * 13)
    live = store.live()
    assert (live["occupancy"], live["occupancy_state"], live["residual"]) == (13, "counted", None)
