"""Store-days and hours on the wall clock of any zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from functions.api.kpi.store_clock import StoreClock
from tests.unit.functions.api.kpi.clocks import CLOCKS, DAYS, TIMES


def hours_of(zone: str, day: date, starts: time = time()) -> float:
    return StoreClock(ZoneInfo(zone), starts).day_window(day).seconds / 3600


@given(CLOCKS, DAYS)
def test_every_time_lies_in_exactly_one_store_day(clock: StoreClock, day: date) -> None:
    today, tomorrow = clock.day_window(day), clock.day_window(day + timedelta(days=1))
    assert today.end == tomorrow.start
    if today.seconds:  # a zone may skip a date
        assert clock.date_of(today.start) == day
        assert clock.date_of(today.end - timedelta(microseconds=1)) == day


@given(CLOCKS, TIMES)
def test_date_of_returns_the_store_day_that_contains_the_time(clock: StoreClock, at_time: datetime) -> None:
    assert at_time in clock.day_window(clock.date_of(at_time))


@pytest.mark.parametrize(
    ("zone", "day", "starts", "hours"),
    [
        ("Europe/Berlin", date(2026, 3, 29), time(), 23),
        ("Europe/Berlin", date(2026, 10, 25), time(), 25),
        ("Europe/Berlin", date(2026, 10, 25), time(4), 24),
        ("Europe/Berlin", date(2026, 10, 24), time(4), 25),
        ("Pacific/Auckland", date(2026, 9, 27), time(), 23),
        ("Australia/Lord_Howe", date(2026, 4, 5), time(), 24.5),
        ("Asia/Kathmandu", date(2026, 11, 22), time(), 24),
        ("Pacific/Apia", date(2011, 12, 30), time(), 0),
        ("America/Sao_Paulo", date(2018, 11, 4), time(), 23),
    ],
)
def test_a_store_day_has_the_hours_that_its_zone_gives_it(zone: str, day: date, starts: time, hours: float) -> None:
    assert hours_of(zone, day, starts) == hours


def test_a_day_that_starts_at_four_contains_the_night_after_it() -> None:
    clock = StoreClock(ZoneInfo("Europe/London"), time(4))
    assert clock.date_of(datetime(2026, 11, 22, 3, 59, 59, tzinfo=UTC)) == date(2026, 11, 21)
    assert clock.date_of(datetime(2026, 11, 22, 4, tzinfo=UTC)) == date(2026, 11, 22)


@given(CLOCKS, DAYS)
@settings(max_examples=60)
def test_hours_cover_the_store_day_and_begin_on_the_full_hour(clock: StoreClock, day: date) -> None:
    window = clock.day_window(day)
    hours = clock.split_hours(window)
    assert sum(hour.seconds for hour in hours) == window.seconds
    assert all(one.end == two.start for one, two in pairwise(hours))
    assert all(clock.local(hour.start).minute == 0 for hour in hours[1:])


def test_an_hour_that_occurs_twice_is_two_hours() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"))
    local = [clock.local(hour.start) for hour in clock.split_hours(clock.day_window(date(2026, 10, 25)))]
    assert [at.hour for at in local] == [0, 1, 2, 2, *range(3, 24)]
    assert local[2].utcoffset() != local[3].utcoffset()


def test_hours_of_a_zone_at_quarter_to_begin_on_its_own_full_hour() -> None:
    clock = StoreClock(ZoneInfo("Asia/Kathmandu"))
    hours = clock.split_hours(clock.day_window(date(2026, 11, 22)))
    assert len(hours) == 24
    assert hours[0].start == datetime(2026, 11, 21, 18, 15, tzinfo=UTC)
