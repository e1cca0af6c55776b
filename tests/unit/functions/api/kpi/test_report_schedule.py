"""Which report is due: that of the last period that is over, from seven in the morning by the clock of the store on."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from functions.api.kpi.enums import Period
from functions.api.kpi.report_schedule import last_due_period, report_due_at
from functions.api.kpi.store_clock import StoreClock

ROME = ZoneInfo("Europe/Rome")
CLOCK = StoreClock(ROME)
MONDAY, SUNDAY = 1, 7
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("kind", "due", "first", "last", "before"),
    [
        (
            Period.DAY,
            datetime(2026, 11, 25, 7, tzinfo=ROME),
            date(2026, 11, 24),
            date(2026, 11, 24),
            date(2026, 11, 23),
        ),
        (
            Period.WEEK,
            datetime(2026, 11, 23, 7, tzinfo=ROME),
            date(2026, 11, 16),
            date(2026, 11, 22),
            date(2026, 11, 15),
        ),
        (Period.MONTH, datetime(2026, 3, 1, 7, tzinfo=ROME), date(2026, 2, 1), date(2026, 2, 28), date(2026, 1, 31)),
    ],
)
def test_a_report_is_due_at_seven_after_its_last_day(
    kind: Period, due: datetime, first: date, last: date, before: date
) -> None:
    at = due.astimezone(UTC)
    found = last_due_period(CLOCK, kind, at, MONDAY)
    assert (found.first, found.last) == (first, last)
    assert last_due_period(CLOCK, kind, at - SECOND, MONDAY).last == before


@pytest.mark.parametrize(("day", "hour_utc"), [(date(2026, 3, 29), 5), (date(2026, 10, 25), 6)])
def test_it_is_seven_on_the_days_on_which_the_clocks_change(day: date, hour_utc: int) -> None:
    yesterday = day - timedelta(days=1)
    at = datetime.combine(day, time(hour_utc), UTC)
    assert last_due_period(CLOCK, Period.DAY, at, MONDAY).last == yesterday
    assert last_due_period(CLOCK, Period.DAY, at - SECOND, MONDAY).last == yesterday - timedelta(days=1)


def test_a_store_day_that_ends_later_is_reported_after_its_end() -> None:
    clock = StoreClock(ROME, time(9))
    period = last_due_period(clock, Period.DAY, datetime(2026, 11, 25, 9, tzinfo=ROME), MONDAY)
    assert period.last == date(2026, 11, 24)
    assert report_due_at(clock, period) == datetime(2026, 11, 25, 9, tzinfo=ROME)


def test_an_outage_of_days_leaves_only_the_last_report() -> None:
    assert last_due_period(CLOCK, Period.DAY, datetime(2026, 11, 25, 23, tzinfo=ROME), MONDAY).last == date(
        2026, 11, 24
    )
    assert last_due_period(CLOCK, Period.WEEK, datetime(2026, 11, 29, 23, tzinfo=ROME), MONDAY).last == date(
        2026, 11, 22
    )


def test_the_report_of_a_week_is_due_on_the_first_weekday_of_the_store() -> None:
    due = datetime(2026, 11, 22, 7, tzinfo=ROME)  # a Sunday
    assert last_due_period(CLOCK, Period.WEEK, due, SUNDAY).last == date(2026, 11, 21)
    assert last_due_period(CLOCK, Period.WEEK, due - SECOND, SUNDAY).last == date(2026, 11, 14)
