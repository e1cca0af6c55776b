"""Repository of cameras, archived ones included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from db.timescale.tables import camera_lines, camera_track_ends, cameras
from functions.common.database import Connection
from functions.common.identity import Superadmin


@dataclass(frozen=True, slots=True)
class CameraRow:
    """A row of `cameras`: its settings, and what the last heartbeat reported."""

    id: UUID
    store_id: UUID
    name: str
    origin: str
    is_counting_line: bool
    line: list[float] | None
    anchor: str
    line_version: int
    sample_fps: float
    snapshot_interval_s: int
    last_seen_at: datetime | None
    delivered_until: datetime | None
    worker_version: str | None
    model: str | None
    backlog: int | None
    oldest_unsent_s: float | None
    fps_reached: float | None
    total_in: int | None
    total_out: int | None
    snapshot_requested_at: datetime | None
    snapshot_at: datetime | None
    snapshot_key: str | None
    created_at: datetime
    archived_at: datetime | None
    instance_id: UUID | None
    rejected_instance_id: UUID | None
    rejected_instance_at: datetime | None
    picture: str | None
    view_accepted_at: datetime | None
    min_stay_s: float
    ignore_children: bool


_COLUMNS = tuple(cameras.c[field.name] for field in fields(CameraRow))


def list_cameras(
    connection: Connection, _admin: Superadmin, store_id: UUID, *, include_archived: bool
) -> list[CameraRow]:
    """Return the cameras of a store, oldest first."""
    statement = select(*_COLUMNS).where(cameras.c.store_id == store_id)
    if not include_archived:
        statement = statement.where(cameras.c.archived_at.is_(None))
    statement = statement.order_by(cameras.c.created_at, cameras.c.id)
    return [CameraRow(**row) for row in connection.execute(statement).mappings()]


def get_camera(connection: Connection, _admin: Superadmin, camera_id: UUID) -> CameraRow | None:
    """Return a camera, or None if there is none with this id."""
    row = connection.execute(select(*_COLUMNS).where(cameras.c.id == camera_id)).mappings().one_or_none()
    return None if row is None else CameraRow(**row)


def lock_camera(connection: Connection, _admin: Superadmin, camera_id: UUID) -> CameraRow | None:
    """Return a camera and lock it until the request ends, or None if there is none with this id."""
    statement = select(*_COLUMNS).where(cameras.c.id == camera_id).with_for_update()
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else CameraRow(**row)


def list_track_ends(
    connection: Connection, _admin: Superadmin, camera_id: UUID, since: datetime
) -> list[list[list[float]]]:
    """Return the track ends of each heartbeat of a camera since a time, oldest first."""
    ends = camera_track_ends.c
    statement = (
        select(ends.points).where(ends.camera_id == camera_id, ends.received_at >= since).order_by(ends.received_at)
    )
    return list(connection.execute(statement).scalars())


def insert_camera(connection: Connection, _admin: Superadmin, store_id: UUID, values: Mapping[str, Any]) -> CameraRow:
    """Insert a camera of a store with these column values."""
    statement = insert(cameras).values(id=uuid4(), store_id=store_id, **values).returning(*_COLUMNS)
    return CameraRow(**connection.execute(statement).mappings().one())


def update_camera(connection: Connection, _admin: Superadmin, camera_id: UUID, values: Mapping[str, Any]) -> CameraRow:
    """Set these columns of a camera, at least one."""
    statement = update(cameras).where(cameras.c.id == camera_id).values(**values).returning(*_COLUMNS)
    return CameraRow(**connection.execute(statement).mappings().one())


def set_line_creator(connection: Connection, admin: Superadmin, camera_id: UUID, version: int) -> None:
    """Store that the superadmin has set this version of the line. A trigger has written the version itself."""
    connection.execute(
        update(camera_lines)
        .where(camera_lines.c.camera_id == camera_id, camera_lines.c.version == version)
        .values(created_by=admin.user_id)
    )


def request_snapshot(connection: Connection, admin: Superadmin, camera_id: UUID) -> CameraRow:
    """Set `snapshot_requested_at` of a camera to now."""
    return update_camera(connection, admin, camera_id, {"snapshot_requested_at": func.now()})


def accept_rejected_instance(connection: Connection, admin: Superadmin, camera_id: UUID) -> CameraRow:
    """Make the edge worker that was turned away last the one that counts the camera."""
    values = {
        "instance_id": cameras.c.rejected_instance_id,
        "instance_seen_at": func.now(),
        "rejected_instance_id": None,
        "rejected_instance_at": None,
    }
    return update_camera(connection, admin, camera_id, values)


def accept_view(connection: Connection, admin: Superadmin, camera_id: UUID) -> CameraRow:
    """Set `view_accepted_at` of a camera to now."""
    return update_camera(connection, admin, camera_id, {"view_accepted_at": func.now()})


def archive_camera(connection: Connection, admin: Superadmin, camera_id: UUID) -> CameraRow:
    """Set `archived_at` of a camera to now."""
    return update_camera(connection, admin, camera_id, {"archived_at": func.now()})
