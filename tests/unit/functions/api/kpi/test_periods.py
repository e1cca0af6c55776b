"""Periods, the days that they are compared with, and their buckets, on the wall clock of any zone."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.enums import CompareMode, DashboardInterval, MatchMode, Period
from functions.api.kpi.periods import (
    ComparedPeriod,
    StoreDays,
    compared_period,
    find_counterparts,
    period_of,
)
from functions.api.kpi.store_clock import StoreClock
from tests.unit.functions.api.kpi.clocks import CLOCKS, DAYS, TIMES

DAY = timedelta(days=1)
PREVIOUS, YEAR = CompareMode.PREVIOUS, CompareMode.YEAR
WEEKDAY, DATE = MatchMode.WEEKDAY, MatchMode.DATE
PERIODS = st.one_of(
    st.builds(period_of, st.sampled_from([period for period in Period if period is not Period.RANGE]), DAYS),
    st.builds(lambda first, days: StoreDays(Period.RANGE, first, first + days * DAY), DAYS, st.integers(0, 365)),
)
MODES = st.sampled_from([PREVIOUS, YEAR])


def compared(
    clock: StoreClock, days: StoreDays, mode: CompareMode, now: datetime, match: MatchMode = WEEKDAY
) -> ComparedPeriod:
    found = compared_period(clock, days, mode, match, now)
    assert found is not None
    return found


@given(CLOCKS, PERIODS)
def test_a_period_is_its_store_days(clock: StoreClock, days: StoreDays) -> None:
    window = days.window(clock)
    assert window.seconds == sum(clock.day_window(day).seconds for day in days.dates)


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.DAY, date(2026, 11, 22), date(2026, 11, 22)),
        (Period.WEEK, date(2026, 11, 16), date(2026, 11, 22)),
        (Period.MONTH, date(2026, 11, 1), date(2026, 11, 30)),
        (Period.QUARTER, date(2026, 10, 1), date(2026, 12, 31)),
        (Period.YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (Period.LAST7, date(2026, 11, 16), date(2026, 11, 22)),
        (Period.LAST28, date(2026, 10, 26), date(2026, 11, 22)),
    ],
)
def test_the_first_and_the_last_day_of_a_period(period: Period, first: date, last: date) -> None:
    assert period_of(period, date(2026, 11, 22)) == StoreDays(period, first, last)


def test_a_range_is_not_given_by_one_day() -> None:
    with pytest.raises(ValueError, match="range"):
        period_of(Period.RANGE, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("period", "interval", "count"),
    [
        (Period.DAY, DashboardInterval.HOUR, 1),
        (Period.MONTH, DashboardInterval.DAY, 30),
        (Period.LAST28, DashboardInterval.DAY, 28),
        (Period.QUARTER, DashboardInterval.WEEK, 14),
        (Period.YEAR, DashboardInterval.MONTH, 12),
    ],
)
def test_the_buckets_of_a_period(period: Period, interval: DashboardInterval, count: int) -> None:
    days = period_of(period, date(2026, 11, 22))
    assert (days.interval, len(days.buckets)) == (interval, count)
    assert [day for bucket in days.buckets for day in bucket] == days.dates


@pytest.mark.parametrize(
    ("first_weekday", "first"),
    [(1, 16), (2, 17), (3, 18), (4, 19), (5, 20), (6, 21), (7, 22)],
)
def test_a_week_begins_on_the_first_weekday_of_the_store(first_weekday: int, first: int) -> None:
    week = period_of(Period.WEEK, date(2026, 11, 22), first_weekday)  # a Sunday
    assert week.first == date(2026, 11, first)
    assert week.last == week.first + 6 * DAY
    assert week.first.isoweekday() == first_weekday


@given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)), first_weekday=st.integers(1, 7))
def test_weeks_cover_every_day_once(day: date, first_weekday: int) -> None:
    week = period_of(Period.WEEK, day, first_weekday)
    assert day in week.dates
    assert {period_of(Period.WEEK, other, first_weekday) for other in week.dates} == {week}
    before = period_of(Period.WEEK, week.first - DAY, first_weekday)
    assert before.last + DAY == week.first


def test_the_weeks_of_a_quarter_begin_on_the_first_weekday_of_the_store() -> None:
    first, *weeks = period_of(Period.QUARTER, date(2026, 11, 22), 7).buckets
    assert first == [date(2026, 10, 1) + n * DAY for n in range(3)]  # Thursday to Saturday
    assert {week[0].isoweekday() for week in weeks} == {7}


@pytest.mark.parametrize(("days", "interval"), [(1, "hour"), (62, "day"), (63, "week"), (184, "week"), (185, "month")])
def test_a_long_range_has_long_buckets(days: int, interval: str) -> None:
    first = date(2026, 1, 1)
    assert StoreDays(Period.RANGE, first, first + (days - 1) * DAY).interval == interval


@pytest.mark.parametrize(
    ("period", "mode", "match", "day", "expected"),
    [
        (Period.DAY, PREVIOUS, WEEKDAY, date(2026, 11, 21), date(2026, 11, 14)),
        (Period.DAY, YEAR, WEEKDAY, date(2026, 11, 21), date(2025, 11, 22)),
        (Period.DAY, PREVIOUS, DATE, date(2026, 11, 21), date(2026, 11, 20)),
        (Period.DAY, YEAR, DATE, date(2026, 11, 21), date(2025, 11, 21)),
        (Period.DAY, YEAR, DATE, date(2028, 2, 29), None),
        (Period.WEEK, PREVIOUS, WEEKDAY, date(2026, 1, 1), date(2025, 12, 25)),
        (Period.LAST7, PREVIOUS, DATE, date(2026, 1, 1), date(2025, 12, 25)),
        (Period.LAST28, PREVIOUS, WEEKDAY, date(2026, 1, 1), date(2025, 12, 4)),
        (Period.LAST28, YEAR, WEEKDAY, date(2026, 1, 1), date(2025, 1, 2)),
        (Period.MONTH, PREVIOUS, WEEKDAY, date(2026, 11, 18), date(2026, 10, 21)),  # the third Wednesday
        (Period.MONTH, PREVIOUS, WEEKDAY, date(2026, 11, 29), None),  # the fifth Sunday
        (Period.MONTH, YEAR, WEEKDAY, date(2026, 11, 1), date(2025, 11, 2)),  # the first Sunday
        (Period.MONTH, PREVIOUS, DATE, date(2026, 3, 31), None),
        (Period.MONTH, PREVIOUS, DATE, date(2026, 1, 15), date(2025, 12, 15)),
        (Period.MONTH, YEAR, DATE, date(2028, 2, 29), None),
        (Period.QUARTER, PREVIOUS, WEEKDAY, date(2026, 10, 3), date(2026, 7, 4)),  # the first Saturday
        (Period.QUARTER, PREVIOUS, DATE, date(2026, 10, 3), date(2026, 7, 3)),
        (Period.YEAR, PREVIOUS, WEEKDAY, date(2026, 1, 1), date(2025, 1, 2)),  # the first Thursday
        (Period.YEAR, PREVIOUS, DATE, date(2026, 1, 1), date(2025, 1, 1)),
    ],
)
def test_the_counterpart_of_a_day(
    period: Period, mode: CompareMode, match: MatchMode, day: date, expected: date | None
) -> None:
    assert find_counterparts(period_of(period, day), mode, match).get(day) == expected


@given(PERIODS, MODES)
def test_counterparts_are_the_same_weekdays_of_earlier_days_each_used_once(days: StoreDays, mode: CompareMode) -> None:
    found = find_counterparts(days, mode, WEEKDAY)
    assert all(day.weekday() == other.weekday() and other < days.first for day, other in found.items())
    assert len(set(found.values())) == len(found)
    # Four of each weekday are in every month; a run of days has a counterpart for each.
    is_calendar = days.period in {Period.MONTH, Period.QUARTER, Period.YEAR}
    assert len(found) >= (0.9 * len(days.dates) if is_calendar else len(days.dates))


@given(PERIODS, MODES)
def test_counterparts_by_date_are_earlier_days_each_used_once(days: StoreDays, mode: CompareMode) -> None:
    found = find_counterparts(days, mode, DATE)
    assert all(other < day for day, other in found.items())
    assert len(set(found.values())) == len(found)
    if mode is YEAR:
        assert all((day.month, day.day) == (other.month, other.day) for day, other in found.items())


@given(DAYS, st.lists(st.integers(0, 500), min_size=7, max_size=7), MODES, st.sampled_from(Period))
def test_a_store_whose_weeks_are_all_alike_does_not_change(
    day: date, visitors_by_weekday: list[int], mode: CompareMode, period: Period
) -> None:
    days = StoreDays(period, day, day + 9 * DAY) if period is Period.RANGE else period_of(period, day)
    found = find_counterparts(days, mode, WEEKDAY)
    now = sum(visitors_by_weekday[compared_day.weekday()] for compared_day in found)
    before = sum(visitors_by_weekday[other.weekday()] for other in found.values())
    assert now == before


def test_a_day_in_progress_is_compared_up_to_the_same_wall_clock_across_a_change_of_the_clocks() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"))
    now = datetime(2026, 3, 29, 12, 34, 56, tzinfo=UTC)  # 14:34:56 in summer
    other = compared(clock, period_of(Period.DAY, date(2026, 3, 29)), PREVIOUS, now)
    assert clock.local(other.until).isoformat() == "2026-03-22T14:34:56+01:00"
    assert other.cut == other.until


def test_the_second_of_a_doubled_hour_is_compared_with_the_second_of_a_year_before() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"))
    now = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # 02:30, the second time
    other = compared(clock, period_of(Period.DAY, date(2026, 10, 25)), YEAR, now)
    assert clock.local(other.until).isoformat() == "2025-10-26T02:30:00+01:00"


def test_a_wall_clock_that_the_other_store_day_does_not_have_is_moved_to_its_nearest_end() -> None:
    clock = StoreClock(ZoneInfo("Europe/Berlin"), time(2, 30))
    # 02:15 for the second time; this store-day began at 02:30, the first time.
    now = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert clock.date_of(now) == date(2026, 10, 25)
    other = compared(clock, period_of(Period.DAY, date(2026, 10, 25)), PREVIOUS, now)
    assert other.until == other.window.start


def test_a_day_in_progress_without_a_counterpart_is_not_compared() -> None:
    clock = StoreClock(ZoneInfo("UTC"))
    now = datetime(2026, 3, 30, 12, tzinfo=UTC)
    other = compared(clock, period_of(Period.MONTH, date(2026, 3, 1)), PREVIOUS, now, DATE)
    assert other.cut is None
    assert other.until == other.window.end == datetime(2026, 3, 1, tzinfo=UTC)


@given(CLOCKS, TIMES, st.sampled_from(Period), MODES, st.sampled_from(MatchMode))
def test_the_comparison_ends_in_the_compared_days(
    clock: StoreClock, now: datetime, period: Period, mode: CompareMode, match: MatchMode
) -> None:
    today = clock.date_of(now)
    days = StoreDays(period, today - 3 * DAY, today) if period is Period.RANGE else period_of(period, today)
    other = compared_period(clock, days, mode, match, now)
    if other is None:
        assert (period, match, today.month, today.day) == (Period.DAY, DATE, 2, 29)
        return
    assert other.window.start <= other.until <= other.window.end
    assert other.window.end <= clock.start_of(days.last)


def test_compare_mode_none_compares_nothing() -> None:
    clock = StoreClock(ZoneInfo("UTC"))
    now = datetime(2026, 1, 1, tzinfo=UTC)
    days = period_of(Period.DAY, date(2026, 1, 1))
    assert compared_period(clock, days, CompareMode.NONE, WEEKDAY, now) is None
