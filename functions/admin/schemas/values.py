"""The small types that requests and answers are made of."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import available_timezones

from pydantic import AfterValidator, AwareDatetime, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

StoreId = Annotated[UUID, Field(description="A store.")]
CameraId = Annotated[UUID, Field(description="A camera.")]


class Request(BaseModel):
    """A body: only members we know, so that a misspelt one is an error and not a silence."""

    model_config = ConfigDict(extra="forbid")


class Answer(BaseModel):
    """An answer: complete, whether or not a member has a default."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


def _printable(text: str) -> str:
    if not text.isprintable():
        raise ValueError("no control characters, please")
    return text


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError("not an IANA time zone, like Europe/Berlin")
    return name


def _not_a_number(value: object) -> object:
    # pydantic would read a number as seconds since 1970.
    if isinstance(value, int | float):
        raise ValueError("a moment with its offset, like 2026-11-22T09:15:00Z")  # noqa: TRY004 - pydantic wants it
    return value


def _sensible(moment: datetime) -> datetime:
    if not 2000 <= moment.year <= 2200:
        raise ValueError("a moment between the years 2000 and 2200")
    return moment.astimezone(UTC)


def _undocumented(schema: JsonDict) -> None:
    schema.pop("default", None)


LEFT_OUT: Any = Field(default=None, json_schema_extra=_undocumented)
"""The default of a member that may be left out of a change, but may not be null. See `model_fields_set`."""

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_printable),
    Field(description="What people call it, 1 to 120 characters."),
]
Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=500),
    AfterValidator(_printable),
    Field(description="A note."),
]
TimeZoneName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    AfterValidator(_known_zone),
    Field(description="An IANA time zone.", examples=["Pacific/Auckland"]),
]
Moment = Annotated[
    AwareDatetime,
    BeforeValidator(_not_a_number, json_schema_input_type=datetime),
    AfterValidator(_sensible),
    Field(description="ISO 8601 with its offset."),
]
Count = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True, description="A number of crossings or of people.")]
