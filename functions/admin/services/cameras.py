"""Cameras: list, create, read, change, archive; their counting line and their snapshot."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from functions.admin.camera_warnings import find_camera_warnings
from functions.admin.problems import NoRejectedInstance, SnapshotNotFound, ViewUnchanged
from functions.admin.repositories import cameras as repository
from functions.admin.repositories.cameras import CameraRow
from functions.admin.schemas.cameras import (
    Camera,
    CameraChange,
    CameraCreate,
    Cameras,
    LineChange,
    Snapshot,
    SnapshotRequested,
    TrackEnds,
)
from functions.admin.services.lookups import lock_active_camera, lock_active_store, require_camera, require_store
from functions.admin.services.preconditions import require_unchanged
from functions.admin.snapshot_urls import presign_snapshot
from functions.common import audit
from functions.common.cameras import CameraStatus, Picture, camera_status
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.limits import TRACK_ENDS_RETENTION
from functions.common.preconditions import settings_etag
from functions.common.settings import Settings

SETTINGS = (
    "name",
    "is_counting_line",
    "line",
    "anchor",
    "line_version",
    "sample_fps",
    "snapshot_interval_s",
    "min_stay_s",
    "ignore_children",
    "archived_at",
)
"""The columns that superadmins set and that the entity tag of a camera identifies, and the line version."""

SETTINGS_ACTIONS = ("camera.change", "camera.line", "camera.archive")
"""The actions that change them."""

AUDITED = (*SETTINGS, "snapshot_requested_at", "instance_id", "view_accepted_at")
"""The columns that superadmins set, the line version and the instance. The edge box reports the others, not audited."""


CHANGED_VIEWS = (Picture.MOVED, Picture.COVERED)
"""What an edge worker reports of a camera that was turned: one that looks at a wall now has lost its edges."""


def list_cameras(connection: Connection, admin: Superadmin, store_id: UUID, *, include_archived: bool) -> Cameras:
    """Return the cameras of a store, oldest first. Raises StoreNotFound."""
    require_store(connection, admin, store_id)
    rows = repository.list_cameras(connection, admin, store_id, include_archived=include_archived)
    return Cameras(cameras=[_to_response(row) for row in rows])


def create_camera(connection: Connection, admin: Superadmin, store_id: UUID, body: CameraCreate) -> Camera:
    """Add a camera to a store. Raises StoreNotFound, StoreArchived."""
    lock_active_store(connection, admin, store_id)
    row = repository.insert_camera(connection, admin, store_id, body.model_dump(mode="json"))
    repository.set_line_creator(connection, admin, row.id, row.line_version)
    _audit(connection, admin, "camera.create", None, row)
    return _to_response(row)


def get_camera(connection: Connection, admin: Superadmin, camera_id: UUID) -> Camera:
    """Return a camera. Raises CameraNotFound."""
    return _to_response(require_camera(connection, admin, camera_id))


def change_camera(
    connection: Connection, admin: Superadmin, camera_id: UUID, body: CameraChange, *, if_match: str | None
) -> Camera:
    """Change the members that the body contains. Raises CameraNotFound, CameraArchived, PreconditionFailed."""
    values = body.model_dump(mode="json", exclude_unset=True)
    return _change(connection, admin, camera_id, values, "camera.change", if_match=if_match)


def set_line(
    connection: Connection, admin: Superadmin, camera_id: UUID, body: LineChange, *, if_match: str | None
) -> Camera:
    """Set the counting line, and the anchor if the body contains one.

    Raises:
        CameraNotFound: there is no such camera.
        CameraArchived: it is archived.
        PreconditionFailed: it has changed since.
    """
    values = body.model_dump(mode="json")
    if body.anchor is None:
        del values["anchor"]
    return _change(connection, admin, camera_id, values, "camera.line", if_match=if_match)


def archive_camera(connection: Connection, admin: Superadmin, camera_id: UUID, *, if_match: str | None) -> Camera:
    """Archive a camera: its crossings stay, new ones are rejected.

    Raises:
        CameraNotFound: there is no such camera.
        CameraArchived: it is archived already.
        PreconditionFailed: it has changed since.
    """
    before = _lock_unchanged(connection, admin, camera_id, if_match)
    after = repository.archive_camera(connection, admin, camera_id)
    _audit(connection, admin, "camera.archive", before, after)
    return _to_response(after)


def get_track_ends(connection: Connection, admin: Superadmin, camera_id: UUID) -> TrackEnds:
    """Return where tracks ended near the line in the last hour. Raises CameraNotFound."""
    require_camera(connection, admin, camera_id)
    heartbeats = repository.list_track_ends(connection, admin, camera_id, datetime.now(UTC) - TRACK_ENDS_RETENTION)
    return TrackEnds(points=[point for points in heartbeats for point in points])


def get_snapshot(connection: Connection, admin: Superadmin, camera_id: UUID, settings: Settings) -> Snapshot:
    """Return a signed URL of the last snapshot. Raises CameraNotFound, SnapshotNotFound."""
    row = require_camera(connection, admin, camera_id)
    if row.snapshot_key is None or row.snapshot_at is None:
        raise SnapshotNotFound
    url, expires_at = presign_snapshot(settings, row.snapshot_key)
    return Snapshot(url=url, expires_at=expires_at, snapshot_at=row.snapshot_at)


def request_snapshot(connection: Connection, admin: Superadmin, camera_id: UUID) -> SnapshotRequested:
    """Ask the edge box for a new snapshot. Raises CameraNotFound, CameraArchived."""
    before = lock_active_camera(connection, admin, camera_id)
    after = repository.request_snapshot(connection, admin, camera_id)
    _audit(connection, admin, "camera.snapshot_request", before, after)
    return SnapshotRequested.model_validate({"snapshot_requested_at": after.snapshot_requested_at})


def accept_instance(connection: Connection, admin: Superadmin, camera_id: UUID) -> Camera:
    """Let the edge worker that was turned away take the camera over.

    Raises:
        CameraNotFound: there is no such camera.
        CameraArchived: it is archived.
        NoRejectedInstance: no edge worker was turned away.
    """
    before = lock_active_camera(connection, admin, camera_id)
    if before.rejected_instance_id is None:
        raise NoRejectedInstance
    after = repository.accept_rejected_instance(connection, admin, camera_id)
    _audit(connection, admin, "camera.accept_instance", before, after)
    return _to_response(after)


def accept_view(connection: Connection, admin: Superadmin, camera_id: UUID) -> Camera:
    """Accept the present view of a camera as the one for its line.

    Raises:
        CameraNotFound: there is no such camera.
        CameraArchived: it is archived.
        ViewUnchanged: its edge worker does not report another view.
    """
    before = lock_active_camera(connection, admin, camera_id)
    if before.picture not in CHANGED_VIEWS:
        raise ViewUnchanged
    after = repository.accept_view(connection, admin, camera_id)
    _audit(connection, admin, "camera.accept_view", before, after)
    return _to_response(after)


def _change(
    connection: Connection,
    admin: Superadmin,
    camera_id: UUID,
    values: dict[str, Any],
    action: str,
    *,
    if_match: str | None,
) -> Camera:
    before = _lock_unchanged(connection, admin, camera_id, if_match)
    if not values:
        return _to_response(before)
    after = repository.update_camera(connection, admin, camera_id, values)
    if after.line_version != before.line_version:
        repository.set_line_creator(connection, admin, camera_id, after.line_version)
    _audit(connection, admin, action, before, after)
    return _to_response(after)


def _lock_unchanged(connection: Connection, admin: Superadmin, camera_id: UUID, if_match: str | None) -> CameraRow:
    row = lock_active_camera(connection, admin, camera_id)
    require_unchanged(
        connection,
        admin,
        if_match,
        _to_response(row),
        store_id=row.store_id,
        subject_id=row.id,
        actions=SETTINGS_ACTIONS,
    )
    return row


def _audit(connection: Connection, admin: Superadmin, action: str, before: CameraRow | None, after: CameraRow) -> None:
    audit.record(
        connection,
        admin,
        action,
        subject_type="camera",
        subject_id=after.id,
        store_id=after.store_id,
        before=None if before is None else _audited(before),
        after=_audited(after),
    )


def _audited(row: CameraRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in AUDITED}


def _to_response(row: CameraRow) -> Camera:
    status = camera_status(row.last_seen_at, datetime.now(UTC))
    etag = settings_etag({name: getattr(row, name) for name in SETTINGS})
    warnings = find_camera_warnings(row.sample_fps, row.fps_reached, is_online=status is CameraStatus.ONLINE)
    values = {
        **asdict(row),
        "camera_id": row.id,
        "status": status,
        "warnings": [asdict(each) for each in warnings],
        "etag": etag,
    }
    return Camera.model_validate(values)
