"""``GET /stores``."""

from pydantic import Field

from functions.api.kpi.words import BucketState
from functions.api.schemas.values import (
    Count,
    LocalTime,
    Provenance,
    Response,
    StoreHealth,
    StoreId,
    TimeZoneName,
)


class SparkPoint(Response):
    """One hour of the store-day in progress."""

    start: LocalTime
    visitors: Count | None = Field(description="Null where nothing is known; never zero for unknown.")
    state: BucketState


class StoreSummary(Response):
    """A store at a glance."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    is_open: bool
    occupancy: Count | None = Field(description="People inside now; null when nothing was observed today.")
    capacity: Count | None
    visitors_today: Count | None = Field(description="Null when nothing was observed today.")
    exits_today: Count | None
    sparkline: list[SparkPoint]
    data_complete_until: LocalTime | None
    health: StoreHealth
    provenance: Provenance


class Stores(Response):
    """The caller's stores, by name."""

    stores: list[StoreSummary]
