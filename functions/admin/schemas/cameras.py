"""Bodies of cameras, their counting line and their snapshot."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, Field, WithJsonSchema

from functions.admin.camera_warnings import CameraWarningType
from functions.common.cameras import CameraStatus, Origin, Picture
from functions.common.field_errors import FieldErrorType, refused
from functions.common.limits import LONGEST_MIN_STAY_S, MIN_SAMPLE_FPS, RELIABLE_FPS

from .values import UNSET, MutableResource, Name, RequestBody, ResponseBody

MIN_LINE_LENGTH = 0.02
MIN_SNAPSHOT_INTERVAL_S = 60
MAX_SNAPSHOT_INTERVAL_S = 86_400


class Anchor(StrEnum):
    """The point of a person's bounding box that crosses the line."""

    CENTER = "center"
    FOOT = "foot"


def _check_length(line: list[float]) -> list[float]:
    ax, ay, bx, by = line
    if (ax - bx) ** 2 + (ay - by) ** 2 < MIN_LINE_LENGTH**2:
        raise refused(
            FieldErrorType.LINE_TOO_SHORT,
            f"the ends of the line must be at least {MIN_LINE_LENGTH} apart",
            min_length=MIN_LINE_LENGTH,
        )
    return line


def _check_interval(seconds: int) -> int:
    if 0 < seconds < MIN_SNAPSHOT_INTERVAL_S:
        raise refused(
            FieldErrorType.INTERVAL_TOO_SHORT,
            f"must be 0 or at least {MIN_SNAPSHOT_INTERVAL_S}",
            min_seconds=MIN_SNAPSHOT_INTERVAL_S,
        )
    return seconds


Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Point = Annotated[list[Share], Field(min_length=2, max_length=2)]
Line = Annotated[
    list[Share],
    Field(
        min_length=4,
        max_length=4,
        description="[ax, ay, bx, by] in 0..1 of width and height. IN is the right-hand side, looking from a to b.",
        examples=[[0.1, 0.5, 0.9, 0.5]],
    ),
    AfterValidator(_check_length),
]


def _check_sample_fps(fps: float) -> float:
    if fps < MIN_SAMPLE_FPS:
        raise refused(
            FieldErrorType.TOO_FEW_FRAMES,
            f"{fps:g} frames/s are too few to count: people at a door move too far between two frames to be followed; "
            f"use at least {MIN_SAMPLE_FPS:g}, better {RELIABLE_FPS:g}",
            min_fps=MIN_SAMPLE_FPS,
            reliable_fps=RELIABLE_FPS,
        )
    return fps


SampleFps = Annotated[
    float,
    Field(
        le=60,
        allow_inf_nan=False,
        description=f"Analysed frames per second. Below {RELIABLE_FPS:g}, `warnings` says that people may be missed.",
    ),
    AfterValidator(_check_sample_fps),
    WithJsonSchema({"type": "number", "minimum": MIN_SAMPLE_FPS, "maximum": 60}),
]
SnapshotInterval = Annotated[
    int,
    Field(
        ge=0,
        le=MAX_SNAPSHOT_INTERVAL_S,
        strict=True,
        description=f"Seconds between snapshots, at least {MIN_SNAPSHOT_INTERVAL_S}; 0 for requested ones only.",
    ),
    AfterValidator(_check_interval),
    WithJsonSchema(
        {
            "type": "integer",
            "anyOf": [{"const": 0}, {"minimum": MIN_SNAPSHOT_INTERVAL_S}],
            "maximum": MAX_SNAPSHOT_INTERVAL_S,
        }
    ),
]


def _check_min_stay(seconds: float) -> float:
    if not 0 <= seconds <= LONGEST_MIN_STAY_S:
        raise refused(
            FieldErrorType.MIN_STAY_OUT_OF_RANGE,
            f"{seconds:g} seconds cannot be the shortest stay: use 0 (off) to {LONGEST_MIN_STAY_S}, because every "
            "entry is reported this much later",
            max_seconds=LONGEST_MIN_STAY_S,
        )
    return seconds


