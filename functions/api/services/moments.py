"""Reading the moments of a request, and the window that they make."""

import re
from datetime import UTC, date, datetime, timedelta

from functions.api.interval import Interval
from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.window import Window, quarter_floor
from functions.common.problems import Invalid, field_error

FIRST_DAY = date(2000, 1, 1)
"""No store has numbers from before."""

LAST_DAY = date(2100, 1, 1)

EVENTS_KEPT = timedelta(days=400)
"""Single crossings are kept so long (0005_policies.sql); of the time before there are whole quarter-hours only."""

WRITTEN_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ]\d.*")  # Python also takes 20261101 and 2026-W45, for midnight
_PLUS_LOST_IN_THE_ADDRESS = re.compile(r"([Tt ]\d.*) (\d{2}:?\d{2})$")
_CLOCK_CHANGE = timedelta(hours=1)


def _wrong(field: str, slug: str, message: str) -> Invalid:
    return Invalid([field_error(["query", field], slug, message)])


def day_of_request(day: date | None, today: date) -> date:
    """The day that is asked for; today's when none is.

    Raises:
        Invalid: a day to come, or one before there can be any numbers.
    """
    if day is None:
        return today
    if day > today:
        raise _wrong("date", "future_date", f"Must not be after the store's today, {today}.")
    if day < FIRST_DAY:
        raise _wrong("date", "too_early", f"Must not be before {FIRST_DAY}.")
    return day


def moment_of_request(text: str, field: str, clock: StoreClock) -> datetime:
    """A moment: a date is the start of that store-day, a time without an offset is on the store's wall clock.

    Raises:
        Invalid: it is neither, or lies outside 2000..2100.
    """
    text = _PLUS_LOST_IN_THE_ADDRESS.sub(r"\1+\2", text.strip())
    try:
        if WRITTEN_DATE.fullmatch(text):
            day = date.fromisoformat(text)
            _check_range(day, field)
            return clock.start_of(day)
        moment = datetime.fromisoformat(text) if _TIME.fullmatch(text) else None
    except ValueError:
        moment = None
    if moment is None:
        raise _wrong(
            field, "not_a_time", "Must be a date (2026-11-01) or a time (2026-11-01T09:00, 2026-11-01T09:00:00+13:00)."
        )
    _check_range(moment.date(), field)
    return (moment if moment.tzinfo else moment.replace(tzinfo=clock.zone)).astimezone(UTC)


def _check_range(day: date, field: str) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        raise _wrong(field, "out_of_range", f"Must lie between {FIRST_DAY} and {LAST_DAY}.")


def window_of_request(since: str, until: str, interval: Interval, clock: StoreClock, now: datetime) -> Window:
    """The window of a series.

    Raises:
        Invalid: a moment cannot be read, the window is empty, reversed, to come, longer than the interval answers, or
            begins or ends in a quarter-hour of which the single crossings are not kept any more.
    """
    start, end = moment_of_request(since, "from", clock), moment_of_request(until, "to", clock)
    if start >= end:
        raise _wrong("to", "not_after_from", "Must be after `from`; the window is half-open, [from, to).")
    if start > now:
        raise _wrong("from", "future_date", f"Must not lie in the future; it is {clock.local(now).isoformat()}.")
    for field, moment in (("from", start), ("to", end)):
        if moment < now - EVENTS_KEPT and moment != quarter_floor(moment):
            raise _wrong(
                field,
                "not_on_a_quarter_hour",
                f"Must be a quarter-hour: single crossings are kept for {EVENTS_KEPT.days} days.",
            )
    if end - start > timedelta(days=interval.limit_days) + _CLOCK_CHANGE:
        raise _wrong(
            "to",
            "window_too_long",
            f"At most {interval.limit_days} days with interval={interval}; shorten the window, or ask for longer rows.",
        )
    return Window(start, end)
