"""A date with special hours, or a public holiday, is not compared with an ordinary one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from tests.integration.functions.api.special_days import DAY, EVERY_DAY, put_special_day
from tests.integration.functions.api.store_fixture import HOUR, CreateStore, StoreFixture

FRIDAY = datetime(2026, 11, 20, tzinfo=UTC)
NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


def fill_days(store: StoreFixture, visitors: dict[date, int]) -> None:
    """Observe these days from nine to twenty, with visitors at ten who stay for an hour."""
    for day, count in visitors.items():
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        store.add_late_minutes(midnight + 9 * HOUR, midnight + 20 * HOUR)
        came = [midnight + 10 * HOUR + n * timedelta(seconds=1) for n in range(count)]
        store.add_late_crossings(came, [at + HOUR for at in came])
    store.add_crossings()


def test_a_day_with_special_hours_is_not_compared_with_an_ordinary_one(create_store: CreateStore) -> None:
    store = create_store(now=NOW, opening_hours=EVERY_DAY)
    monday = date(2026, 11, 9)
    fill_days(store, {monday + n * DAY: 10 for n in range(14)})
    query = {"period": "week", "date": "2026-11-16"}
    assert store.dashboard(**query)["kpis"]["visitors"]["change"] == 0.0
    closed = monday + 9 * DAY  # Wednesday of the second week: what crossed then was not a visit in opening hours
    put_special_day(store, closed, opening_hours=[], note="Stocktaking")
    dashboard = store.dashboard(**query)
    assert (dashboard["compare"]["days"], dashboard["compare"]["days_left_out"]) == (6, 1)
    visitors = dashboard["kpis"]["visitors"]
    assert (visitors["comparable"], visitors["baseline"], visitors["change"]) == (60, 60, 0.0)
    put_special_day(store, closed - 7 * DAY, opening_hours=[])  # now both are closed
    assert store.dashboard(**query)["compare"]["days_left_out"] == 0


def test_a_day_of_which_only_the_counterpart_was_special_has_no_change_and_says_why(create_store: CreateStore) -> None:
    store = create_store(now=NOW, opening_hours=EVERY_DAY)
    friday = FRIDAY.date()
    fill_days(store, {friday: 12, friday - 7 * DAY: 8})
    put_special_day(store, friday - 7 * DAY, opening_hours=[["09:00", "13:00"]], note="Afternoon off")
    dashboard = store.dashboard(date=str(friday))
    assert (dashboard["compare"]["days"], dashboard["compare"]["days_left_out"]) == (0, 1)
    visitors = dashboard["kpis"]["visitors"]
    assert (visitors["value"], visitors["change"], visitors["note"]) == (12, None, "special_day")
    assert dashboard["kpis"]["peak_hour"]["baseline_hour"] is None
    listed = store.listed_period(period="day", date=str(friday), compare="previous")["compare"]
    assert (listed["visitors"], listed["days_left_out"]) == (visitors, 1)


def test_a_public_holiday_on_which_the_store_is_closed_is_left_out(create_store: CreateStore) -> None:
    store = create_store(now=NOW, opening_hours=EVERY_DAY)
    monday = date(2026, 11, 16)
    fill_days(store, {monday - 7 * DAY + n * DAY: 10 for n in range(14)})
    store.connection.execute(
        "INSERT INTO public_holidays (store_id, day, name, is_closed) VALUES (%s, %s, 'Feast', true)",
        [store.store_id, monday],
    )
    compare = store.dashboard(period="week", date=str(monday))["compare"]
    assert (compare["days"], compare["days_left_out"]) == (6, 1)
