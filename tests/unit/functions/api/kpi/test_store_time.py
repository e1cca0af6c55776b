"""Store-days, hours and periods on the wall clock of any zone."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.api.kpi.periods import compared, compared_day, days_of, window_of
from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.window import QUARTER, Window, quarter_ceil, quarter_floor, tile
from functions.api.kpi.words import CompareMode, Period

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
CLOCKS = st.builds(
    StoreClock,
    st.sampled_from(ZONES).map(ZoneInfo),
    st.sampled_from([time(0), time(4), time(2, 30), time(23, 45), time(5, 10)]),
)
DAYS = st.dates(date(2005, 1, 1), date(2037, 12, 31))
MOMENTS = st.datetimes(datetime(2005, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001


def hours_of(zone: str, day: date, starts: time = time()) -> float:
    return StoreClock(ZoneInfo(zone), starts).day(day).seconds / 3600


@given(CLOCKS, DAYS)
def test_every_moment_lies_in_exactly_one_store_day(clock: StoreClock, day: date) -> None:
    today, tomorrow = clock.day(day), clock.day(day + timedelta(days=1))
    assert today.end == tomorrow.start
    if today.seconds:  # a zone may skip a date
        assert clock.date_of(today.start) == day
        assert clock.date_of(today.end - timedelta(microseconds=1)) == day


@given(CLOCKS, MOMENTS)
def test_the_date_of_a_moment_is_that_of_the_day_it_lies_in(clock: StoreClock, moment: datetime) -> None:
    assert moment in clock.day(clock.date_of(moment))


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


def test_a_day_that_starts_at_four_holds_the_night_before_four() -> None:
    clock = StoreClock(ZoneInfo("Europe/London"), time(4))
    assert clock.date_of(datetime(2026, 11, 22, 3, 59, 59, tzinfo=UTC)) == date(2026, 11, 21)
    assert clock.date_of(datetime(2026, 11, 22, 4, tzinfo=UTC)) == date(2026, 11, 22)


@given(CLOCKS, DAYS)
@settings(max_examples=60)
def test_hours_tile_the_store_day_and_begin_on_the_full_hour(clock: StoreClock, day: date) -> None:
    window = clock.day(day)
    hours = clock.hours(window)
    assert sum(hour.seconds for hour in hours) == window.seconds
    assert all(one.end == two.start for one, two in pairwise(hours))
    assert all(clock.local(hour.start).minute == 0 for hour in hours[1:])


def test_the_hour_that_comes_twice_is_two_hours() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"))
    local = [clock.local(hour.start) for hour in clock.hours(clock.day(date(2026, 10, 25)))]
    assert [at.hour for at in local] == [0, 1, 2, 2, *range(3, 24)]
    assert local[2].utcoffset() != local[3].utcoffset()


def test_hours_of_a_zone_at_quarter_to_begin_on_its_own_full_hour() -> None:
    clock = StoreClock(ZoneInfo("Asia/Kathmandu"))
    hours = clock.hours(clock.day(date(2026, 11, 22)))
    assert len(hours) == 24
    assert hours[0].start == datetime(2026, 11, 21, 18, 15, tzinfo=UTC)


@given(MOMENTS, st.integers(0, 200_000), st.lists(st.integers(-1000, 201_000)))
def test_tiles_cover_the_window_exactly(start: datetime, length: int, cuts: list[int]) -> None:
    window = Window(start, start + timedelta(seconds=length))
    at = [start + timedelta(seconds=cut) for cut in cuts]
    tiles = list(tile(window, at))
    assert [t.start for t in tiles] == ([window.start] if tiles else []) + [t.end for t in tiles[:-1]]
    assert not tiles or tiles[-1].end == window.end
    assert bool(tiles) == bool(length)
    borders = {t.start for t in tiles} | {window.end}
    assert all(cut in borders for cut in at if window.start < cut < window.end)
    assert all(quarter_floor(t.start) == quarter_floor(t.end - timedelta(microseconds=1)) for t in tiles)


@given(MOMENTS)
def test_a_quarter_hour_contains_its_moments(moment: datetime) -> None:
    assert quarter_floor(moment) <= moment < quarter_floor(moment) + QUARTER
    assert quarter_ceil(moment) - QUARTER < moment <= quarter_ceil(moment)
    assert quarter_floor(moment).minute % 15 == 0


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
    days = days_of(period, day)
    assert day in days
    window = window_of(clock, period, day)
    assert window.seconds == sum(clock.day(d).seconds for d in days)


def test_weeks_begin_on_monday_and_months_on_the_first() -> None:
    assert days_of(Period.WEEK, date(2026, 11, 22))[0] == date(2026, 11, 16)
    assert days_of(Period.MONTH, date(2028, 2, 10))[-1] == date(2028, 2, 29)


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
def test_what_a_day_is_compared_with(period: Period, mode: CompareMode, day: date, expected: date) -> None:
    assert compared_day(period, day, mode) == expected
    if period is not Period.MONTH:
        assert expected.weekday() == day.weekday()


def test_a_day_in_progress_is_compared_up_to_the_same_wall_clock_across_a_change_of_the_clocks() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"))
    now = datetime(2026, 3, 29, 12, 34, 56, tzinfo=UTC)  # 14:34:56 in summer
    other = compared(clock, Period.DAY, date(2026, 3, 29), CompareMode.PREVIOUS, now)
    assert other is not None
    assert clock.local(other.until).isoformat() == "2026-03-22T14:34:56+01:00"


def test_the_second_time_that_an_hour_comes_is_compared_with_its_second_time_a_year_before() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"))
    now = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30, the second time
    other = compared(clock, Period.DAY, date(2026, 10, 25), CompareMode.YEAR, now)
    assert other is not None
    assert clock.local(other.until).isoformat() == "2025-10-26T02:30:00+01:00"


def test_a_wall_clock_that_the_other_store_day_does_not_have_is_moved_to_its_nearest_end() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"), time(2, 30))
    now = datetime(
        2026, 10, 25, 1, 15, tzinfo=UTC
    )  # 02:15 the second time: this store-day began at 02:30, the first time
    assert clock.date_of(now) == date(2026, 10, 25)
    other = compared(clock, Period.DAY, date(2026, 10, 25), CompareMode.PREVIOUS, now)
    assert other is not None
    assert other.until == other.window.start


def test_a_month_in_progress_is_compared_with_the_whole_of_a_shorter_month_that_is_over_by_then() -> None:
    clock = StoreClock(ZoneInfo("UTC"))
    now = datetime(2026, 3, 30, 12, tzinfo=UTC)
    other = compared(clock, Period.MONTH, date(2026, 3, 1), CompareMode.PREVIOUS, now)
    assert other is not None
    assert other.until == other.window.end == datetime(2026, 3, 1, tzinfo=UTC)


@given(CLOCKS, MOMENTS, st.sampled_from(Period), st.sampled_from([CompareMode.PREVIOUS, CompareMode.YEAR]))
def test_the_compared_moment_lies_in_the_compared_period(
    clock: StoreClock, now: datetime, period: Period, mode: CompareMode
) -> None:
    other = compared(clock, period, clock.date_of(now), mode, now)
    assert other is not None
    assert other.window.start <= other.until <= other.window.end
    assert other.window.end <= window_of(clock, period, clock.date_of(now)).start


def test_nothing_is_compared_when_nothing_is_asked_for() -> None:
    clock = StoreClock(ZoneInfo("UTC"))
    assert compared(clock, Period.DAY, date(2026, 1, 1), CompareMode.NONE, datetime(2026, 1, 1, tzinfo=UTC)) is None
