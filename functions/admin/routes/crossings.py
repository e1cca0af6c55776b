"""Route of the crossings of a camera as they arrive."""

from __future__ import annotations

from functions.admin.dependencies import CameraIdPath, StoredAfter
from functions.admin.problems import CameraNotFound
from functions.admin.schemas.crossings import Crossings
from functions.admin.services import crossings
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep
from functions.common.problem_responses import document_problems

router = superadmin_router(prefix="/admin/cameras/{camera_id}/crossings", tags=["cameras"])


@router.get("", summary="Follow the crossings of a camera", responses=document_problems(CameraNotFound))
def list_crossings(
    camera_id: CameraIdPath, admin: SuperadminDep, connection: ConnectionDep, after: StoredAfter = None
) -> Crossings:
    """Those of the last hour, also of a camera that does not count for its store. Ask again with `next_after`."""
    return crossings.list_crossings(connection, admin, camera_id, after=after)
