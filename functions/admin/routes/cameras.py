"""Routes of cameras, their counting line and their snapshot."""

from __future__ import annotations

from fastapi import Response, status

from functions.admin.dependencies import CameraIdPath, IncludeArchived, SettingsDep, StoreIdPath, with_etag
from functions.admin.problems import (
    CameraArchived,
    CameraNotFound,
    NoRejectedInstance,
    SnapshotNotFound,
    StoreArchived,
    StoreNotFound,
    ViewUnchanged,
)
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
from functions.admin.services import cameras
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.preconditions import IfMatch, PreconditionFailed
from functions.common.problem_responses import document_problems

router = superadmin_router(prefix="/admin", tags=["cameras"])


@router.get(
    "/stores/{store_id}/cameras", summary="List the cameras of a store", responses=document_problems(StoreNotFound)
)
def list_cameras(
    store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep, include_archived: IncludeArchived = False
) -> Cameras:
    """With their settings and what their edge boxes last reported, oldest first."""
    return cameras.list_cameras(connection, admin, store_id, include_archived=include_archived)


@router.post(
    "/stores/{store_id}/cameras",
    summary="Add a camera",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(StoreNotFound, StoreArchived, *IDEMPOTENCY_PROBLEMS),
)
def create_camera(
    store_id: StoreIdPath,
    camera: CameraCreate,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    idempotency: IdempotencyDep,
    response: Response,
) -> Camera:
    """Its edge box needs the id of the camera and a worker key of the store."""
    created = idempotency.run(Camera, lambda: cameras.create_camera(connection, admin, store_id, camera))
    return with_etag(response, created)


@router.get("/cameras/{camera_id}", summary="Get a camera", responses=document_problems(CameraNotFound))
def get_camera(camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep, response: Response) -> Camera:
    """Also works for an archived camera."""
    return with_etag(response, cameras.get_camera(connection, admin, camera_id))


@router.patch(
    "/cameras/{camera_id}",
    summary="Change a camera",
    responses=document_problems(CameraNotFound, CameraArchived, PreconditionFailed),
)
def change_camera(
    camera_id: CameraIdPath,
    change: CameraChange,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    if_match: IfMatch = None,
    response: Response,
) -> Camera:
    """Members that are left out stay as they are. A change of `is_counting_line` does not change past numbers."""
    return with_etag(response, cameras.change_camera(connection, admin, camera_id, change, if_match=if_match))


@router.put(
    "/cameras/{camera_id}/line",
    summary="Set the counting line",
    responses=document_problems(CameraNotFound, CameraArchived, PreconditionFailed),
)
def set_line(
    camera_id: CameraIdPath,
    change: LineChange,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    if_match: IfMatch = None,
    response: Response,
) -> Camera:
    """The edge box applies it after its next heartbeat."""
    return with_etag(response, cameras.set_line(connection, admin, camera_id, change, if_match=if_match))


@router.get(
    "/cameras/{camera_id}/track-ends",
    summary="Get where tracks ended near the line",
    responses=document_problems(CameraNotFound),
)
def get_track_ends(camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep) -> TrackEnds:
    """Of the last hour. A line that crosses a cluster of these points should move."""
    return cameras.get_track_ends(connection, admin, camera_id)


@router.get(
    "/cameras/{camera_id}/snapshot",
    summary="Get the last snapshot",
    responses=document_problems(CameraNotFound, SnapshotNotFound),
)
def get_snapshot(
    camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep, settings: SettingsDep
) -> Snapshot:
    """A URL that works for five minutes. A snapshot shows the empty scene."""
    return cameras.get_snapshot(connection, admin, camera_id, settings)


@router.post(
    "/cameras/{camera_id}/snapshot-request",
    summary="Request a new snapshot",
    status_code=status.HTTP_202_ACCEPTED,
    responses=document_problems(CameraNotFound, CameraArchived),
)
def request_snapshot(camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep) -> SnapshotRequested:
    """The edge box sends one after its next heartbeat."""
    return cameras.request_snapshot(connection, admin, camera_id)


@router.post(
    "/cameras/{camera_id}/accept-instance",
    summary="Let another edge worker take the camera over",
    responses=document_problems(CameraNotFound, CameraArchived, NoRejectedInstance),
)
def accept_instance(
    camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep, response: Response
) -> Camera:
    """The edge worker that was turned away last counts the camera from now on; the present one is turned away."""
    return with_etag(response, cameras.accept_instance(connection, admin, camera_id))


@router.post(
    "/cameras/{camera_id}/accept-view",
    summary="Accept the view of a camera that was turned",
    responses=document_problems(CameraNotFound, CameraArchived, ViewUnchanged),
)
def accept_view(camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep, response: Response) -> Camera:
    """The line stays as it is. The edge box learns the view again after its next heartbeat."""
    return with_etag(response, cameras.accept_view(connection, admin, camera_id))


@router.post(
    "/cameras/{camera_id}/archive",
    summary="Archive a camera",
    responses=document_problems(CameraNotFound, CameraArchived, PreconditionFailed),
)
def archive_camera(
    camera_id: CameraIdPath,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    if_match: IfMatch = None,
    response: Response,
) -> Camera:
    """Its crossings stay. Ingest rejects new ones from now on."""
    return with_etag(response, cameras.archive_camera(connection, admin, camera_id, if_match=if_match))
