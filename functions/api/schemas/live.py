"""The response of `GET /live/{store_id}`."""

from datetime import date

from pydantic import Field

from functions.api.kpi.enums import OccupancyState
from functions.api.schemas.types import (
    CameraId,
    Count,
    LocalTime,
    Provenance,
    Response,
    StoreHealth,
    StoreId,
    TimeZoneName,
)
from functions.common.cameras import CameraStatus, Origin


class StoreDay(Response):
    """The store-day in progress: from the store's `day_start` to the next, half-open."""

    date: date
    start: LocalTime
    end: LocalTime


class LiveCamera(Response):
    """A camera of the store, and its counts of the store-day in progress."""

    camera_id: CameraId
    name: str
    is_counting_line: bool
    status: CameraStatus
    last_seen_at: LocalTime | None
    origin: Origin
    entries: Count = Field(serialization_alias="in", description="IN crossings today, whether or not they count.")
    exits: Count = Field(serialization_alias="out", description="OUT crossings today, whether or not they count.")
    counted_in: Count = Field(description="Its part of visitors_today: the IN crossings while it was a counting line.")
    counted_out: Count = Field(description="Its part of exits_today: the OUT crossings while it was a counting line.")


class FormerCameras(Response):
    """The part of today's totals from cameras that were archived or moved to another store today."""

    counted_in: Count
    counted_out: Count


class Live(Response):
    """The current state of a store."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    as_of: LocalTime = Field(description="The time of all numbers of the response.")
    store_day: StoreDay
    is_open: bool
    occupancy: Count | None = Field(description="People inside now; null when nothing was observed today.")
    occupancy_state: OccupancyState
    capacity: Count | None
    visitors_today: Count | None = Field(description="Null when nothing was observed today.")
    exits_today: Count | None
    unmatched_exits: Count | None = Field(
        description="Exits today that found nobody inside: of people who came in unseen. They do not reduce occupancy."
    )
    residual: int | None = Field(
        description="Entries - exits of today once the occupancy has ended after closing: people who were not seen"
        " leaving, negative when entries were missed. Null before."
    )
    balance: float | None = Field(ge=0, description="Exits per visitor so far today; null without visitors.")
    last_crossing_at: LocalTime | None = Field(description="The last crossing of a counting line today.")
    last_reset_at: LocalTime | None = Field(description="The last correction of the occupancy by hand today.")
    data_complete_until: LocalTime | None = Field(
        description="All data before it has arrived; null when no camera has ever reported."
    )
    health: StoreHealth
    cameras: list[LiveCamera] = Field(description="The cameras that the store has now.")
    former_cameras: FormerCameras
    provenance: Provenance
