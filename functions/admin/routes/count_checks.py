"""Count checks: a manual count against ours."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import status

from functions.admin.problems import CameraNotFound, WindowNotOver
from functions.admin.repositories import cameras
from functions.admin.repositories import count_checks as repository
from functions.admin.repositories.rows import Row
from functions.admin.routes.params import CameraIdPath
from functions.admin.schemas.cameras import CountCheck, CountCheckCreate, CountChecks
from functions.common.authentication import SuperadminDep, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.problem_responses import answers

router = authenticated_router(prefix="/admin/cameras/{camera_id}/count-checks", tags=["count checks"])


@router.get("", summary="The count checks of a camera", responses=answers(CameraNotFound))
def list_count_checks(camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep) -> CountChecks:
    """The last hundred, newest first."""
    cameras.get_camera(connection, admin, camera_id)
    return CountChecks(count_checks=[_check(row) for row in repository.list_checks(connection, admin, camera_id)])


@router.post(
    "",
    summary="Enter a manual count",
    status_code=status.HTTP_201_CREATED,
    responses=answers(CameraNotFound, WindowNotOver),
)
def create_count_check(
    camera_id: CameraIdPath, check: CountCheckCreate, admin: SuperadminDep, connection: ConnectionDep
) -> CountCheck:
    """Ours are the crossings stored for the window at this moment."""
    camera = cameras.get_camera(connection, admin, camera_id)
    if check.window_end > datetime.now(UTC):
        raise WindowNotOver
    window, manual = (check.window_start, check.window_end), (check.manual_in, check.manual_out)
    return _check(repository.create_check(connection, admin, camera, window=window, manual=manual, note=check.note))


def accuracy(manual: int, counted_off_by: int) -> float | None:
    """1 − |ours − manual| / manual, not below 0; None when nobody was counted by hand.

    >>> accuracy(100, 4)
    0.96
    """
    return None if manual == 0 else max(0.0, 1 - counted_off_by / manual)


def _check(row: Row) -> CountCheck:
    off_by = abs(row["counted_in"] - row["manual_in"]) + abs(row["counted_out"] - row["manual_out"])
    share = accuracy(row["manual_in"] + row["manual_out"], off_by)
    return CountCheck.model_validate({**row, "count_check_id": row["id"], "accuracy": share})
