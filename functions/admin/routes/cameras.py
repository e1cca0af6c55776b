"""Cameras: make, list, read, change, their line, their snapshot, archive."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import Request, status

from functions.admin.problems import CameraArchived, CameraNotFound, SnapshotNotFound, StoreArchived, StoreNotFound
from functions.admin.repositories import cameras as repository
from functions.admin.repositories import stores
from functions.admin.repositories.rows import Row
from functions.admin.routes.params import CameraIdPath, IncludeArchived, StoreIdPath
from functions.admin.schemas.cameras import (
    Camera,
    CameraChange,
    CameraCreate,
    Cameras,
    LineChange,
    Snapshot,
    SnapshotRequested,
)
from functions.admin.snapshot_links import signed_link
from functions.common.authentication import SuperadminDep, authenticated_router
from functions.common.camera_status import camera_status
from functions.common.database import ConnectionDep
from functions.common.problem_responses import answers
from functions.common.settings import Settings

router = authenticated_router(prefix="/admin", tags=["cameras"])


@router.get("/stores/{store_id}/cameras", summary="The cameras of a store", responses=answers(StoreNotFound))
def list_cameras(
    store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep, include_archived: IncludeArchived = False
) -> Cameras:
    """With their settings and what their boxes last said, oldest first."""
    stores.get_store(connection, admin, store_id)
    rows = repository.list_cameras(connection, admin, store_id, include_archived=include_archived)
    return Cameras(cameras=[_camera(row) for row in rows])


@router.post(
    "/stores/{store_id}/cameras",
    summary="Add a camera",
    status_code=status.HTTP_201_CREATED,
    responses=answers(StoreNotFound, StoreArchived),
)
def create_camera(
    store_id: StoreIdPath, camera: CameraCreate, admin: SuperadminDep, connection: ConnectionDep
) -> Camera:
    """Its box needs the camera's id and a worker key of the store."""
    stores.lock_store(connection, admin, store_id)
    return _camera(repository.create_camera(connection, admin, store_id, camera.model_dump(mode="json")))


@router.get("/cameras/{camera_id}", summary="A camera", responses=answers(CameraNotFound))
def get_camera(camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep) -> Camera:
    """Also when it is archived."""
    return _camera(repository.get_camera(connection, admin, camera_id))


@router.patch("/cameras/{camera_id}", summary="Change a camera", responses=answers(CameraNotFound, CameraArchived))
def change_camera(
    camera_id: CameraIdPath, change: CameraChange, admin: SuperadminDep, connection: ConnectionDep
) -> Camera:
    """Only what is given changes. Switching `is_counting_line` does not rewrite what has been."""
    values = change.model_dump(mode="json", exclude_unset=True)
    return _camera(repository.change_camera(connection, admin, camera_id, values))


@router.put(
    "/cameras/{camera_id}/line", summary="Draw the counting line", responses=answers(CameraNotFound, CameraArchived)
)
def set_line(camera_id: CameraIdPath, change: LineChange, admin: SuperadminDep, connection: ConnectionDep) -> Camera:
    """The box takes it over after its next heartbeat."""
    values = change.model_dump(mode="json")
    if change.anchor is None:
        del values["anchor"]
    return _camera(repository.set_line(connection, admin, camera_id, values))


@router.get(
    "/cameras/{camera_id}/snapshot",
    summary="The last snapshot",
    responses=answers(CameraNotFound, SnapshotNotFound),
)
def get_snapshot(
    camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep, request: Request
) -> Snapshot:
    """An address that works for five minutes. People are blurred before a picture leaves the store."""
    settings: Settings = request.app.state.settings
    row = repository.get_camera(connection, admin, camera_id)
    if row["snapshot_key"] is None or row["snapshot_at"] is None:
        raise SnapshotNotFound
    url, expires_at = signed_link(settings.snapshot_bucket, row["snapshot_key"])
    return Snapshot(url=url, expires_at=expires_at, snapshot_at=row["snapshot_at"])


@router.post(
    "/cameras/{camera_id}/snapshot-request",
    summary="Ask for a new snapshot",
    status_code=status.HTTP_202_ACCEPTED,
    responses=answers(CameraNotFound, CameraArchived),
)
def request_snapshot(camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep) -> SnapshotRequested:
    """The box sends one after its next heartbeat."""
    row = repository.request_snapshot(connection, admin, camera_id)
    return SnapshotRequested(snapshot_requested_at=row["snapshot_requested_at"])


@router.post(
    "/cameras/{camera_id}/archive", summary="Archive a camera", responses=answers(CameraNotFound, CameraArchived)
)
def archive_camera(camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep) -> Camera:
    """What it counted stays counted; its box is turned away from now on."""
    return _camera(repository.archive_camera(connection, admin, camera_id))


def _camera(row: Row) -> Camera:
    return Camera.model_validate(
        {**row, "camera_id": row["id"], "status": camera_status(row["last_seen_at"], datetime.now(UTC))}
    )
