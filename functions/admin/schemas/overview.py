"""Bodies of the state of all cameras and of the audit log."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import Field

from functions.admin.count_evidence import CountCheckReason
from functions.common.camera_problems import CameraProblemType
from functions.common.cameras import CameraStatus, Origin, Picture

from .values import ResponseBody


class HealthProblem(ResponseBody):
    """A problem of a camera or its edge box."""

    type: CameraProblemType
    detail: str = Field(description="What is wrong.")
    remedy: str = Field(description="What to do.")
    facts: dict[str, float] = Field(
        description="The numbers of `detail`, by the names of docs/incidents.md, to say it in other languages."
        " Empty where it has none."
    )


class HealthCountCheck(ResponseBody):
    """The last count check of a camera, and when the next one is due."""

    last_at: datetime | None = Field(description="End of the window of the last complete check.")
    due_at: datetime
    reason: CountCheckReason = Field(
        description="Why it is due: there is no check yet, none since the line or the view changed, or the last is old."
    )
    is_overdue: bool


class HealthCamera(ResponseBody):
    """A camera, and what its last heartbeat reported."""

    camera_id: UUID
    name: str
    origin: Origin
    is_counting_line: bool
    status: CameraStatus
    last_seen_at: datetime | None
    delivered_until: datetime | None
    backlog: int | None
    oldest_unsent_s: float | None
    worker_version: str | None
    model: str | None
    refused: int | None = Field(description="Crossings that ingest refused; the edge box still has them.")
    lost: int | None = Field(description="Crossings that the edge box could not store.")
    set_aside: int | None = Field(description="Crossings that wait because ingest cannot read them.")
    instance_id: UUID | None = Field(description="The edge worker that counts the camera.")
    rejected_instance_id: UUID | None = Field(
        description="Another edge worker that was turned away, because the first one is alive."
    )
    rejected_instance_at: datetime | None = Field(description="When it was turned away last.")
    total_in: int | None = Field(description="Crossings IN since the outbox of the edge box was created.")
    total_out: int | None = Field(description="Crossings OUT since then.")
    totals_difference: int | None = Field(
        description="Crossings of these totals that are neither stored nor refused, below 0 if too many are stored;"
        " null while they agree."
    )
    picture: Picture | None
    track_fragmentation: float | None = Field(description="Tracks near the line per crossing; about 1 is normal.")
    fps_wanted: float | None = Field(description="Frames per second that should be analysed.")
    fps_reached: float | None = Field(description="Frames per second that were analysed in the last minute.")
    decode_ms: float | None = Field(description="Mean time to decode a frame in the last minute.")
    inference_ms: float | None = Field(description="Mean time of the detector per frame in the last minute.")
    device: str | None = Field(description="Engine and device of the detector.", examples=["openvino:cpu"])
    clock_offset_s: float | None = Field(description="Seconds by which the clock of the edge box is ahead.")
    person_height: float | None = Field(
        description="Median height of people near the line, as a share of the picture's height."
    )
    problems: list[HealthProblem] = Field(description="What is wrong now, and what to do.")
    count_check: HealthCountCheck | None = Field(
        description="Null for cameras that are not checked: not connected yet, not a counting line, or generated."
    )


class HealthStore(ResponseBody):
    """A store and its cameras."""

    store_id: UUID
    name: str
    timezone: str
    cameras: list[HealthCamera]


class HealthSummary(ResponseBody):
    """Numbers of cameras by status."""

    online: int
    offline: int
    never_seen: int


class TimeZoneProblem(ResponseBody):
    """A time zone of a store that the database or the application does not know, or about which they disagree."""

    timezone: str
    detail: str = Field(description="What is wrong, and what to do.")


class Health(ResponseBody):
    """The status of every camera of every store, and problems of their time zones."""

    checked_at: datetime
    summary: HealthSummary
    time_zone_problems: list[TimeZoneProblem]
    stores: list[HealthStore]


class CoverageDay(ResponseBody):
    """How much of the open time of a store-day a camera has observed, to a quarter-hour."""

    day: date
    open_minutes: int = Field(description="Until now, and since the camera was added; 0 when the store is closed.")
    observed_minutes: int


class CameraCoverage(ResponseBody):
    """The last seven store-days of a camera."""

    camera_id: UUID
    days: list[CoverageDay] = Field(description="Oldest first; the last one is today.")


class Coverage(ResponseBody):
    """The last seven store-days of every camera."""

    cameras: list[CameraCoverage]


class AuditEntry(ResponseBody):
    """An action: who did it, what it was, and what it changed (the members that differ)."""

    entry_id: int
    at: datetime
    actor_id: UUID | None
    actor_email: str | None
    action: str = Field(examples=["store.create", "camera.line"])
    subject_type: str
    subject_id: str | None
    store_id: UUID | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class AuditPage(ResponseBody):
    """A page of the audit log."""

    entries: list[AuditEntry] = Field(description="Newest first.")
    next_before: int | None = Field(description="`before` of the next page; null on the last page.")
