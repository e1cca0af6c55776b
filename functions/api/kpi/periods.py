"""Periods of store-days, their buckets, and the days that they are compared with."""

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from functions.api.kpi.enums import CompareMode, DashboardInterval, MatchMode, Period
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window

_DAY = timedelta(days=1)
_DAYS_PER_WEEK = 7
_WEEKS_PER_YEAR = 52
_MONTHS_PER_YEAR = 12
_MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: _MONTHS_PER_YEAR}
_RUNS = {Period.DAY: 1, Period.LAST7: 7, Period.LAST28: 28}

MAX_BUCKET_DAYS = {DashboardInterval.HOUR: 1, DashboardInterval.DAY: 62, DashboardInterval.WEEK: 184}
"""The longest period with buckets of each interval, days; a longer one has months."""


@dataclass(frozen=True, slots=True)
class StoreDays:
    """The consecutive store-days of a period.

    Attributes:
        period: the kind of period.
        first: the first store-day.
        last: the last store-day.
        first_weekday: the day on which weeks begin, 1 = Monday.
    """

    period: Period
    first: date
    last: date
    first_weekday: int = 1

    @property
    def dates(self) -> list[date]:
        """The store-days in order."""
        return [self.first + n * _DAY for n in range((self.last - self.first).days + 1)]

    @property
    def interval(self) -> DashboardInterval:
        """The length of its buckets."""
        count = (self.last - self.first).days + 1
        return next((each for each, limit in MAX_BUCKET_DAYS.items() if count <= limit), DashboardInterval.MONTH)

    @property
    def buckets(self) -> list[list[date]]:
        """The store-days of each bucket of a day or longer; the first and the last may be cut."""
        groups: dict[date, list[date]] = defaultdict(list)
        interval = self.interval
        for day in self.dates:
            if interval is DashboardInterval.WEEK:
                groups[week_start(day, self.first_weekday)].append(day)
            else:
                groups[day.replace(day=1) if interval is DashboardInterval.MONTH else day].append(day)
        return list(groups.values())

    def window(self, clock: StoreClock) -> Window:
        """Return the window from the start of the first store-day to the end of the last."""
        return days_window(clock, self.first, self.last)


@dataclass(frozen=True, slots=True)
class ComparedPeriod:
    """The earlier store-days that a period is compared with.

    Attributes:
        day: a day of the earlier period, which names it.
        counterparts: the earlier day of each store-day that has one.
        window: the window from the first to the last of the earlier days.
        cut: the end of the comparison within the counterpart of the day in progress; None when there is none.
        until: the end of the comparison: the latest end of a compared day.
    """

    day: date
    counterparts: Mapping[date, date]
    window: Window
    cut: datetime | None
    until: datetime


def days_window(clock: StoreClock, first: date, last: date) -> Window:
    """Return the window from the start of the store-day `first` to the end of `last`."""
    return Window(clock.start_of(first), clock.day_window(last).end)


def week_start(day: date, first_weekday: int) -> date:
    """Return the first day of the week that contains `day`, when weeks begin on `first_weekday` (1 = Monday)."""
    return day - (day.isoweekday() - first_weekday) % _DAYS_PER_WEEK * _DAY


def period_of(period: Period, day: date, first_weekday: int = 1) -> StoreDays:
    """Return the period that contains `day`, or ends with it (`last7`, `last28`).

    Args:
        period: the kind of period.
        day: a store-day.
        first_weekday: the day on which weeks begin, 1 = Monday.

    Raises:
        ValueError: the period is a range, which no single day determines.
    """
    if period in _RUNS:
        return StoreDays(period, day - (_RUNS[period] - 1) * _DAY, day, first_weekday)
    if period is Period.WEEK:
        first = week_start(day, first_weekday)
        return StoreDays(period, first, first + (_DAYS_PER_WEEK - 1) * _DAY, first_weekday)
    if period not in _MONTHS:
        raise ValueError("a range has a first and a last day")
    months = _MONTHS[period]
    first_month = (day.month - 1) // months * months + 1
    last_month = first_month + months - 1
    return StoreDays(
        period,
        date(day.year, first_month, 1),
        date(day.year, last_month, monthrange(day.year, last_month)[1]),
        first_weekday,
    )


