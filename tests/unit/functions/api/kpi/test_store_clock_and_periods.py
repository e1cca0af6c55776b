"""Store-days, hours and periods on the wall clock of any zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.api.kpi.enums import CompareMode, Period
from functions.api.kpi.periods import compared_day, compared_period, period_days, period_window
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import QUARTER, Window, quarter_ceil, quarter_floor, split_window

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
CLOCKS = st.builds(
    StoreClock,
    st.sampled_from(ZONES).map(ZoneInfo),
    st.sampled_from([time(0), time(4), time(2, 30), time(23, 45), time(5, 10)]),
)
DAYS = st.dates(date(2005, 1, 1), date(2037, 12, 31))
TIMES = st.datetimes(datetime(2005, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


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


@given(TIMES, st.integers(0, 200_000), st.lists(st.integers(-1000, 201_000)))
def test_the_parts_of_a_split_window_cover_it_exactly(start: datetime, length: int, split_at: list[int]) -> None:
    window = Window(start, start + timedelta(seconds=length))
    at = [start + timedelta(seconds=time_) for time_ in split_at]
    parts = list(split_window(window, at))
    assert [part.start for part in parts] == ([window.start] if parts else []) + [part.end for part in parts[:-1]]
    assert not parts or parts[-1].end == window.end
    assert bool(parts) == bool(length)
    bounds = {part.start for part in parts} | {window.end}
    assert all(time_ in bounds for time_ in at if window.start < time_ < window.end)
    assert all(quarter_floor(part.start) == quarter_floor(part.end - timedelta(microseconds=1)) for part in parts)


@given(TIMES)
def test_a_quarter_hour_contains_its_times(at_time: datetime) -> None:
    assert quarter_floor(at_time) <= at_time < quarter_floor(at_time) + QUARTER
    assert quarter_ceil(at_time) - QUARTER < at_time <= quarter_ceil(at_time)
    assert quarter_floor(at_time).minute % 15 == 0


def test_a_window_refuses_naive_and_reversed_times() -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    with pytest.raises(ValueError, match="before it starts"):
        Window(now, now - QUARTER)
    with pytest.raises(ValueError, match="time zone"):
        Window(now.replace(tzinfo=None), now)


def test_a_window_measures_elapsed_time_on_the_day_of_the_change() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    window = Window(datetime(2026, 3, 29, tzinfo=berlin), datetime(2026, 3, 30, tzinfo=berlin))
    assert window.seconds == 23 * 3600


@given(CLOCKS, DAYS, st.sampled_from(Period))
def test_a_period_is_its_store_days(clock: StoreClock, day: date, period: Period) -> None:
    days = period_days(period, day)
    assert day in days
    window = period_window(clock, period, day)
    assert window.seconds == sum(clock.day_window(d).seconds for d in days)


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    assert period_days(Period.WEEK, date(2026, 11, 22))[0] == date(2026, 11, 16)
    assert period_days(Period.MONTH, date(2028, 2, 10))[-1] == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("period", "mode", "day", "expected"),
    [
        (Period.DAY, CompareMode.PREVIOUS, date(2026, 11, 21), date(2026, 11, 14)),
        (Period.DAY, CompareMode.YEAR, date(2026, 11, 21), date(2025, 11, 22)),
        (Period.WEEK, CompareMode.PREVIOUS, date(2026, 1, 1), date(2025, 12, 25)),
        (Period.MONTH, CompareMode.PREVIOUS, date(2026, 3, 31), date(2026, 2, 28)),
        (Period.MONTH, CompareMode.PREVIOUS, date(2026, 1, 15), date(2025, 12, 15)),
        (Period.MONTH, CompareMode.YEAR, date(2028, 2, 29), date(2027, 2, 28)),
    ],
)
def test_the_compared_day(period: Period, mode: CompareMode, day: date, expected: date) -> None:
    assert compared_day(period, day, mode) == expected
    if period is not Period.MONTH:
        assert expected.weekday() == day.weekday()


def test_a_day_in_progress_is_compared_up_to_the_same_wall_clock_across_a_change_of_the_clocks() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"))
    now = datetime(2026, 3, 29, 12, 34, 56, tzinfo=UTC)  # 14:34:56 in summer
    other = compared_period(clock, Period.DAY, date(2026, 3, 29), CompareMode.PREVIOUS, now)
    assert other is not None
    assert clock.local(other.until).isoformat() == "2026-03-22T14:34:56+01:00"


def test_the_second_of_a_doubled_hour_is_compared_with_the_second_of_a_year_before() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"))
    now = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30, the second time
    other = compared_period(clock, Period.DAY, date(2026, 10, 25), CompareMode.YEAR, now)
    assert other is not None
    assert clock.local(other.until).isoformat() == "2025-10-26T02:30:00+01:00"


def test_a_wall_clock_that_the_other_store_day_does_not_have_is_moved_to_its_nearest_end() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"), time(2, 30))
    # 02:15 for the second time; this store-day began at 02:30, the first time.
    now = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert clock.date_of(now) == date(2026, 10, 25)
    other = compared_period(clock, Period.DAY, date(2026, 10, 25), CompareMode.PREVIOUS, now)
    assert other is not None
    assert other.until == other.window.start


def test_a_month_in_progress_is_compared_with_the_whole_of_a_shorter_month_that_is_over_by_then() -> None:
    clock = StoreClock(ZoneInfo("UTC"))
    now = datetime(2026, 3, 30, 12, tzinfo=UTC)
    other = compared_period(clock, Period.MONTH, date(2026, 3, 1), CompareMode.PREVIOUS, now)
    assert other is not None
    assert other.until == other.window.end == datetime(2026, 3, 1, tzinfo=UTC)


@given(CLOCKS, TIMES, st.sampled_from(Period), st.sampled_from([CompareMode.PREVIOUS, CompareMode.YEAR]))
def test_the_comparison_ends_in_the_compared_period(
    clock: StoreClock, now: datetime, period: Period, mode: CompareMode
) -> None:
    other = compared_period(clock, period, clock.date_of(now), mode, now)
    assert other is not None
    assert other.window.start <= other.until <= other.window.end
    assert other.window.end <= period_window(clock, period, clock.date_of(now)).start


def test_compare_mode_none_compares_nothing() -> None:
    clock = StoreClock(ZoneInfo("UTC"))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    assert compared_period(clock, Period.DAY, date(2026, 1, 1), CompareMode.NONE, now) is None
