"""Periods and the periods that they are compared with, on the wall clock of any zone."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.api.kpi.enums import CompareMode, Period
from functions.api.kpi.periods import compared_day, compared_period, period_days, period_window
from functions.api.kpi.store_clock import StoreClock
from tests.unit.functions.api.kpi.clocks import CLOCKS, DAYS, TIMES


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
