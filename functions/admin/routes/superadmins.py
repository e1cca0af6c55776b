"""Routes of superadmins."""

from __future__ import annotations

from fastapi import status

from functions.admin.dependencies import SuperadminIdPath
from functions.admin.schemas.superadmins import SuperadminCreate, SuperadminResponse, Superadmins
from functions.admin.services import superadmins
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.problem_responses import document_problems
from functions.common.superadmins import AlreadySuperadmin, LastSuperadmin, SuperadminNotFound

router = superadmin_router(prefix="/admin/superadmins", tags=["superadmins"])


@router.get("", summary="List the superadmins")
def list_superadmins(admin: SuperadminDep, connection: ConnectionDep) -> Superadmins:
    """Without removed ones, who are in the audit log."""
    return superadmins.list_superadmins(connection, admin)


@router.post(
    "",
    summary="Add a superadmin",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(AlreadySuperadmin, *IDEMPOTENCY_PROBLEMS),
)
def add_superadmin(
    body: SuperadminCreate, admin: SuperadminDep, connection: ConnectionDep, idempotency: IdempotencyDep
) -> SuperadminResponse:
    """The user with this address is a superadmin from the next request on. Sends no e-mail and creates no account."""
    return idempotency.run(SuperadminResponse, lambda: superadmins.add_superadmin(connection, admin, body))


@router.delete(
    "/{superadmin_id}",
    summary="Remove a superadmin",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document_problems(SuperadminNotFound, LastSuperadmin),
)
def remove_superadmin(superadmin_id: SuperadminIdPath, admin: SuperadminDep, connection: ConnectionDep) -> None:
    """Takes effect at once: the next admin request of the user gets 403. What they made stays.

    `GET /admin/audit?actor_id=` and `GET /admin/worker-keys?created_by=` list what they made.
    """
    superadmins.remove_superadmin(connection, admin, superadmin_id)
