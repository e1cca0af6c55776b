"""The responses of `GET /me` and `GET /stores`, and the body of `POST /stores/{store_id}/occupancy-reset`."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from functions.api.kpi.enums import BucketState, CompareMode, MatchMode, OccupancyState, Period
from functions.api.schemas.dashboard import Kpi
from functions.api.schemas.types import (
    Count,
    LocalTime,
    Provenance,
    Response,
    Share,
    StoreHealth,
    StoreId,
    TimeZoneName,
    UserId,
)

MAX_OCCUPANCY = 100_000
"""The highest occupancy that a correction may set, people."""


class MyStore(Response):
    """A store that the caller may read, and the caller's role in it."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    role: Literal["owner"]


class Me(Response):
    """The caller."""

    user_id: UserId
    email: str | None
    is_superadmin: bool
    stores: list[MyStore]


class SparkPoint(Response):
    """One hour of the store-day in progress."""

    start: LocalTime
    visitors: Count | None = Field(description="Null when it is unknown; an unknown number is never zero.")
    state: BucketState


class StoreComparison(Response):
    """The earlier days that a period of a store is compared with, by the rules of `GET /dashboard/{store_id}`."""

    mode: CompareMode
    match: MatchMode
    date: Annotated[date, Field(description="The first of the earlier days.")]
    start: LocalTime
    end: LocalTime = Field(description="While the period is in progress, the same time of its counterpart.")
    days: Count = Field(description="The store-days of the period so far that are compared with their counterpart.")
    days_left_out: Count = Field(
        description="The store-days of the period so far that have a counterpart and are not compared with it."
    )
    visitors: Kpi


class StorePeriod(Response):
    """The KPIs of a period of a store, up to `until`."""

    period: Period
    start: LocalTime
    end: LocalTime
    until: LocalTime
    visitors: Count | None = Field(description="IN crossings; null when nothing was observed.")
    exits: Count | None
    dwell_s: float | None = Field(ge=0, description="Mean time inside, seconds.")
    occupancy_average: float | None = Field(ge=0)
    balance: float | None = Field(ge=0, description="Exits per visitor, of complete store-days if there are any.")
    coverage: Share | None = Field(description="Share of the open time so far that was observed.")
    compare: StoreComparison | None = Field(description="Null without `compare`.")


class StoreSummary(Response):
    """The summary of a store."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    is_open: bool
    occupancy: Count | None = Field(description="People inside now; null when nothing was observed today.")
    occupancy_state: OccupancyState
    capacity: Count | None
    visitors_today: Count | None = Field(description="Null when nothing was observed today.")
    exits_today: Count | None
    unmatched_exits: Count | None = Field(description="Exits today that found nobody inside.")
    residual: int | None = Field(
        description="Entries - exits of today once the occupancy has ended after closing; null before."
    )
    sparkline: list[SparkPoint]
    period: StorePeriod | None = Field(description="The KPIs of the period of the request; null without `period`.")
    data_complete_until: LocalTime | None
    health: StoreHealth
    provenance: Provenance


class Stores(Response):
    """The caller's stores, by name."""

    as_of: datetime = Field(description="The time of all numbers of the response, UTC.")
    stores: list[StoreSummary]


class OccupancyReset(BaseModel):
    """The number of people inside, counted by eye."""

    model_config = ConfigDict(extra="forbid")

    occupancy: int = Field(ge=0, le=MAX_OCCUPANCY, strict=True, description="People inside now.")


class OccupancyResetDone(Response):
    """The correction that was stored."""

    store_id: StoreId
    at: LocalTime
    occupancy: Count
