"""How much of the open time of the last days a camera has observed: examples worked out by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

import pytest

from functions.admin.open_times import Schedule
from functions.admin.services.coverage import summarize_days

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 11, 26, 12, 2, tzinfo=UTC)
"""A Thursday."""


def schedule(
    hours: Mapping[str, Sequence[Sequence[str]]] | None = None,
    zone: str = "Europe/Berlin",
    day_start: time = time(0),
    special: Mapping[date, Sequence[Sequence[str]]] | None = None,
) -> Schedule:
    return Schedule(zone, day_start, hours, special or {})


def quarters(start: datetime, end: datetime, minutes: int = 15) -> list[tuple[datetime, int]]:
    count = int((end - start) / timedelta(minutes=15))
    return [(start + n * timedelta(minutes=15), minutes) for n in range(count)]


def utc(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def summarize(
    schedule: Schedule, observed: list[tuple[datetime, int]], begin: datetime = LONG_AGO
) -> list[tuple[int, int]]:
    days = summarize_days(schedule, observed, begin=begin, now=NOW)
    assert [day.day for day in days] == [date(2026, 11, 20) + timedelta(days=n) for n in range(7)]
    return [(day.observed_minutes, day.open_minutes) for day in days]


def test_what_is_observed_while_the_store_is_closed_does_not_count() -> None:
    # 09:00 to 17:00 in Berlin is 08:00 to 16:00 UTC. The camera observed Wednesday from 06:00 to 12:00 UTC.
    found = summarize(schedule({"wed": [["09:00", "17:00"]]}), quarters(utc(25, 6), utc(25, 12)))
    assert found == [(0, 0), (0, 0), (0, 0), (0, 0), (0, 0), (4 * 60, 8 * 60), (0, 0)]


def test_today_counts_until_now_without_the_minutes_that_are_on_their_way() -> None:
    found = summarize(schedule({"thu": [["09:00", "17:00"]]}), quarters(utc(26, 8), utc(26, 12)))
    assert found[-1] == (4 * 60, 4 * 60)


def test_hours_after_midnight_belong_to_the_day_on_which_they_begin() -> None:
    # 18:00 to 02:00 in Berlin is 17:00 to 01:00 UTC.
    found = summarize(schedule({"tue": [["18:00", "02:00"]]}), quarters(utc(25, 0), utc(25, 1)))
    assert found[4:6] == [(60, 8 * 60), (0, 0)]


def test_a_store_that_is_always_open_has_days_that_begin_at_its_day_start() -> None:
    found = summarize(schedule(day_start=time(4)), quarters(utc(25, 2), utc(25, 4)))
    # 02:00 to 03:00 UTC is before 04:00 in Berlin.
    assert found[4:6] == [(60, 24 * 60), (60, 24 * 60)]


def test_a_day_with_other_hours_has_those_and_a_holiday_none() -> None:
    hours = {day: [["09:00", "17:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    special = {date(2026, 11, 24): [["10:00", "12:00"]], date(2026, 11, 25): []}
    found = summarize(schedule(hours, special=special), quarters(utc(20, 0), utc(26, 12)))
    assert found[4:6] == [(2 * 60, 2 * 60), (0, 0)]


def test_the_day_on_which_a_camera_was_added_begins_with_the_camera() -> None:
    hours = {"tue": [["09:00", "17:00"]], "wed": [["09:00", "17:00"]]}
    found = summarize(schedule(hours), quarters(utc(25, 12), utc(25, 16)), begin=utc(25, 12))
    assert found[4:6] == [(0, 0), (4 * 60, 4 * 60)]


def test_a_minute_that_is_missing_is_not_observed() -> None:
    found = summarize(schedule({"wed": [["09:00", "10:00"]]}), quarters(utc(25, 8), utc(25, 9), minutes=12))
    assert found[5] == (48, 60)


def test_a_quarter_hour_that_is_open_in_part_does_not_make_more_than_all() -> None:
    found = summarize(schedule({"wed": [["09:05", "09:50"]]}), quarters(utc(25, 8), utc(25, 9)))
    assert found[5] == (45, 45)


@pytest.mark.parametrize(("day", "minutes"), [(date(2026, 10, 25), 25 * 60), (date(2026, 3, 29), 23 * 60)])
def test_a_day_of_a_clock_change_has_its_length(day: date, minutes: int) -> None:
    [(start, end)] = schedule().open_times(day)
    assert (end - start) == timedelta(minutes=minutes)