def find_counterparts(days: StoreDays, mode: CompareMode, match: MatchMode) -> dict[date, date]:
    """Return the earlier store-day that each store-day of a period is compared with; those without one are missing."""
    if mode is CompareMode.NONE:
        return {}
    if match is MatchMode.WEEKDAY:
        return _by_weekday(days, mode)
    if mode is CompareMode.YEAR or days.period in _MONTHS:
        months = _MONTHS_PER_YEAR if mode is CompareMode.YEAR else _MONTHS[days.period]
        earlier = ((day, _same_day_earlier(day, months)) for day in days.dates)
        return {day: other for day, other in earlier if other is not None}
    return {day: day - len(days.dates) * _DAY for day in days.dates}


def _by_weekday(days: StoreDays, mode: CompareMode) -> dict[date, date]:
    if days.period in _MONTHS:
        months = _MONTHS_PER_YEAR if mode is CompareMode.YEAR else _MONTHS[days.period]
        year, month = _month_earlier(days.first, months)
        earlier = period_of(days.period, date(year, month, 1))
        others = {key: day for day, key in _nth_weekdays(earlier.dates)}
        return {day: others[key] for day, key in _nth_weekdays(days.dates) if key in others}
    weeks = -(-len(days.dates) // _DAYS_PER_WEEK)
    weeks = weeks if mode is CompareMode.PREVIOUS else max(weeks, _WEEKS_PER_YEAR)
    return {day: day - weeks * _DAYS_PER_WEEK * _DAY for day in days.dates}


def _nth_weekdays(days: Iterable[date]) -> list[tuple[date, tuple[int, int]]]:
    """Return each day with its weekday and how many of that weekday came before it."""
    counts: dict[int, int] = defaultdict(int)
    found = []
    for day in days:
        found.append((day, (day.weekday(), counts[day.weekday()])))
        counts[day.weekday()] += 1
    return found


def _same_day_earlier(day: date, months: int) -> date | None:
    """Return the same day of an earlier month; None when that month is too short."""
    year, month = _month_earlier(day, months)
    return date(year, month, day.day) if day.day <= monthrange(year, month)[1] else None


def _month_earlier(day: date, months: int) -> tuple[int, int]:
    """Return the year and the month some months before the month of `day`."""
    year, month = divmod(day.year * _MONTHS_PER_YEAR + day.month - 1 - months, _MONTHS_PER_YEAR)
    return year, month + 1


def compared_period(
    clock: StoreClock, days: StoreDays, mode: CompareMode, match: MatchMode, until: datetime
) -> ComparedPeriod | None:
    """Return the earlier days that a period is compared with; None when nothing is compared.

    Of a period in progress only the days so far are compared, and the day in progress up to the same wall-clock time.

    Args:
        clock: the clock of the store.
        days: the store-days of the period.
        mode: what to compare with.
        match: how the days are matched.
        until: the time up to which the period is known.
    """
    counterparts = find_counterparts(days, mode, match)
    if not counterparts:
        return None
    others = counterparts.values()
    window = days_window(clock, min(others), max(others))
    if until >= days.window(clock).end:
        return ComparedPeriod(min(others), counterparts, window, None, window.end)
    today = clock.date_of(until)
    ends = [clock.day_window(other).end for day, other in counterparts.items() if day < today]
    cut = clock.same_wall_clock(until, today, counterparts[today]) if today in counterparts else None
    ends += [cut] if cut is not None else []
    return ComparedPeriod(min(others), counterparts, window, cut, max(ends, default=window.start))
