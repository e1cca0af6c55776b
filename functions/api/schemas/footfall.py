"""``GET /stores/{store_id}/footfall``."""

from pydantic import Field

from functions.api.interval import Interval
from functions.api.kpi.words import BucketState
from functions.api.schemas.values import CameraId, Count, LocalTime, Provenance, Response, Share, StoreId, TimeZoneName


class FootfallRow(Response):
    """One interval of the series."""

    start: LocalTime
    end: LocalTime
    visitors: Count | None = Field(description="Null where nothing is known; never zero for unknown.")
    exits: Count | None
    state: BucketState
    coverage: Share | None = Field(description="Share of its open time that was observed; null when closed or to come.")


class Footfall(Response):
    """A series of visitors and exits; ``rows`` tile ``[from, to)`` without gaps."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    camera_id: CameraId | None = Field(description="The one camera it is about; null for the whole store.")
    interval: Interval
    start: LocalTime = Field(serialization_alias="from")
    end: LocalTime = Field(serialization_alias="to")
    limit_days: int = Field(description="The longest window that this interval answers, days.")
    data_complete_until: LocalTime | None
    provenance: Provenance
    rows: list[FootfallRow]
