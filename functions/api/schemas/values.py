"""The small types that the responses are made of."""

from datetime import datetime
from typing import Annotated, NewType
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from functions.api.kpi.words import Health

StoreId = NewType("StoreId", UUID)
CameraId = NewType("CameraId", UUID)
UserId = NewType("UserId", UUID)

TimeZoneName = Annotated[str, Field(description="An IANA time zone.", examples=["Pacific/Auckland"])]
Count = Annotated[int, Field(ge=0, description="A number of crossings or of people.")]
Share = Annotated[float, Field(ge=0, le=1, description="A share, 0 to 1.")]
Seconds = Annotated[float, Field(ge=0, description="Seconds.")]
LocalTime = Annotated[
    datetime, Field(description="ISO 8601, with the offset that the store's zone has at that moment.")
]


class Response(BaseModel):
    """What every response body is: immutable, and complete (fields with a default are still always sent)."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class StoreHealth(Response):
    """Whether the store's live cameras report; a camera is online when it was heard of in the last three minutes."""

    status: Health
    cameras_online: Count
    cameras_total: Count
    last_seen_at: LocalTime | None


class Provenance(Response):
    """Whether any of the crossings behind these numbers were not counted by a camera; the screen must say so."""

    generated: bool = Field(description="Some of it is generated history.")
    simulated: bool = Field(description="Some of it comes from a simulator.")
