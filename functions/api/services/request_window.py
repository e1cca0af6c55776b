"""The dates and times of a request, parsed into a day or a window."""

import re
from datetime import UTC, date, datetime, timedelta

from functions.api.kpi.enums import Interval
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window, quarter_floor
from functions.common.limits import EVENT_RETENTION
from functions.common.problems import Invalid, field_error

FIRST_DAY = date(2000, 1, 1)
"""The first day that a request may name."""

LAST_DAY = date(2100, 1, 1)
"""The last day that a request may name."""

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
"""The only form of a date that is accepted; Python also reads 20261101 and 2026-W45."""

_ISO_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d.*")
_OFFSET_WITHOUT_PLUS = re.compile(r"([Tt ]\d.*) (\d{2}:?\d{2})$")  # an unescaped "+" in a URL arrives as a space
_CLOCK_CHANGE = timedelta(hours=1)


def resolve_day(day: date | None, today: date) -> date:
    """Return the requested day, or today when the request names none.

    Raises:
        Invalid: the day is in the future, or before 2000.
    """
    if day is None:
        return today
    if day > today:
        raise _invalid("date", "future_date", f"Must not be after today in the zone of the store, {today}.")
    if day < FIRST_DAY:
        raise _invalid("date", "too_early", f"Must not be before {FIRST_DAY}.")
    return day


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
            field, "not_a_time", "Must be a date (2026-11-01) or a time (2026-11-01T09:00, 2026-11-01T09:00:00+13:00)."
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
        raise _invalid("to", "not_after_from", "Must be after `from`. The window is half-open: [from, to).")
    if start > now:
        raise _invalid("from", "future_date", f"Must not be in the future. It is now {clock.local(now).isoformat()}.")
    for field, at in (("from", start), ("to", end)):
        if at < now - EVENT_RETENTION and at != quarter_floor(at):
            raise _invalid(
                field,
                "not_on_a_quarter_hour",
                f"Must be on a quarter-hour: single crossings are kept for {EVENT_RETENTION.days} days only.",
            )
    if end > _last_end(start, interval.limit_days, clock):
        raise _invalid(
            "to",
            "window_too_long",
            f"At most {interval.limit_days} days with interval={interval}. Use a longer interval or a shorter window.",
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
        raise _invalid(field, "out_of_range", f"Must be between {FIRST_DAY} and {LAST_DAY}.")


def _invalid(field: str, slug: str, message: str) -> Invalid:
    return Invalid([field_error(["query", field], slug, message)])
