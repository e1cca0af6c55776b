"""A change of a store's settings leaves the numbers of earlier store-days as they were."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest

from db.timescale.analysts import grant, revoke
from functions.api.kpi.opening_hours import WEEKDAYS
from functions.api.kpi.store_clock import StoreClock
from tests.integration.functions.api.store_fixture import ChangeStore, CreateStore, StoreFixture
from tests.unit.functions.api.kpi.clocks import DATE_LINE, with_change

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
EVERY_DAY = {day: [["09:00", "20:00"]] for day in WEEKDAYS}
WEEKEND = {"sat": [["10:00", "14:00"]], "sun": [["10:00", "14:00"]]}
KATHMANDU, APIA = ZoneInfo("Asia/Kathmandu"), ZoneInfo("Pacific/Apia")


def set_now(store: StoreFixture, now: datetime) -> None:
    store.answer_at(now)


def add_open_days(store: StoreFixture, first: datetime, days: int) -> None:
    """Add days with frames and visits between 09:00 and 20:00, except one hour of the first."""
    visits = []
    for n in range(days):
        nine = first + n * DAY + 9 * HOUR
        store.add_observed_minutes(nine + (HOUR if n == 0 else 0 * HOUR), nine + 11 * HOUR)
        visits += [(nine + 10 * HOUR * k / 40, nine + 10 * HOUR * k / 40 + HOUR / 2) for k in range(8, 40)]
    store.add_visits(visits)


@pytest.mark.clock
def test_new_opening_hours_leave_last_week_as_it_was(create_store: CreateStore, change_store: ChangeStore) -> None:
    store = create_store(now=datetime.now(UTC), opening_hours=EVERY_DAY, capacity=40)
    today = datetime.combine(store.now.date(), time(), tzinfo=UTC)
    monday = today - (today.weekday() + 7) * DAY
    add_open_days(store, monday, 7)
    window = {"from": str(monday.date()), "to": str((monday + 7 * DAY).date())}
    requests: list[tuple[str, dict[str, str]]] = [
        ("/dashboard/{}", {"period": "week", "date": str(monday.date()), "compare": "none"}),
        ("/dashboard/{}", {"date": str(monday.date()), "compare": "none"}),
        ("/stores/{}/footfall", {**window, "interval": "day"}),
        ("/stores/{}/footfall", {**window, "interval": "hour"}),
    ]

    def read() -> list[dict[str, Any]]:
        answers = [store.get(path, **query) for path, query in requests]
        return [{**answer, "data_complete_until": None, "as_of": None} for answer in answers]  # times of today

    before = read()
    assert before[0]["coverage"] == pytest.approx(76 / 77)
    assert {bucket["state"] for bucket in before[0]["buckets"]} == {"value"}

    changed = change_store(store, opening_hours=WEEKEND, day_start="04:00", timezone="Pacific/Apia", capacity=10)
    assert (changed["opening_hours"], changed["day_start"], changed["capacity"]) == (WEEKEND, "04:00", 10)
    assert read() == before


@pytest.mark.clock
def test_new_opening_hours_are_valid_from_the_day_in_progress_on(
    create_store: CreateStore, change_store: ChangeStore
) -> None:
    store = create_store(now=datetime.now(UTC), opening_hours=EVERY_DAY)
    change_store(store, opening_hours={})
    today = datetime.now(UTC).date()
    assert not store.live()["is_open"]
    set_now(store, store.now + 3 * DAY)
    rows = store.footfall(**{"from": str(today - DAY), "to": str(today + 2 * DAY), "interval": "day"})["rows"]
    assert [row["state"] for row in rows] == ["no_data", "closed", "closed"]


def test_capacity_and_time_zone_are_those_of_the_period_that_is_shown(create_store: CreateStore) -> None:
    store = create_store(capacity=40)  # it is Wednesday the 18th
    store.change_settings(datetime(2026, 11, 10, 12, tzinfo=UTC), capacity=60, timezone="Europe/Rome")
    shown = {day: store.dashboard(date=day, compare="none") for day in ("2026-11-09", "2026-11-10", "2026-11-18")}
    assert [(day["capacity"], day["timezone"]) for day in shown.values()] == [
        (40, "UTC"),
        (60, "Europe/Rome"),
        (60, "Europe/Rome"),
    ]
    month = store.dashboard(period="month", date="2026-11-01", compare="none")
    assert (month["capacity"], month["timezone"]) == (60, "Europe/Rome")
    series = store.footfall(**{"from": "2026-11-08", "to": "2026-11-10", "interval": "day"})
    assert series["timezone"] == "UTC"


def test_the_store_day_of_a_change_runs_from_its_old_start_to_the_next_new_start(create_store: CreateStore) -> None:
    store = create_store(timezone="Asia/Kathmandu")
    store.add_observed_minutes(store.local(2026, 11, 9), store.local(2026, 11, 13))
    store.add_crossings(ins=[store.local(2026, 11, 9) + HOUR * n for n in range(96)])
    store.change_settings(store.local(2026, 11, 10, 15), timezone="Europe/Berlin", day_start=time(4))
    week = store.dashboard(period="week", date="2026-11-10", compare="none")
    assert [(bucket["start"], bucket["visitors"]) for bucket in week["buckets"][:4]] == [
        ("2026-11-09T00:00:00+05:45", 24),
        ("2026-11-09T19:15:00+01:00", 33),  # midnight in Kathmandu; 32 hours and 45 minutes until 04:00 in Berlin
        ("2026-11-11T04:00:00+01:00", 24),
        ("2026-11-12T04:00:00+01:00", 15),
    ]
    day = store.dashboard(date="2026-11-10", compare="none")
    assert [bucket["start"][11:16] for bucket in day["buckets"]][:3] == ["19:15", "20:00", "21:00"]
    assert sum(bucket["visitors"] for bucket in day["buckets"]) == 33
    assert len(day["buckets"]) == 33


def test_a_local_time_of_a_request_is_read_in_the_zone_of_its_day(create_store: CreateStore) -> None:
    store = create_store(timezone="Asia/Kathmandu")
    store.change_settings(store.local(2026, 11, 10, 15), timezone="Europe/Berlin")
    series = store.footfall(**{"from": "2026-11-09T09:00", "to": "2026-11-12T09:00", "interval": "day"})
    assert (series["from"], series["to"]) == ("2026-11-09T09:00:00+05:45", "2026-11-12T09:00:00+01:00")


@pytest.mark.parametrize("seed", [0, 1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(2, 6))])
def test_random_changes_lose_and_double_no_crossing(create_store: CreateStore, seed: int) -> None:
    """Each crossing is in the store-day, hour and heatmap cell that follow from the settings of its own day."""
    draw = random.Random(seed)  # noqa: S311 - a simulation
    zones = [*DATE_LINE, "Asia/Kathmandu", "America/St_Johns", "Europe/Berlin"]
    store = create_store(timezone="UTC")
    clock = StoreClock(ZoneInfo("UTC"))
    at = datetime(2026, 11, 4, tzinfo=UTC)
    for _ in range(3):
        at += timedelta(minutes=15 * draw.randint(40, 200))
        zone, day_start = draw.choice(zones), draw.choice([time(0), time(4), time(23, 45)])
        store.change_settings(at, timezone=zone, day_start=day_start)
        clock = with_change(clock, at, ZoneInfo(zone), day_start)
    first, last = datetime(2026, 11, 2, tzinfo=UTC), datetime(2026, 11, 14, tzinfo=UTC)
    crossings = [first + timedelta(minutes=draw.randint(0, 12 * 1440 - 1)) for _ in range(300)]
    store.add_late_minutes(first, last)
    store.add_crossings(ins=crossings)

    by_day = Counter(clock.date_of(moment) for moment in crossings)
    month = store.dashboard(period="month", date="2026-11-10", compare="none")
    assert month["kpis"]["visitors"]["value"] == 300
    for number, bucket in enumerate(month["buckets"], 1):
        window = clock.day_window(date(2026, 11, number))
        assert (bucket["start"], bucket["end"]) == tuple(
            clock.local(moment).isoformat().replace("+00:00", "Z") for moment in (window.start, window.end)
        )
        if window.end <= last:
            assert (bucket["visitors"] or 0) == by_day[date(2026, 11, number)], number
    cells = Counter((clock.local(moment).isoweekday(), clock.local(moment).hour) for moment in crossings)
    shown = {(cell["weekday"], cell["hour"]): cell for cell in month["heatmap"]}
    for key, count in cells.items():
        assert shown[key]["visitors_per_hour"] * shown[key]["observed_hours"] == pytest.approx(count)
    query = {"from": first.isoformat(), "to": last.isoformat()}
    for interval in ("hour", "day"):
        rows = store.footfall(**query, interval=interval)["rows"]
        assert sum(row["visitors"] for row in rows) == 300
        assert all(one["end"] == two["start"] for one, two in pairwise(rows))


def test_an_analyst_reads_each_hour_in_the_zone_of_its_day(create_store: CreateStore, database_url: str) -> None:
    store = create_store(timezone="Europe/Rome")
    store.add_observed_minutes(datetime(2026, 11, 10, 19, tzinfo=UTC), datetime(2026, 11, 11, 1, tzinfo=UTC))
    store.add_crossings(ins=[datetime(2026, 11, 10, hour, 50, tzinfo=UTC) for hour in range(19, 24)])
    store.change_settings(datetime(2026, 11, 11, 12, tzinfo=UTC), timezone="Asia/Kathmandu")
    name = f"z{store.store_id.hex[:12]}"
    granted = grant(store.connection, name, store.store_id)
    try:
        with psycopg.connect(
            database_url, user=granted.role, password=granted.password, prepare_threshold=None
        ) as analyst:
            rows = analyst.execute(
                "SELECT timezone, local_hour::text, visitors, observed_share FROM hourly_footfall ORDER BY hour"
            ).fetchall()
    finally:
        revoke(store.connection, name)
    # Midnight in Rome, when the zone changes, is 04:45 in Kathmandu: a quarter of an hour of 04:00 is left.
    assert rows == [
        ("Europe/Rome", "2026-11-10 20:00:00", 1, 1.0),
        ("Europe/Rome", "2026-11-10 21:00:00", 1, 1.0),
        ("Europe/Rome", "2026-11-10 22:00:00", 1, 1.0),
        ("Europe/Rome", "2026-11-10 23:00:00", 1, 1.0),
        ("Asia/Kathmandu", "2026-11-11 04:00:00", 0, 1.0),
        ("Asia/Kathmandu", "2026-11-11 05:00:00", 1, 1.0),
        ("Asia/Kathmandu", "2026-11-11 06:00:00", 0, 0.75),
    ]
