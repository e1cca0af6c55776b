"""The dates and times of a request, parsed into a day or a window."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from functions.api.kpi.enums import Interval, Period
from functions.api.kpi.periods import StoreDays, period_of
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window, quarter_floor
from functions.common.field_errors import FieldErrorType
from functions.common.limits import EVENT_RETENTION
from functions.common.problems import Invalid, field_error

FIRST_DAY = date(2000, 1, 1)
"""The first day that a request may name."""

LAST_DAY = date(2100, 1, 1)
"""The last day that a request may name."""

MAX_RANGE_DAYS = 366
"""The longest range of a dashboard, store-days: a year."""

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
"""The only form of a date that is accepted; Python also reads 20261101 and 2026-W45."""

_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d.*")
_OFFSET_WITHOUT_PLUS = re.compile(r"([Tt ]\d.*) (\d{2}:?\d{2})$")  # an unescaped "+" in a URL arrives as a space
_CLOCK_CHANGE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class RequestedPeriod:
    """The parameters that name the period of a dashboard: `period` and `date`, or `from` and `to`.

    Attributes:
        period: the kind of period; None for a range when `since` or `until` is given, or else for a day.
        day: any store-day of the period, or the last of `last7` and `last28`; None for today.
        since: the parameter `from`: the first store-day of a range.
        until: the parameter `to`: the store-day after the last of a range.
    """

    period: Period | None = None
    day: date | None = None
    since: date | None = None
    until: date | None = None


def resolve_period(requested: RequestedPeriod, today: date, first_weekday: int) -> tuple[StoreDays, date]:
    """Return the requested period, and the day that names it.

    Args:
        requested: the parameters of the request.
        today: the store-day in progress.
        first_weekday: the day on which weeks of the store begin, 1 = Monday.

    Raises:
        Invalid: the period is in the future, before 2000 or too long, or the parameters contradict each other.
    """
    since, until = requested.since, requested.until
    if requested.period is not Period.RANGE and since is None and until is None:
        day = today if requested.day is None else requested.day
        _check_day("date", day, today)
        return period_of(requested.period or Period.DAY, day, first_weekday), day
    if requested.period not in {None, Period.RANGE}:
        raise _invalid(
            "period", FieldErrorType.NOT_WITH_RANGE, "Send `period` and `date`, or `from` and `to`, not both."
        )
    if requested.day is not None:
        raise _invalid("date", FieldErrorType.NOT_WITH_RANGE, "Send `period` and `date`, or `from` and `to`, not both.")
    if since is None or until is None:
        missing = "from" if since is None else "to"
        raise _invalid(missing, FieldErrorType.MISSING, "A range needs `from` and `to`.")
    _check_day("from", since, today)
    if until <= since:
        raise _invalid("to", FieldErrorType.NOT_AFTER_FROM, "Must be after `from`. The range is half-open: [from, to).")
    if (until - since).days > MAX_RANGE_DAYS:
        raise _invalid(
            "to",
            FieldErrorType.RANGE_TOO_LONG,
            f"At most {MAX_RANGE_DAYS} days after `from`.",
            max_days=MAX_RANGE_DAYS,
        )
    return StoreDays(Period.RANGE, since, until - timedelta(days=1), first_weekday), since


def _check_day(field: str, day: date, today: date) -> None:
    if day > today:
        raise _invalid(
            field,
            FieldErrorType.FUTURE_DATE,
            f"Must not be after today in the zone of the store, {today}.",
            latest=today.isoformat(),
        )
    if day < FIRST_DAY:
        raise _invalid(
            field, FieldErrorType.TOO_EARLY, f"Must not be before {FIRST_DAY}.", earliest=FIRST_DAY.isoformat()
        )


def parse_time(text: str, field: str, clock: StoreClock) -> datetime:
    """Parse a time: a date is the start of that store-day, a time without an offset is local to the store.

    Args:
        text: the text of the parameter.
        field: the name of the parameter, for the error.
        clock: the clock of the store.

    Returns:
        The time in UTC.

    Raises:
        Invalid: the text is neither a date nor a time, or lies outside 2000..2100.
    """
    text = _OFFSET_WITHOUT_PLUS.sub(r"\1+\2", text.strip())
    try:
        if ISO_DATE.fullmatch(text):
            day = date.fromisoformat(text)
            _check_range(day, field)
            return clock.start_of(day)
        at = datetime.fromisoformat(text) if _ISO_TIME.fullmatch(text) else None
    except ValueError:
        at = None
    if at is None:
        raise _invalid(
            field,
            FieldErrorType.NOT_A_TIME,
            "Must be a date (2026-11-01) or a time (2026-11-01T09:00, 2026-11-01T09:00:00+13:00).",
        )
    _check_range(at.date(), field)
    return at.astimezone(UTC) if at.tzinfo else clock.at_wall_clock(at)


def parse_window(since: str, until: str, interval: Interval, clock: StoreClock, now: datetime) -> Window:
    """Parse the window of a footfall series.

    Args:
        since: the parameter `from`.
        until: the parameter `to`.
        interval: the length of a row, which limits the window.
        clock: the clock of the store.
        now: the current time.

    Raises:
        Invalid: a time cannot be parsed; the window is empty, reversed, in the future, or too long for the interval; or
            it begins or ends within a quarter-hour whose single crossings are no longer kept.
    """
    start, end = parse_time(since, "from", clock), parse_time(until, "to", clock)
    if start >= end:
        raise _invalid(
            "to", FieldErrorType.NOT_AFTER_FROM, "Must be after `from`. The window is half-open: [from, to)."
        )
    if start > now:
        latest = clock.local(now).isoformat()
        raise _invalid(
            "from", FieldErrorType.FUTURE_DATE, f"Must not be in the future. It is now {latest}.", latest=latest
        )
    for field, at in (("from", start), ("to", end)):
        if at < now - EVENT_RETENTION and at != quarter_floor(at):
            raise _invalid(
                field,
                FieldErrorType.NOT_ON_A_QUARTER_HOUR,
                f"Must be on a quarter-hour: single crossings are kept for {EVENT_RETENTION.days} days only.",
            )
    if end > _last_end(start, interval.limit_days, clock):
        raise _invalid(
            "to",
            FieldErrorType.WINDOW_TOO_LONG,
            f"At most {interval.limit_days} days with interval={interval}. Use a longer interval or a shorter window.",
            max_days=interval.limit_days,
        )
    return Window(start, end)


def _last_end(start: datetime, days: int, clock: StoreClock) -> datetime:
    """Return the last end of a window of so many days: a day may have 25 hours, or more where the zone changes."""
    day = clock.date_of(start)
    return max(
        start + timedelta(days=days) + _CLOCK_CHANGE,
        clock.same_wall_clock(start, day, day + timedelta(days=days)),
    )


def _check_range(day: date, field: str) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _invalid(
            field,
            FieldErrorType.OUT_OF_RANGE,
            f"Must be between {FIRST_DAY} and {LAST_DAY}.",
            first=FIRST_DAY.isoformat(),
            last=LAST_DAY.isoformat(),
        )


def _invalid(field: str, type_: FieldErrorType, message: str, **params: str | float) -> Invalid:
    return Invalid([field_error(["query", field], type_, message, params)])
