"""Cameras: their settings, their line, their state, their snapshot, and the counts that people made against them."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator

from functions.common.cameras import CameraStatus, Origin

from .values import LEFT_OUT, Answer, Count, Moment, Name, Note, Request

SHORTEST_LINE = 0.02


class Anchor(StrEnum):
    """The point of a person's box that crosses."""

    CENTER = "center"
    FOOT = "foot"


def _long_enough(line: list[float]) -> list[float]:
    ax, ay, bx, by = line
    if (ax - bx) ** 2 + (ay - by) ** 2 < SHORTEST_LINE**2:
        raise ValueError("the two ends of the line are too close to each other")
    return line


Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Line = Annotated[
    list[Share],
    Field(
        min_length=4,
        max_length=4,
        description="[ax, ay, bx, by] in 0..1 of width and height; IN is on the right hand, looking from a to b.",
        examples=[[0.1, 0.5, 0.9, 0.5]],
    ),
    AfterValidator(_long_enough),
]
SampleFps = Annotated[float, Field(ge=1, le=60, allow_inf_nan=False, description="Frames a second that are looked at.")]
SnapshotInterval = Annotated[int, Field(ge=60, le=86_400, strict=True, description="Seconds between snapshots.")]


class CameraCreate(Request):
    """A new camera of a store."""

    name: Name
    is_counting_line: bool = Field(True, description="Whether its crossings count for the store.")
    line: Line | None = Field(None, description="Null: mid-height, left to right.")
    anchor: Anchor = Anchor.FOOT
    sample_fps: SampleFps = 10
    snapshot_interval_s: SnapshotInterval = 3600


class CameraChange(Request):
    """What is to change; members that are left out stay as they are."""

    name: Name = LEFT_OUT
    is_counting_line: bool = LEFT_OUT
    anchor: Anchor = LEFT_OUT
    sample_fps: SampleFps = LEFT_OUT
    snapshot_interval_s: SnapshotInterval = LEFT_OUT


class LineChange(Request):
    """The counting line, and optionally the anchor with it."""

    line: Line | None = Field(description="Null: mid-height, left to right.")
    anchor: Anchor | None = Field(None, description="Null: as it is.")


class Camera(Answer):
    """A camera and what its box last said."""

    camera_id: UUID
    store_id: UUID
    name: str
    origin: Origin
    is_counting_line: bool
    line: list[float] | None
    anchor: Anchor
    sample_fps: float
    snapshot_interval_s: int
    status: CameraStatus
    last_seen_at: datetime | None
    delivered_until: datetime | None
    worker_version: str | None
    model: str | None
    backlog: int | None
    oldest_unsent_s: float | None
    total_in: int | None
    total_out: int | None
    snapshot_requested_at: datetime | None
    snapshot_at: datetime | None
    created_at: datetime
    archived_at: datetime | None


class Cameras(Answer):
    cameras: list[Camera]


class Snapshot(Answer):
    """Where the last snapshot can be fetched for a few minutes, by whoever holds the address."""

    url: str
    expires_at: datetime
    snapshot_at: datetime


class SnapshotRequested(Answer):
    snapshot_requested_at: datetime


class CountCheckCreate(Request):
    """What a person counted by hand, in a window that has passed, of at most a day."""

    window_start: Moment
    window_end: Moment
    manual_in: Count
    manual_out: Count
    note: Note | None = None

    @model_validator(mode="after")
    def _is_a_window(self) -> Self:
        if not timedelta(0) < self.window_end - self.window_start <= timedelta(days=1):
            raise ValueError("window_end must be after window_start, by at most a day")
        return self


class CountCheck(Answer):
    """A manual count beside ours. `accuracy` is 1 − |ours − manual| / manual over both directions; null for none."""

    count_check_id: UUID
    camera_id: UUID
    window_start: datetime
    window_end: datetime
    manual_in: int
    manual_out: int
    counted_in: int
    counted_out: int
    accuracy: float | None
    note: str | None
    created_at: datetime


class CountChecks(Answer):
    count_checks: list[CountCheck]
