"""The response of `GET /stores/{store_id}/footfall`."""

from pydantic import Field

from functions.api.kpi.enums import BucketState, Interval, Note
from functions.api.schemas.calendar import Annotation
from functions.api.schemas.types import CameraId, Count, LocalTime, Provenance, Response, Share, StoreId, TimeZoneName


class FootfallRow(Response):
    """One interval of the series."""

    start: LocalTime
    end: LocalTime
    visitors: Count | None = Field(description="Null when it is unknown; an unknown number is never zero.")
    exits: Count | None
    state: BucketState
    coverage: Share | None = Field(
        description="Share of its open time that was observed; null when closed or in the future."
    )
    note: Note | None = Field(
        description="`line_changed` when a camera began to count with another line in it; otherwise null."
    )
    annotations: list[Annotation] = Field(description="What is special about its days.")


class Footfall(Response):
    """A series of visitors and exits. Its rows cover `[from, to)` without gaps."""

    store_id: StoreId
    name: str
    timezone: TimeZoneName
    camera_id: CameraId | None = Field(description="The camera of the series; null for the whole store.")
    interval: Interval
    start: LocalTime = Field(serialization_alias="from")
    end: LocalTime = Field(serialization_alias="to")
    limit_days: int = Field(description="The longest window of this interval, days.")
    data_complete_until: LocalTime | None
    provenance: Provenance
    rows: list[FootfallRow]
