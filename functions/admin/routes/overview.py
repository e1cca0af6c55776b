"""Routes of what spans all stores: the state of every camera, and the audit log."""

from __future__ import annotations

from functions.admin.dependencies import ActionFilter, ActorFilter, BeforeEntry, PageLimit, StoreFilter
from functions.admin.schemas.overview import AuditPage, Coverage, Health
from functions.admin.services import coverage, overview
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep

router = superadmin_router(prefix="/admin", tags=["overview"])


@router.get("/health", summary="Get the status of every camera")
def get_health(admin: SuperadminDep, connection: ConnectionDep) -> Health:
    """A camera is online if a heartbeat arrived within the last three minutes.

    The time zones of the stores are compared with those of the database, from two years ago to two years ahead.
    """
    return overview.get_health(connection, admin)


@router.get("/health/coverage", summary="Get how much of the open time the cameras have observed")
def get_coverage(admin: SuperadminDep, connection: ConnectionDep) -> Coverage:
    """Of the last seven store-days, by the opening hours that are valid now."""
    return coverage.get_coverage(connection, admin)


@router.get("/audit", summary="Get the audit log")
def get_audit(
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    before: BeforeEntry = None,
    limit: PageLimit = 50,
    store_id: StoreFilter = None,
    actor_id: ActorFilter = None,
    action: ActionFilter = None,
) -> AuditPage:
    """Newest first. Contains every action of a superadmin, with what it changed."""
    return overview.get_audit(
        connection, admin, before=before, limit=limit, store_id=store_id, actor_id=actor_id, action=action
    )
