"""Calendar periods of store-days, and what they are compared with."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.window import Window
from functions.api.kpi.words import CompareMode, Period

_WEEK = timedelta(days=7)
_YEAR = timedelta(weeks=52)


def first_day(period: Period, day: date) -> date:
    """The first store-day of the period that ``day`` lies in; weeks begin on Monday."""
    if period is Period.WEEK:
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period is Period.MONTH else day


def days_of(period: Period, day: date) -> list[date]:
    """The store-days of the period that ``day`` lies in, in order."""
    first = first_day(period, day)
    count = {Period.DAY: 1, Period.WEEK: 7, Period.MONTH: monthrange(first.year, first.month)[1]}[period]
    return [first + timedelta(days=i) for i in range(count)]


def window_of(clock: StoreClock, period: Period, day: date) -> Window:
    """From the start of the period's first store-day to the end of its last."""
    days = days_of(period, day)
    return Window(clock.start_of(days[0]), clock.day(days[-1]).end)


def compared_day(period: Period, day: date, mode: CompareMode) -> date | None:
    """The day of the compared period that corresponds to ``day``; None when nothing is compared.

    A day and a week keep their weekdays: a week or 52 weeks back. A month keeps the day of the month, or takes the last
    one of a shorter month.
    """
    if mode is CompareMode.NONE:
        return None
    if period is not Period.MONTH:
        return day - (_WEEK if mode is CompareMode.PREVIOUS else _YEAR)
    back = 1 if mode is CompareMode.PREVIOUS else 12
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class ComparedPeriod:
    """The compared period: its store-days as one window, and the moment up to which it is compared."""

    day: date
    window: Window
    until: datetime


def compared(clock: StoreClock, period: Period, day: date, mode: CompareMode, until: datetime) -> ComparedPeriod | None:
    """What the period of ``day`` is compared with when it is known up to ``until``.

    A period that is over is compared with the whole of the other; one in progress up to the same moment of the other
    (the same weekday or day of the month, the same wall clock).
    """
    other = compared_day(period, day, mode)
    if other is None:
        return None
    window, whole = window_of(clock, period, other), window_of(clock, period, day)
    if until >= whole.end:
        return ComparedPeriod(other, window, window.end)
    if until <= whole.start:
        return ComparedPeriod(other, window, window.start)
    today = clock.date_of(until)
    other_today = compared_day(period, today, mode)
    assert other_today is not None  # noqa: S101 - the mode is not NONE here
    if period is Period.MONTH and other_today.day != today.day:  # the other month is over by then
        return ComparedPeriod(other, window, window.end)
    return ComparedPeriod(other, window, clock.same_moment(until, today, other_today))
