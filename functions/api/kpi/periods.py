"""Calendar periods of store-days, and the periods that they are compared with."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from functions.api.kpi.enums import CompareMode, Period
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window

_WEEK = timedelta(days=7)
_YEAR = timedelta(weeks=52)


@dataclass(frozen=True, slots=True)
class ComparedPeriod:
    """A period that another one is compared with.

    Attributes:
        day: the day of the period that corresponds to the day of the other one.
        window: its store-days as one window.
        until: the end of the comparison; before the end of the window when the other period is in progress.
    """

    day: date
    window: Window
    until: datetime


def first_day(period: Period, day: date) -> date:
    """Return the first store-day of the period that contains `day`; weeks begin on Monday."""
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period is Period.MONTH else day


def period_days(period: Period, day: date) -> list[date]:
    """Return the store-days of the period that contains `day`, in order."""
    first = first_day(period, day)
    count = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: monthrange(first.year, first.month)[1]}[period]
    return [first + timedelta(days=i) for i in range(count)]


def period_window(clock: StoreClock, period: Period, day: date) -> Window:
    """Return the window from the start of the first store-day of the period to the end of its last."""
    days = period_days(period, day)
    return Window(clock.start_of(days[0]), clock.day_window(days[-1]).end)


def compared_day(period: Period, day: date, mode: CompareMode) -> date | None:
    """Return the day of the compared period that corresponds to `day`; None when nothing is compared.

    A day and a week keep their weekdays: they go back 7 days or 52 weeks. A month keeps the day of the month, or takes
    the last day of a shorter month.
    """
    if mode is CompareMode.NONE:
        return None
    if period is not Period.MONTH:
        return day - (_WEEK if mode is CompareMode.PREVIOUS else _YEAR)
    months_back = 1 if mode is CompareMode.PREVIOUS else 12
    year, month = divmod(day.year * 12 + day.month - 1 - months_back, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def compared_period(
    clock: StoreClock, period: Period, day: date, mode: CompareMode, until: datetime
) -> ComparedPeriod | None:
    """Return the period that the period of `day` is compared with; None when nothing is compared.

    A period that is over is compared with the whole of the other one. A period in progress is compared up to the same
    time of the other one: the same weekday or day of the month, the same wall clock.

    Args:
        clock: the clock of the store.
        period: the kind of period.
        day: any day of the period.
        mode: what to compare with.
        until: the time up to which the period is known.
    """
    other_day = compared_day(period, day, mode)
    if other_day is None:
        return None
    window, whole = period_window(clock, period, other_day), period_window(clock, period, day)
    if until >= whole.end:
        return ComparedPeriod(other_day, window, window.end)
    if until <= whole.start:
        return ComparedPeriod(other_day, window, window.start)
    today = clock.date_of(until)
    other_today = compared_day(period, today, mode)
    assert other_today is not None  # noqa: S101 - the mode is not NONE here
    if period is Period.MONTH and other_today.day != today.day:  # the other month is over by then
        return ComparedPeriod(other_day, window, window.end)
    return ComparedPeriod(other_day, window, clock.same_wall_clock(until, today, other_today))
