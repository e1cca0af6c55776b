"""Import windows: list, open, close."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from functions.admin.problems import ImportWindowNotFound, WindowInFuture, WindowTooOld
from functions.admin.repositories import import_windows as repository
from functions.admin.repositories.import_windows import ImportWindowRow
from functions.admin.schemas.import_windows import ImportWindow, ImportWindowCreate, ImportWindows
from functions.admin.services.lookups import require_camera
from functions.common import audit
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.limits import IMPORT_MAX_AGE


def list_import_windows(connection: Connection, admin: Superadmin, camera_id: UUID | None) -> ImportWindows:
    """Return the last import windows, of one camera or of all, newest first."""
    now = datetime.now(UTC)
    rows = repository.list_import_windows(connection, admin, camera_id)
    return ImportWindows(import_windows=[_to_response(row, now) for row in rows])


def open_import_window(connection: Connection, admin: Superadmin, body: ImportWindowCreate) -> ImportWindow:
    """Open a window: ingest accepts old events and minutes of the camera that lie in it.

    Raises:
        CameraNotFound: there is no camera with this id.
        WindowTooOld: the window begins before the oldest data that can be imported.
        WindowInFuture: the window ends in the future.
    """
    camera = require_camera(connection, admin, body.camera_id)
    now = datetime.now(UTC)
    if body.window_start < now - IMPORT_MAX_AGE:
        raise WindowTooOld
    if body.window_end > now:
        raise WindowInFuture
    row = repository.insert_import_window(
        connection,
        admin,
        store_id=camera.store_id,
        camera_id=camera.id,
        window_start=body.window_start,
        window_end=body.window_end,
        expires_at=now + timedelta(days=body.open_for_days),
    )
    _audit(connection, admin, "import_window.open", None, row)
    return _to_response(row, now)


def close_import_window(connection: Connection, admin: Superadmin, import_window_id: UUID) -> None:
    """Close a window. What was imported stays. Raises ImportWindowNotFound."""
    after = repository.close_import_window(connection, admin, import_window_id)
    if after is None:
        raise ImportWindowNotFound
    _audit(connection, admin, "import_window.close", replace(after, closed_at=None), after)


def _audit(
    connection: Connection, admin: Superadmin, action: str, before: ImportWindowRow | None, after: ImportWindowRow
) -> None:
    audit.record(
        connection,
        admin,
        action,
        subject_type="import_window",
        subject_id=after.id,
        store_id=after.store_id,
        before=None if before is None else asdict(before),
        after=asdict(after),
    )


def _to_response(row: ImportWindowRow, now: datetime) -> ImportWindow:
    is_open = row.closed_at is None and now < row.expires_at
    return ImportWindow.model_validate({**asdict(row), "import_window_id": row.id, "is_open": is_open})
