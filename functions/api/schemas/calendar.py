"""The bodies of the calendar of a store."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from functions.api.schemas.types import Response, StoreId, TimeZoneName
from functions.common.field_errors import FieldErrorType, refused
from functions.common.opening_spans import MAX_SPANS_PER_DAY, Span, find_overlap


class HoursSource(StrEnum):
    """What the opening hours of a date come from."""

    WEEKLY = "weekly"
    PUBLIC_HOLIDAY = "public_holiday"
    SPECIAL_DAY = "special_day"


def _check_overlaps(spans: list[list[str]]) -> list[list[str]]:
    overlap = find_overlap(spans)
    if overlap:
        first, second = overlap
        raise refused(FieldErrorType.OVERLAPPING_HOURS, f"{first} overlaps {second}", first=first, second=second)
    return spans


def _check_printable(text: str) -> str:
    if not text.isprintable():
        raise refused(FieldErrorType.CONTROL_CHARACTERS, "must not contain control characters")
    return text


OpeningSpans = Annotated[
    list[Span],
    Field(max_length=MAX_SPANS_PER_DAY, description="The open times of a date; empty: closed."),
    AfterValidator(_check_overlaps),
]
Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_check_printable),
    Field(description='What is special about the date, such as "Sale" or "Road works".'),
]


class SpecialDay(BaseModel):
    """Opening hours or a note for one date, or both."""

    model_config = ConfigDict(extra="forbid")

    opening_hours: OpeningSpans | None = Field(None, description="Null: the usual hours.")
    note: Note | None = None

    @model_validator(mode="after")
    def _check_content(self) -> "SpecialDay":
        if self.opening_hours is None and self.note is None:
            raise refused(
                FieldErrorType.NOTHING_GIVEN,
                "needs `opening_hours`, `note` or both; delete the special day to remove it",
            )
        return self


HolidayName = Annotated[
    str | None, Field(description="The name of the public holiday, in the main language of the country.")
]
HolidayNames = Annotated[
    dict[str, str],
    Field(
        description="The names of the public holiday by language, those of `en`, `de`, `es`, `fr`, `it` that exist.",
        examples=[{"en": "Christmas Day", "fr": "Noël"}],
    ),
]


class Annotation(Response):
    """What is special about a date of the store."""

    date: date
    public_holiday: HolidayName
    public_holiday_names: HolidayNames
    note: str | None = Field(description="The note of the special day.")
    has_special_hours: bool = Field(description="Whether it has other opening hours than its weekday, or is closed.")


class CalendarDay(Response):
    """A date of the calendar of a store, with the opening hours that are valid on it."""

    date: date
    opening_hours: list[list[str]] = Field(
        description="The open times that begin on the date; empty: closed. All day: 00:00 to 24:00."
    )
    hours_from: HoursSource
    public_holiday: HolidayName
    public_holiday_names: HolidayNames
    note: str | None


class Calendar(Response):
    """The calendar of a store from one date to another."""

    store_id: StoreId
    timezone: TimeZoneName
    first_weekday: int = Field(ge=1, le=7, description="The day on which weeks of the store begin, 1 = Monday.")
    days: list[CalendarDay]
