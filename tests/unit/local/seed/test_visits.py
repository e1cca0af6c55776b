"""The generated visits of a store-day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from local.seed.demo_tenant import KOLKATA_STORE, ROME_STORE, STORES, DemoStore
from local.seed.visits import outage, store_date, store_day, visits

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
ANY_STORE = st.sampled_from(STORES)


def test_the_same_day_of_the_same_store_is_always_the_same() -> None:
    day = date(2026, 11, 18)
    assert np.array_equal(visits(ROME_STORE, day).entered, visits(ROME_STORE, day).entered)
    assert not np.array_equal(visits(ROME_STORE, day).entered, visits(ROME_STORE, date(2026, 11, 11)).entered)


@given(ANY_STORE, DAYS)
@settings(max_examples=60)
def test_every_visitor_leaves_on_the_store_day_of_the_entry(store: DemoStore, day: date) -> None:
    day_visits, window = visits(store, day), store_day(store, day)
    assert len(day_visits.entered) == len(day_visits.left)
    assert (day_visits.left > day_visits.entered).all()
    assert day_visits.entered.min() >= window.start.timestamp() * 1000
    assert day_visits.left.max() < window.end.timestamp() * 1000


@given(DAYS)
@settings(max_examples=30)
def test_no_visitor_enters_a_closed_store(day: date) -> None:
    opens, closes = ("11:00", "20:30") if day.weekday() == 6 else ("10:00", "21:00")
    for time in (visits(KOLKATA_STORE, day).entered / 1000).tolist():
        assert opens <= f"{datetime.fromtimestamp(time, ZoneInfo(KOLKATA_STORE.timezone)):%H:%M}" < closes


@given(ANY_STORE, DAYS)
@settings(max_examples=40)
def test_a_day_has_about_the_visitors_of_its_weekday(store: DemoStore, day: date) -> None:
    assert len(visits(store, day).entered) == pytest.approx(store.visit_pattern.daily[day.weekday()], rel=0.6)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25), (date(2026, 6, 1), 24)])
def test_a_store_day_has_the_hours_of_its_clock(day: date, hours: int) -> None:
    window = store_day(ROME_STORE, day)
    assert window.end - window.start == timedelta(hours=hours)


@given(ANY_STORE, st.integers(0, 2 * 365 * 86_400))
def test_every_time_lies_in_its_store_day(store: DemoStore, second: int) -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    assert at in store_day(store, store_date(store, at))


def test_only_the_store_with_outages_has_some() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert not any(outage(ROME_STORE, day) for day in days)
    assert 10 <= sum(outage(KOLKATA_STORE, day) is not None for day in days) <= 20