MinStay = Annotated[
    float,
    Field(
        strict=True,
        allow_inf_nan=False,
        description="People who go in and out again within this many seconds are not counted, and every entry is "
        "reported this much later. 0: as set on the edge box, by default off.",
    ),
    AfterValidator(_check_min_stay),
    WithJsonSchema({"type": "number", "minimum": 0, "maximum": LONGEST_MIN_STAY_S}),
]
IgnoreChildren = Annotated[
    bool,
    Field(
        strict=True,
        description="People below 70 % of the usual height at their part of the line are not counted. False: as set on "
        "the edge box, by default off.",
    ),
]


class CameraCreate(RequestBody):
    """A new camera of a store."""

    name: Name
    is_counting_line: bool = Field(True, description="Whether its crossings count for the store.")
    line: Line | None = Field(None, description="Null: mid-height, left to right.")
    anchor: Anchor = Anchor.FOOT
    sample_fps: SampleFps = 10
    snapshot_interval_s: SnapshotInterval = 0
    min_stay_s: MinStay = 0
    ignore_children: IgnoreChildren = False


class CameraChange(RequestBody):
    """The members to change. Members that are left out stay as they are."""

    name: Name = UNSET
    is_counting_line: bool = UNSET
    anchor: Anchor = UNSET
    sample_fps: SampleFps = UNSET
    snapshot_interval_s: SnapshotInterval = UNSET
    min_stay_s: MinStay = UNSET
    ignore_children: IgnoreChildren = UNSET


class LineChange(RequestBody):
    """The counting line, and optionally the anchor with it."""

    line: Line | None = Field(description="Null: mid-height, left to right.")
    anchor: Anchor | None = Field(None, description="Null: unchanged.")


class CameraWarning(ResponseBody):
    """Why counts of a camera may be wrong, and what to do."""

    type: CameraWarningType
    message: str = Field(description="An English sentence for a person.")
    facts: dict[str, float] = Field(
        description="The numbers of the sentence.", examples=[{"fps": 6.0, "reliable_fps": 8.0}]
    )


class Camera(MutableResource):
    """A camera, and what its edge box last reported."""

    camera_id: UUID
    store_id: UUID
    name: str
    origin: Origin
    is_counting_line: bool
    line: list[float] | None
    anchor: Anchor
    line_version: int = Field(description="Increases when the line or the anchor changes.")
    sample_fps: float
    snapshot_interval_s: int
    min_stay_s: float
    ignore_children: bool
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
    instance_id: UUID | None = Field(description="The edge worker that counts the camera.")
    rejected_instance_id: UUID | None = Field(description="Another edge worker that was turned away.")
    rejected_instance_at: datetime | None = Field(description="When it was turned away last.")
    picture: Picture | None = Field(description="What the picture shows, as the edge box last reported it.")
    view_accepted_at: datetime | None = Field(
        description="When a superadmin last accepted the view of the camera. The edge box learns the view again."
    )
    warnings: list[CameraWarning] = Field(description="Why counts may be wrong, by its settings and its frame rate.")


class Cameras(ResponseBody):
    """The cameras of a store."""

    cameras: list[Camera]


class TrackEnds(ResponseBody):
    """Where tracks ended near the line in the last hour: many of them say that the line is in a bad place."""

    points: list[Point] = Field(
        description="[x, y] in 0..1 of the picture's width and height, oldest first.", examples=[[[0.5, 0.25]]]
    )


class Snapshot(ResponseBody):
    """URL of the last snapshot. It works without authentication until it expires."""

    url: str
    expires_at: datetime
    snapshot_at: datetime


class SnapshotRequested(ResponseBody):
    """When the snapshot was requested."""

    snapshot_requested_at: datetime
