"""Stores, as the admin sees them."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints

from .values import LEFT_OUT, Answer, Count, Name, Request, TimeZoneName

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
ClockTime = Annotated[
    str,
    StringConstraints(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$"),
    Field(description="HH:MM; 24:00 is midnight at the end of the day.", examples=["09:00"]),
]
Span = Annotated[
    list[ClockTime],
    Field(min_length=2, max_length=2, description="Opens, closes. A span that does not end later goes past midnight."),
]
OpeningHours = Annotated[
    dict[Weekday, Annotated[list[Span], Field(max_length=6)]],
    Field(description="By weekday; a missing day is closed.", examples=[{"mon": [["09:00", "20:00"]]}]),
]


def _plain_time(moment: time) -> time:
    if moment.tzinfo is not None or moment.minute % 15 or moment.second or moment.microsecond:
        raise ValueError("a time of day like 04:00 on a quarter-hour, without seconds or offset")
    return moment


DayStart = Annotated[
    time,
    Field(
        strict=False,
        description="When the store-day starts, by the store's own clock; on a quarter-hour.",
        examples=["04:00"],
    ),
    AfterValidator(_plain_time),
]


class StoreCreate(Request):
    """A new store."""

    name: Name
    timezone: TimeZoneName
    day_start: DayStart = time(0)
    opening_hours: OpeningHours | None = Field(None, description="Null: always open.")
    capacity: Annotated[Count, Field(ge=1)] | None = None


class StoreChange(Request):
    """What is to change; members that are left out stay as they are."""

    name: Name = LEFT_OUT
    timezone: TimeZoneName = LEFT_OUT
    day_start: DayStart = LEFT_OUT
    opening_hours: OpeningHours | None = None
    capacity: Annotated[Count, Field(ge=1)] | None = None


class Store(Answer):
    """A store, with how many cameras and owners it has."""

    store_id: UUID
    name: str
    timezone: str
    day_start: str = Field(description="HH:MM.")
    opening_hours: dict[str, list[list[str]]] | None
    capacity: int | None
    created_at: datetime
    archived_at: datetime | None
    cameras: int
    cameras_online: int
    owners: int
    pending_invites: int


class Stores(Answer):
    stores: list[Store]
