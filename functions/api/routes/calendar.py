"""The routes of the calendar of a store."""

from datetime import date
from typing import Annotated

from fastapi import Path, Query, status
from pydantic import BeforeValidator

from functions.api.params import ONE_SNAPSHOT, Now, check_iso_date
from functions.api.schemas.calendar import Calendar, CalendarDay, SpecialDay
from functions.api.services import calendar
from functions.api.services.calendar import MAX_CALENDAR_DAYS
from functions.api.services.store_settings import StoreSettingsInvalid
from functions.common.authentication import CurrentUser, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.tenancy import StoreDep

router = authenticated_router(prefix="/stores/{store_id}/calendar", tags=["calendar"], problems=[StoreSettingsInvalid])

DayPath = Annotated[date, BeforeValidator(check_iso_date), Path(alias="date", description="A date, 2026-12-25.")]
FirstDay = Annotated[date, BeforeValidator(check_iso_date), Query(alias="from", description="First date.")]
EndDay = Annotated[
    date,
    BeforeValidator(check_iso_date),
    Query(alias="to", description=f"The date after the last, at most {MAX_CALENDAR_DAYS} days after `from`."),
]


@router.get("", summary="Get the calendar of a store", dependencies=[ONE_SNAPSHOT])
def get_calendar(store: StoreDep, connection: ConnectionDep, since: FirstDay, until: EndDay) -> Calendar:
    """Return each date with its opening hours, its public holiday and its note."""
    return calendar.get_calendar(connection, store, since, until)


@router.put("/{date}", summary="Set a special day")
def put_special_day(
    day: DayPath,
    special_day: SpecialDay,
    store: StoreDep,
    *,
    caller: CurrentUser,
    connection: ConnectionDep,
    now: Now,
) -> CalendarDay:
    """Set other opening hours, a note, or both. Numbers of a date in the past are computed again with its new hours."""
    return calendar.put_special_day(connection, store, caller, now, day=day, body=special_day)


@router.delete("/{date}", summary="Delete a special day", status_code=status.HTTP_204_NO_CONTENT)
def delete_special_day(day: DayPath, store: StoreDep, caller: CurrentUser, connection: ConnectionDep, now: Now) -> None:
    """Give the date its usual opening hours. Works also when there is no special day."""
    calendar.delete_special_day(connection, store, caller, now, day=day)
