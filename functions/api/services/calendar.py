"""The calendar of a store: public holidays, special days, and the opening hours of each date."""

from dataclasses import asdict
from datetime import date, datetime, timedelta

from functions.api.kpi.opening_hours import OpeningSpan
from functions.api.repositories import special_days as repository
from functions.api.repositories.special_days import HolidayNames, SpecialDayRow
from functions.api.schemas.calendar import Calendar, CalendarDay, HoursSource, SpecialDay
from functions.api.schemas.types import StoreId
from functions.api.services.store_settings import StoreSettings, parse_store_settings
from functions.common import audit
from functions.common.database import Connection
from functions.common.field_errors import FieldErrorType
from functions.common.identity import Caller
from functions.common.problems import Invalid, field_error
from functions.common.tenancy import ReadableStore, get_readable_store

MAX_CALENDAR_DAYS = 400
"""The longest calendar of a response, dates."""

EDITABLE_DAYS_BACK, EDITABLE_DAYS_AHEAD = 400, 800
"""Special days can be set from so many dates before today to so many after it."""

_DAY = timedelta(days=1)
_MINUTES_PER_DAY = 24 * 60


def get_calendar(connection: Connection, store: ReadableStore, first: date, end: date) -> Calendar:
    """Return the calendar from `first` to the date before `end`.

    Raises:
        Invalid: `end` is not after `first`, or too far from it.
    """
    if end <= first:
        raise _invalid(
            "query",
            "to",
            FieldErrorType.NOT_AFTER_FROM,
            "Must be after `from`. The range is half-open: [from, to).",
        )
    if (end - first).days > MAX_CALENDAR_DAYS:
        raise _invalid(
            "query",
            "to",
            FieldErrorType.RANGE_TOO_LONG,
            f"At most {MAX_CALENDAR_DAYS} days after `from`.",
            max_days=MAX_CALENDAR_DAYS,
        )
    return Calendar(
        store_id=StoreId(store.id),
        timezone=store.timezone,
        first_weekday=store.first_weekday,
        days=_list_days(connection, store, first, end - _DAY),
    )


def put_special_day(
    connection: Connection, store: ReadableStore, caller: Caller, now: datetime, *, day: date, body: SpecialDay
) -> CalendarDay:
    """Set the opening hours or the note of a date, record the change in the audit log, and return the date.

    Raises:
        Invalid: the date is too long ago or too far ahead.
    """
    _check_editable(store, day, now)
    after = SpecialDayRow(day, body.opening_hours, body.note)
    before = next(iter(repository.list_special_days(connection, store, day, day)), None)
    repository.put_special_day(connection, store, after, caller.user_id)
    _audit(connection, caller, store, before=before, after=after)
    changed_store = get_readable_store(connection, caller, store.id)
    return _list_days(connection, changed_store, day, day)[0]


def delete_special_day(
    connection: Connection, store: ReadableStore, caller: Caller, now: datetime, *, day: date
) -> None:
    """Give a date its usual opening hours and no note. Without a special day this does nothing.

    Raises:
        Invalid: the date is too long ago or too far ahead.
    """
    _check_editable(store, day, now)
    before = repository.delete_special_day(connection, store, day)
    if before is not None:
        _audit(connection, caller, store, before=before, after=None)


def _list_days(connection: Connection, store: ReadableStore, first: date, last: date) -> list[CalendarDay]:
    settings = parse_store_settings(store)
    holidays = repository.list_public_holidays(connection, store, first, last)
    special = {row.day: row for row in repository.list_special_days(connection, store, first, last)}
    dates = [first + n * _DAY for n in range((last - first).days + 1)]
    return [_calendar_day(settings, day, holidays.get(day), special.get(day)) for day in dates]


def _calendar_day(
    settings: StoreSettings, day: date, holiday: HolidayNames | None, special_day: SpecialDayRow | None
) -> CalendarDay:
    hours = settings.opening_hours
    if special_day is not None and special_day.opening_hours is not None:
        source = HoursSource.SPECIAL_DAY
    elif day in hours.special:
        source = HoursSource.PUBLIC_HOLIDAY
    else:
        source = HoursSource.WEEKLY
    spans = hours.special[day] if day in hours.special else hours.on(day).spans_on(day)
    return CalendarDay(
        date=day,
        opening_hours=[_span_texts(span) for span in spans],
        hours_from=source,
        public_holiday=None if holiday is None else holiday.name,
        public_holiday_names={} if holiday is None else holiday.names,
        note=None if special_day is None else special_day.note,
    )


def _span_texts(span: OpeningSpan) -> list[str]:
    return [_clock_time(span.opens), _clock_time(span.closes)]


def _clock_time(minutes: int) -> str:
    minutes = minutes if minutes <= _MINUTES_PER_DAY else minutes - _MINUTES_PER_DAY
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _check_editable(store: ReadableStore, day: date, now: datetime) -> None:
    today = parse_store_settings(store).clock.date_of(now)
    first, last = today - EDITABLE_DAYS_BACK * _DAY, today + EDITABLE_DAYS_AHEAD * _DAY
    if not first <= day <= last:
        raise _invalid(
            "path",
            "date",
            FieldErrorType.OUT_OF_RANGE,
            f"Must be between {first} and {last}.",
            first=first.isoformat(),
            last=last.isoformat(),
        )


def _audit(
    connection: Connection,
    caller: Caller,
    store: ReadableStore,
    *,
    before: SpecialDayRow | None,
    after: SpecialDayRow | None,
) -> None:
    audit.record(
        connection,
        caller,
        "special_day.put" if after else "special_day.delete",
        subject_type="store",
        subject_id=store.id,
        store_id=store.id,
        before=None if before is None else asdict(before),
        after=None if after is None else asdict(after),
    )


def _invalid(part: str, field: str, type_: FieldErrorType, message: str, **params: str | float) -> Invalid:
    return Invalid([field_error([part, field], type_, message, params)])
