"""Count checks: manual counts compared with the stored crossings."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from uuid import UUID

from functions.admin.problems import WindowNotOver
from functions.admin.repositories import count_checks as repository
from functions.admin.repositories.count_checks import CountCheckRow, CrossingCounts
from functions.admin.schemas.cameras import CountCheck, CountCheckCreate, CountChecks
from functions.admin.services.lookups import require_camera
from functions.common import audit
from functions.common.database import Connection
from functions.common.identity import Superadmin


def list_count_checks(connection: Connection, admin: Superadmin, camera_id: UUID) -> CountChecks:
    """Return the last hundred count checks of a camera, newest first. Raises CameraNotFound."""
    require_camera(connection, admin, camera_id)
    rows = repository.list_count_checks(connection, admin, camera_id)
    return CountChecks(count_checks=[_to_response(row) for row in rows])


def create_count_check(
    connection: Connection, admin: Superadmin, camera_id: UUID, body: CountCheckCreate
) -> CountCheck:
    """Store a manual count beside the crossings stored now for the same window.

    Raises:
        CameraNotFound: there is no camera with this id.
        WindowNotOver: the window ends in the future.
    """
    camera = require_camera(connection, admin, camera_id)
    if body.window_end > datetime.now(UTC):
        raise WindowNotOver
    row = repository.insert_count_check(
        connection,
        admin,
        store_id=camera.store_id,
        camera_id=camera.id,
        window_start=body.window_start,
        window_end=body.window_end,
        manual=CrossingCounts(body.manual_in, body.manual_out),
        counted=repository.count_crossings(connection, admin, camera.id, body.window_start, body.window_end),
        note=body.note,
    )
    audit.record(
        connection,
        admin,
        "count_check.create",
        subject_type="count_check",
        subject_id=row.id,
        store_id=row.store_id,
        after=asdict(row),
    )
    return _to_response(row)


def accuracy(manual: CrossingCounts, counted: CrossingCounts) -> float | None:
    """Return 1 - |counted - manual| / manual over both directions, at least 0; None if the manual count is 0.

    >>> accuracy(CrossingCounts(60, 40), CrossingCounts(58, 42))
    0.96
    """
    total = manual.ins + manual.outs
    difference = abs(counted.ins - manual.ins) + abs(counted.outs - manual.outs)
    return None if total == 0 else max(0.0, 1 - difference / total)


def _to_response(row: CountCheckRow) -> CountCheck:
    share = accuracy(CrossingCounts(row.manual_in, row.manual_out), CrossingCounts(row.counted_in, row.counted_out))
    return CountCheck.model_validate({**asdict(row), "count_check_id": row.id, "accuracy": share})
