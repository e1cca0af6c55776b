"""Bodies of the crossings of a camera as they arrive."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from .values import ResponseBody


class Crossing(ResponseBody):
    """A crossing and its way to the database."""

    event_id: UUID
    direction: Literal["IN", "OUT"]
    ts: datetime = Field(description="When the person crossed, by the clock of the edge box.")
    received_at: datetime = Field(description="When it was stored.")
    delay_s: float = Field(
        description="Seconds from `ts` to `received_at`; below 0 when the clock of the edge box is ahead."
    )


class Crossings(ResponseBody):
    """The newest crossings of a camera."""

    crossings: list[Crossing] = Field(description="Of the last hour, stored last first, at most 100.")
    left_out: bool = Field(description="Whether there are more, stored before these.")
    next_after: datetime = Field(
        description="`after` of the next request. Its response repeats crossings of the last seconds: leave out those"
        " whose `event_id` is known."
    )
    line_used_from: datetime = Field(
        description="When an edge box that is online surely counts with the present line: 35 s after it was set."
    )
    last_crossing_at: datetime | None = Field(
        description="The last crossing from then on, also an older one than those listed; null without one."
    )
