"""Routes of count checks: manual counts compared with the stored crossings."""

from __future__ import annotations

from fastapi import status

from functions.admin.dependencies import CameraIdPath
from functions.admin.problems import CameraNotFound, WindowNotOver
from functions.admin.schemas.count_checks import CountCheck, CountCheckCreate, CountChecks
from functions.admin.services import count_checks
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.problem_responses import document_problems

router = superadmin_router(prefix="/admin/cameras/{camera_id}/count-checks", tags=["count checks"])


@router.get("", summary="List and assess the count checks of a camera", responses=document_problems(CameraNotFound))
def list_count_checks(camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep) -> CountChecks:
    """The last hundred, newest first. The assessment is about the present line: its error, and whether it is proven."""
    return count_checks.list_count_checks(connection, admin, camera_id)


@router.post(
    "",
    summary="Add a manual count",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(CameraNotFound, WindowNotOver, *IDEMPOTENCY_PROBLEMS),
)
def create_count_check(
    camera_id: CameraIdPath,
    check: CountCheckCreate,
    admin: SuperadminDep,
    connection: ConnectionDep,
    idempotency: IdempotencyDep,
) -> CountCheck:
    """It is compared with the crossings that are stored for the window now."""
    return idempotency.run(CountCheck, lambda: count_checks.create_count_check(connection, admin, camera_id, check))
