"""Repository of cameras, for superadmins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from db.timescale.tables import cameras
from functions.admin.problems import CameraArchived, CameraNotFound
from functions.common import audit
from functions.common.callers import Superadmin
from functions.common.database import Connection

from .rows import Row, all_rows, one_row, row_or_none

_COLUMNS = (
    cameras.c.id,
    cameras.c.store_id,
    cameras.c.name,
    cameras.c.origin,
    cameras.c.is_counting_line,
    cameras.c.line,
    cameras.c.anchor,
    cameras.c.sample_fps,
    cameras.c.snapshot_interval_s,
    cameras.c.last_seen_at,
    cameras.c.delivered_until,
    cameras.c.worker_version,
    cameras.c.model,
    cameras.c.backlog,
    cameras.c.oldest_unsent_s,
    cameras.c.total_in,
    cameras.c.total_out,
    cameras.c.snapshot_requested_at,
    cameras.c.snapshot_at,
    cameras.c.snapshot_key,
    cameras.c.created_at,
    cameras.c.archived_at,
)
# What a person sets; the rest is what the box says, and no part of an audit.
_SETTINGS = (
    "name",
    "is_counting_line",
    "line",
    "anchor",
    "sample_fps",
    "snapshot_interval_s",
    "snapshot_requested_at",
    "archived_at",
)


def list_cameras(connection: Connection, _admin: Superadmin, store_id: UUID, *, include_archived: bool) -> list[Row]:
    statement = select(*_COLUMNS).where(cameras.c.store_id == store_id)
    if not include_archived:
        statement = statement.where(cameras.c.archived_at.is_(None))
    return all_rows(connection, statement.order_by(cameras.c.created_at, cameras.c.id))


def get_camera(connection: Connection, _admin: Superadmin, camera_id: UUID) -> Row:
    """Raises CameraNotFound."""
    row = row_or_none(connection, select(*_COLUMNS).where(cameras.c.id == camera_id))
    if row is None:
        raise CameraNotFound
    return row


def create_camera(connection: Connection, admin: Superadmin, store_id: UUID, values: Mapping[str, Any]) -> Row:
    statement = insert(cameras).values(id=uuid4(), store_id=store_id, **values).returning(*_COLUMNS)
    row = one_row(connection, statement)
    _audit(connection, admin, "camera.create", None, row)
    return row


def change_camera(
    connection: Connection,
    admin: Superadmin,
    camera_id: UUID,
    values: Mapping[str, Any],
    *,
    action: str = "camera.change",
) -> Row:
    """Raises CameraNotFound, CameraArchived."""
    locked = select(*_COLUMNS).where(cameras.c.id == camera_id).with_for_update()
    before = row_or_none(connection, locked)
    if before is None:
        raise CameraNotFound
    if before["archived_at"] is not None:
        raise CameraArchived
    if not values:
        return before
    statement = update(cameras).where(cameras.c.id == camera_id).values(**values).returning(*_COLUMNS)
    after = one_row(connection, statement)
    _audit(connection, admin, action, before, after)
    return after


def set_line(connection: Connection, admin: Superadmin, camera_id: UUID, values: Mapping[str, Any]) -> Row:
    return change_camera(connection, admin, camera_id, values, action="camera.line")


def request_snapshot(connection: Connection, admin: Superadmin, camera_id: UUID) -> Row:
    """The box sends one after its next heartbeat."""
    values = {"snapshot_requested_at": func.now()}
    return change_camera(connection, admin, camera_id, values, action="camera.snapshot_request")


def archive_camera(connection: Connection, admin: Superadmin, camera_id: UUID) -> Row:
    """What it counted stays counted; what it counts from now on is refused."""
    values = {"archived_at": func.now()}
    return change_camera(connection, admin, camera_id, values, action="camera.archive")


def _audit(connection: Connection, admin: Superadmin, action: str, before: Row | None, after: Row) -> None:
    audit.record(
        connection,
        admin,
        action,
        subject_type="camera",
        subject_id=after["id"],
        store_id=after["store_id"],
        before=_settings(before),
        after=_settings(after),
    )


def _settings(row: Row | None) -> dict[str, Any] | None:
    return None if row is None else {name: row[name] for name in _SETTINGS}
