"""Bodies of stores."""

from __future__ import annotations

from datetime import datetime, time
from itertools import pairwise
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from functions.admin.public_holidays import REGION_CODE
from functions.common.field_errors import FieldErrorType, refused
from functions.common.opening_spans import MAX_SPANS_PER_DAY, Span, find_overlap, span_minutes

from .values import UNSET, Count, MutableResource, Name, RequestBody, ResponseBody, TimeZoneName

Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAY_NAMES: dict[Weekday, str] = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}
_DAY = 24 * 60
_WEEK = 7 * _DAY


def _check_overlaps(hours: dict[Weekday, list[list[str]]]) -> dict[Weekday, list[list[str]]]:
    """Refuse two spans that overlap, also where one of them continues after midnight or after the end of the week."""
    for weekday, of_day in hours.items():
        overlap = find_overlap(of_day)
        if overlap:
            raise _overlap_error((weekday, overlap[0]), (weekday, overlap[1]))
    spans = sorted(_week_span(weekday, *span) for weekday, of_day in hours.items() for span in of_day)
    next_week = [(opens + _WEEK, closes + _WEEK, named) for opens, closes, named in spans[:1]]
    for (_, closes, named), (opens, _, later) in pairwise([*spans, *next_week]):
        if opens < closes:
            raise _overlap_error(named, later)
    return hours


NamedSpan = tuple[Weekday, str]
"""A day and the text of one of its spans."""


def _overlap_error(named: NamedSpan, later: NamedSpan) -> PydanticCustomError:
    text, later_text = (f"{WEEKDAY_NAMES[weekday]} {span}" for weekday, span in (named, later))
    return refused(
        FieldErrorType.OVERLAPPING_HOURS,
        f"{text} overlaps {later_text}. A span that does not close later than it opens continues on the next day:"
        " change one of the two.",
        first=" ".join(named),
        second=" ".join(later),
    )


def _week_span(weekday: Weekday, opens: str, closes: str) -> tuple[int, int, NamedSpan]:
    """Return the start and the end of a span in minutes of the week, its day and its text."""
    start, end = span_minutes(opens, closes)
    midnight = list(WEEKDAY_NAMES).index(weekday) * _DAY
    return midnight + start, midnight + end, (weekday, f"{opens}–{closes}")


OpeningHours = Annotated[
    dict[Weekday, Annotated[list[Span], Field(max_length=MAX_SPANS_PER_DAY)]],
    Field(
        description="By weekday. The store is closed on days that are missing. Spans must not overlap.",
        examples=[{"mon": [["09:00", "20:00"]]}],
    ),
    AfterValidator(_check_overlaps),
]


def _check_day_start(value: time) -> time:
    if value.tzinfo is not None or value.minute % 15 or value.second or value.microsecond:
        raise refused(
            FieldErrorType.NOT_ON_A_QUARTER_HOUR, "must be a quarter-hour like 04:00, without seconds and offset"
        )
    return value


DayStart = Annotated[
    time,
    Field(
        strict=False,
        description="Start of the store-day in the store's time zone, on a quarter-hour.",
        examples=["04:00"],
    ),
    AfterValidator(_check_day_start),
]


ClosingGraceMinutes = Annotated[
    int,
    Field(
        ge=0,
        le=240,
        multiple_of=15,
        description="How long after closing the last people leave, in minutes, whole quarter-hours. The store counts as"
        " empty when nobody has crossed for this time.",
    ),
]

Country = Annotated[
    str,
    StringConstraints(pattern=r"^[A-Z]{2}$"),
    Field(description="ISO 3166-1 alpha-2. The store gets the public holidays of the country.", examples=["DE"]),
]
Region = Annotated[
    str,
    StringConstraints(pattern=f"^{REGION_CODE.pattern}$"),
    Field(description="ISO 3166-2 without the country: the region whose public holidays are added.", examples=["BY"]),
]
ClosedOnHolidays = Annotated[
    bool,
    Field(description="Whether the store is closed on public holidays, from today on. Special days can differ."),
]

FirstWeekday = Annotated[
    int,
    Field(ge=1, le=7, description="The day on which weeks begin, also those of the past: 1 = Monday, 7 = Sunday."),
]


class StoreCreate(RequestBody):
    """A new store."""

    name: Name
    timezone: TimeZoneName
    day_start: DayStart = time(0)
    opening_hours: OpeningHours | None = Field(None, description="Null: always open.")
    closing_grace_minutes: ClosingGraceMinutes = 60
    capacity: Annotated[Count, Field(ge=1)] | None = None
    country: Country | None = None
    region: Region | None = None
    closed_on_holidays: ClosedOnHolidays = False
    first_weekday: FirstWeekday = 1


class StoreChange(RequestBody):
    """The members to change. Members that are left out stay as they are."""

    name: Name = UNSET
    timezone: TimeZoneName = UNSET
    day_start: DayStart = UNSET
    opening_hours: OpeningHours | None = None
    closing_grace_minutes: ClosingGraceMinutes = UNSET
    capacity: Annotated[Count, Field(ge=1)] | None = None
    country: Country | None = None
    region: Region | None = None
    closed_on_holidays: ClosedOnHolidays = UNSET
    first_weekday: FirstWeekday = UNSET


class Store(MutableResource):
    """A store, with the numbers of its cameras, owners and pending invitations."""

    store_id: UUID
    name: str
    timezone: str
    day_start: str = Field(description="HH:MM.")
    opening_hours: dict[str, list[list[str]]] | None
    closing_grace_minutes: int
    capacity: int | None
    country: str | None
    region: str | None
    closed_on_holidays: bool
    first_weekday: int = Field(description="1 = Monday.")
    created_at: datetime
    archived_at: datetime | None
    cameras: int
    cameras_online: int
    owners: int
    pending_invites: int


class Stores(ResponseBody):
    """All stores."""

    stores: list[Store]


class HolidayRegion(ResponseBody):
    """A region with public holidays of its own."""

    region: str = Field(description="ISO 3166-2 without the country.", examples=["BY"])
    name: str = Field(description="In a language of the country.", examples=["Bayern"])


class HolidayCountry(ResponseBody):
    """A country whose public holidays are known."""

    country: str = Field(description="ISO 3166-1 alpha-2.", examples=["DE"])
    regions: list[HolidayRegion]


class HolidayCountries(ResponseBody):
    """The countries and regions that a store can have."""

    countries: list[HolidayCountry]
