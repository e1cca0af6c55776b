"""Types of the members of request and response bodies."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.config import JsonDict
from pydantic.networks import validate_email
from pydantic_core import PydanticCustomError

from db.timescale.time_zones import canonical_time_zone
from functions.common.field_errors import FieldErrorType, refused

MAX_EMAIL_LENGTH = 254


class RequestBody(BaseModel):
    """Base of request bodies: an unknown member is an error."""

    model_config = ConfigDict(extra="forbid")


class ResponseBody(BaseModel):
    """Base of response bodies: every member is always present, also one with a default."""

    model_config = ConfigDict(frozen=True, json_schema_serialization_defaults_required=True)


class MutableResource(ResponseBody):
    """Base of resources that several people can change: `etag` identifies the state of the settings."""

    etag: str = Field(
        description="Entity tag of the settings, also in the header ETag. Send it as `If-Match` with a change."
    )


def _check_printable(text: str) -> str:
    if not text.isprintable():
        raise refused(FieldErrorType.CONTROL_CHARACTERS, "must not contain control characters")
    return text


def _check_time_zone(name: str) -> str:
    canonical = canonical_time_zone(name)
    if canonical is None:
        raise refused(
            FieldErrorType.TIME_ZONE_INVALID, "must be the IANA time zone of a place, for example Europe/Berlin"
        )
    return canonical


_FIRST_YEAR, _LAST_YEAR = 2000, 2200
_NUMBER = re.compile(r"\s*[-+]?[\d_]*\.?\d+(e[-+]?\d+)?\s*", re.IGNORECASE)


def _refuse_number(value: object) -> object:
    # pydantic would parse a number, also in quotes or in a query, as seconds since 1970.
    if isinstance(value, int | float) or (isinstance(value, str) and _NUMBER.fullmatch(value)):
        raise refused(
            FieldErrorType.NOT_A_TIMESTAMP, "must be a timestamp with an offset, for example 2026-11-22T09:15:00Z"
        )
    return value


def _check_year(value: datetime) -> datetime:
    if not _FIRST_YEAR <= value.year <= _LAST_YEAR:
        raise refused(
            FieldErrorType.YEAR_OUT_OF_RANGE,
            f"must be between the years {_FIRST_YEAR} and {_LAST_YEAR}",
            first=_FIRST_YEAR,
            last=_LAST_YEAR,
        )
    return value.astimezone(UTC)


def _check_email(text: str) -> str:
    try:
        return validate_email(text)[1]
    except PydanticCustomError as error:
        raise refused(FieldErrorType.EMAIL_INVALID, error.message()) from None


def _remove_default(schema: JsonDict) -> None:
    schema.pop("default", None)


UNSET: Any = Field(default=None, json_schema_extra=_remove_default)
"""Default of a member that may be omitted but may not be null. Omitted members are not in `model_fields_set`."""

Name = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=120),
    AfterValidator(_check_printable),
    Field(description="Name, 1 to 120 characters."),
]
Note = Annotated[
    str,
    StringConstraints(strip_whitespace=True, max_length=500),
    AfterValidator(_check_printable),
    Field(description="A note."),
]
TimeZoneName = Annotated[
    str,
    StringConstraints(min_length=1, max_length=64),
    AfterValidator(_check_time_zone),
    Field(description="An IANA time zone. An alias is stored under its canonical name.", examples=["Pacific/Auckland"]),
]
Timestamp = Annotated[
    AwareDatetime,
    BeforeValidator(_refuse_number, json_schema_input_type=datetime),
    AfterValidator(_check_year),
    Field(description="ISO 8601 with an offset."),
]
EmailAddress = Annotated[
    str,
    StringConstraints(max_length=MAX_EMAIL_LENGTH),
    AfterValidator(_check_email),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": MAX_EMAIL_LENGTH}),
]
Count = Annotated[int, Field(ge=0, le=2**31 - 1, strict=True, description="Number of crossings or people.")]
