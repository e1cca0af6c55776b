"""The generated visits of a store-day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from local.seed.tenant import BAZAAR, STATION, STORES, StorePlan
from local.seed.visits import outage, store_date, store_day, visits

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))
ANY_STORE = st.sampled_from(STORES)


def test_the_same_day_of_the_same_store_is_always_the_same() -> None:
    day = date(2026, 11, 18)
    assert np.array_equal(visits(STATION, day).entered, visits(STATION, day).entered)
    assert not np.array_equal(visits(STATION, day).entered, visits(STATION, date(2026, 11, 11)).entered)


@given(ANY_STORE, DAYS)
@settings(max_examples=60)
def test_everybody_who_enters_on_a_store_day_leaves_on_it(store: StorePlan, day: date) -> None:
    that_day, span = visits(store, day), store_day(store, day)
    assert len(that_day.entered) == len(that_day.left)
    assert (that_day.left > that_day.entered).all()
    assert that_day.entered.min() >= span.start.timestamp() * 1000
    assert that_day.left.max() < span.end.timestamp() * 1000


@given(DAYS)
@settings(max_examples=30)
def test_nobody_enters_a_closed_store(day: date) -> None:
    opens, closes = ("11:00", "20:30") if day.weekday() == 6 else ("10:00", "21:00")
    for moment in (visits(BAZAAR, day).entered / 1000).tolist():
        assert opens <= f"{datetime.fromtimestamp(moment, ZoneInfo(BAZAAR.timezone)):%H:%M}" < closes


@given(ANY_STORE, DAYS)
@settings(max_examples=40)
def test_a_day_brings_about_as_many_as_its_weekday_does(store: StorePlan, day: date) -> None:
    assert len(visits(store, day).entered) == pytest.approx(store.rhythm.daily[day.weekday()], rel=0.6)


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 28), 23), (date(2026, 10, 24), 25), (date(2026, 6, 1), 24)])
def test_a_store_day_has_the_hours_of_its_clock(day: date, hours: int) -> None:
    span = store_day(STATION, day)
    assert span.end - span.start == timedelta(hours=hours)


@given(ANY_STORE, st.integers(0, 2 * 365 * 86_400))
def test_every_moment_lies_in_its_store_day(store: StorePlan, second: int) -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(seconds=second)
    assert at in store_day(store, store_date(store, at))


def test_only_the_store_with_outages_has_them_and_seldom() -> None:
    days = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert not any(outage(STATION, day) for day in days)
    assert 10 <= sum(outage(BAZAAR, day) is not None for day in days) <= 20
