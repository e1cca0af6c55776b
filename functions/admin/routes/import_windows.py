"""Routes of import windows."""

from __future__ import annotations

from fastapi import status

from functions.admin.dependencies import CameraFilter, ImportWindowIdPath
from functions.admin.problems import CameraNotFound, ImportWindowNotFound, WindowInFuture, WindowTooOld
from functions.admin.schemas.import_windows import ImportWindow, ImportWindowCreate, ImportWindows
from functions.admin.services import import_windows
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.problem_responses import document_problems

router = superadmin_router(prefix="/admin/import-windows", tags=["import windows"])


@router.get("", summary="List the import windows")
def list_import_windows(
    admin: SuperadminDep, connection: ConnectionDep, *, camera_id: CameraFilter = None
) -> ImportWindows:
    """Newest first, closed and expired ones too."""
    return import_windows.list_import_windows(connection, admin, camera_id)


@router.post(
    "",
    summary="Open an import window",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(CameraNotFound, WindowTooOld, WindowInFuture, *IDEMPOTENCY_PROBLEMS),
)
def open_import_window(
    body: ImportWindowCreate, admin: SuperadminDep, connection: ConnectionDep, idempotency: IdempotencyDep
) -> ImportWindow:
    """While it is open, ingest accepts events and minutes of the camera in the window although they are too old.

    `metrica-edge outbox retry` on the box sends what ingest has rejected as `too_old` before.
    """
    return idempotency.run(ImportWindow, lambda: import_windows.open_import_window(connection, admin, body))


@router.delete(
    "/{import_window_id}",
    summary="Close an import window",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document_problems(ImportWindowNotFound),
)
def close_import_window(import_window_id: ImportWindowIdPath, admin: SuperadminDep, connection: ConnectionDep) -> None:
    """Takes effect within a minute. What was imported stays."""
    import_windows.close_import_window(connection, admin, import_window_id)
