"""The types that several responses consist of."""

from datetime import datetime
from typing import Annotated, NewType
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from functions.api.kpi.enums import Health

StoreId = NewType("StoreId", UUID)
CameraId = NewType("CameraId", UUID)
UserId = NewType("UserId", UUID)

TimeZoneName = Annotated[str, Field(description="An IANA time zone.", examples=["Pacific/Auckland"])]
Count = Annotated[int, Field(ge=0, description="A number of crossings or of people.")]
Share = Annotated[float, Field(ge=0, le=1, description="A share, 0 to 1.")]
LocalTime = Annotated[datetime, Field(description="ISO 8601, with the offset of the store's zone at that time.")]


class Response(BaseModel):
    """The base of every response body: immutable, and complete (fields with a default are still always sent)."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_serialization_defaults_required=True)


class StoreHealth(Response):
    """Whether the cameras of the store report. A camera is online when it reported in the last three minutes."""

    status: Health
    cameras_online: Count
    cameras_total: Count
    last_seen_at: LocalTime | None


class Provenance(Response):
    """Whether some of the crossings were not counted by a camera. The user interface must say so."""

    generated: bool = Field(description="Some crossings are generated history.")
    simulated: bool = Field(description="Some crossings come from a simulator.")
