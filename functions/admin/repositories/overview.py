"""Repository of what spans all stores: the state of every camera, and the audit log."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, true

from db.timescale.tables import audit_log, camera_lines, cameras, count_checks, stores, worker_instances
from functions.admin.time_zone_check import ComparedTimes, TimeZoneOffsets
from functions.common.camera_problems import WorkerReport
from functions.common.database import Connection
from functions.common.identity import Superadmin


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraHealthRow(WorkerReport):
    """A camera of a store, and what its last heartbeat reported. A store without cameras has `camera_id` None."""

    store_id: UUID
    store_name: str
    timezone: str
    camera_id: UUID | None
    name: str
    origin: str
    is_counting_line: bool
    delivered_until: datetime | None
    backlog: int | None
    oldest_unsent_s: float | None
    worker_version: str | None
    model: str | None
    instance_id: UUID | None
    rejected_instance_id: UUID | None
    decode_ms: float | None
    inference_ms: float | None
    device: str | None
    person_height: float | None
    line_set_at: datetime | None
    view_accepted_at: datetime | None
    last_check_start: datetime | None
    last_check_end: datetime | None


@dataclass(frozen=True, slots=True)
class AuditRow:
    """A row of `audit_log`."""

    id: int
    at: datetime
    actor_id: UUID | None
    actor_email: str | None
    action: str
    subject_type: str
    subject_id: str | None
    store_id: UUID | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


_AUDIT_COLUMNS = tuple(audit_log.c[field.name] for field in fields(AuditRow))


def list_camera_health(connection: Connection, _admin: Superadmin) -> list[CameraHealthRow]:
    """Return the cameras of all stores, ordered by store, without archived stores and cameras."""
    last_check = (
        select(count_checks.c.window_start, count_checks.c.window_end)
        .where(count_checks.c.camera_id == cameras.c.id, count_checks.c.complete)
        .order_by(count_checks.c.window_start.desc())
        .limit(1)
        .lateral("last_check")
    )
    statement = (
        select(
            stores.c.id.label("store_id"),
            stores.c.name.label("store_name"),
            stores.c.timezone,
            cameras.c.id.label("camera_id"),
            cameras.c.name,
            cameras.c.origin,
            cameras.c.is_counting_line,
            cameras.c.last_seen_at,
            cameras.c.delivered_until,
            cameras.c.backlog,
            cameras.c.oldest_unsent_s,
            cameras.c.worker_version,
            cameras.c.model,
            cameras.c.refused,
            cameras.c.lost,
            cameras.c.set_aside,
            cameras.c.instance_id,
            cameras.c.rejected_instance_id,
            cameras.c.rejected_instance_at,
            cameras.c.total_in,
            cameras.c.total_out,
            cameras.c.picture,
            cameras.c.track_fragmentation,
            cameras.c.fps_wanted,
            cameras.c.fps_reached,
            cameras.c.decode_ms,
            cameras.c.inference_ms,
            cameras.c.device,
            cameras.c.clock_offset_s,
            cameras.c.person_height,
            worker_instances.c.totals_difference,
            worker_instances.c.totals_differ_since,
            worker_instances.c.copy_seen_at,
            camera_lines.c.valid_from.label("line_set_at"),
            cameras.c.view_accepted_at,
            last_check.c.window_start.label("last_check_start"),
            last_check.c.window_end.label("last_check_end"),
        )
        .select_from(stores)
        .outerjoin(cameras, (cameras.c.store_id == stores.c.id) & cameras.c.archived_at.is_(None))
        .outerjoin(
            worker_instances,
            (worker_instances.c.camera_id == cameras.c.id) & (worker_instances.c.instance_id == cameras.c.instance_id),
        )
        .outerjoin(
            camera_lines,
            (camera_lines.c.camera_id == cameras.c.id) & (camera_lines.c.version == cameras.c.line_version),
        )
        .outerjoin(last_check, true())
        .where(stores.c.archived_at.is_(None))
        .order_by(stores.c.name, stores.c.id, cameras.c.created_at, cameras.c.id)
    )
    return [CameraHealthRow(**row) for row in connection.execute(statement).mappings()]


def list_time_zone_offsets(connection: Connection, _admin: Superadmin, times: ComparedTimes) -> list[TimeZoneOffsets]:
    """Return the time zones of the stores, with the database's offsets."""
    rows = func.time_zone_offsets(times.first, times.last, times.step).table_valued("timezone", "offsets")
    return [TimeZoneOffsets(*row) for row in connection.execute(select(rows.c.timezone, rows.c.offsets))]


def list_audit_entries(
    connection: Connection,
    _admin: Superadmin,
    *,
    before: int | None,
    limit: int,
    store_id: UUID | None,
    actor_id: UUID | None,
    action: str | None,
) -> list[AuditRow]:
    """Return at most `limit` entries older than the entry `before`, newest first."""
    statement = select(*_AUDIT_COLUMNS)
    if before is not None:
        statement = statement.where(audit_log.c.id < before)
    if store_id is not None:
        statement = statement.where(audit_log.c.store_id == store_id)
    if actor_id is not None:
        statement = statement.where(audit_log.c.actor_id == actor_id)
    if action is not None:
        statement = statement.where(audit_log.c.action == action)
    statement = statement.order_by(audit_log.c.id.desc()).limit(limit)
    return [AuditRow(**row) for row in connection.execute(statement).mappings()]
