"""The public holidays and the special days of a store."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, func, null, or_, select
from sqlalchemy.dialects.postgresql import insert

from db.timescale.tables import public_holidays, special_days
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class SpecialDayRow:
    """A row of `special_days`."""

    day: date
    opening_hours: list[list[str]] | None
    note: str | None


@dataclass(frozen=True, slots=True)
class AnnotatedDay:
    """A date with a public holiday, a special day or both.

    Attributes:
        day: the date.
        public_holiday: the name of the public holiday.
        public_holiday_names: its names by language; None without one, or before they are looked up.
        note: the note of the special day.
        has_special_hours: whether the date has other opening hours than its weekday, or is closed.
    """

    day: date
    public_holiday: str | None
    public_holiday_names: dict[str, str] | None
    note: str | None
    has_special_hours: bool


_COLUMNS = (special_days.c.day, special_days.c.opening_hours, special_days.c.note)


def list_special_days(connection: Connection, store: ReadableStore, first: date, last: date) -> list[SpecialDayRow]:
    """Return the special days from `first` to `last`, in order."""
    c = special_days.c
    statement = select(*_COLUMNS).where(c.store_id == store.id, c.day.between(first, last)).order_by(c.day)
    return [SpecialDayRow(**row) for row in connection.execute(statement).mappings()]


@dataclass(frozen=True, slots=True)
class HolidayNames:
    """What a public holiday is called.

    Attributes:
        name: in the main language of the country.
        names: by language.
    """

    name: str
    names: dict[str, str]


def list_public_holidays(
    connection: Connection, store: ReadableStore, first: date, last: date
) -> dict[date, HolidayNames]:
    """Return the names of the public holidays from `first` to `last`, by date and in order."""
    c = public_holidays.c
    statement = select(c.day, c.name, c.names).where(c.store_id == store.id, c.day.between(first, last)).order_by(c.day)
    return {row.day: HolidayNames(row.name, row.names or {}) for row in connection.execute(statement)}


def list_annotated_days(connection: Connection, store: ReadableStore, first: date, last: date) -> list[AnnotatedDay]:
    """Return the dates from `first` to `last` with a public holiday or a special day, in order."""
    holidays = select(public_holidays).where(
        public_holidays.c.store_id == store.id, public_holidays.c.day.between(first, last)
    )
    own_days = select(special_days).where(special_days.c.store_id == store.id, special_days.c.day.between(first, last))
    holiday, own = holidays.subquery(), own_days.subquery()
    day = func.coalesce(own.c.day, holiday.c.day)
    statement = (
        select(
            day.label("day"),
            holiday.c.name.label("public_holiday"),
            holiday.c.names.label("public_holiday_names"),
            own.c.note,
            or_(own.c.opening_hours.is_not(None), func.coalesce(holiday.c.is_closed, False)).label("has_special_hours"),
        )
        .select_from(holiday.outerjoin(own, holiday.c.day == own.c.day, full=True))
        .order_by(day)
    )
    return [AnnotatedDay(**row) for row in connection.execute(statement).mappings()]


def put_special_day(connection: Connection, store: ReadableStore, special_day: SpecialDayRow, user_id: UUID) -> None:
    """Insert or replace a special day."""
    values = {
        "opening_hours": null() if special_day.opening_hours is None else special_day.opening_hours,
        "note": special_day.note,
        "changed_by": user_id,
        "changed_at": func.now(),
    }
    connection.execute(
        insert(special_days)
        .values(store_id=store.id, day=special_day.day, **values)
        .on_conflict_do_update(index_elements=["store_id", "day"], set_=values)
    )


def delete_special_day(connection: Connection, store: ReadableStore, day: date) -> SpecialDayRow | None:
    """Delete a special day, and return it; None when there is none."""
    c = special_days.c
    statement = delete(special_days).where(c.store_id == store.id, c.day == day).returning(*_COLUMNS)
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else SpecialDayRow(**row)
