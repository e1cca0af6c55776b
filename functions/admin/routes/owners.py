"""Routes of the owners of a store and of their invitations."""

from __future__ import annotations

from fastapi import status

from functions.admin.dependencies import AllowOwnerless, InviteIdPath, SignInServiceDep, StoreIdPath, UserIdPath
from functions.admin.problems import (
    AlreadyOwner,
    InviteNotFound,
    LastOwner,
    MailNotSent,
    OwnerNotFound,
    StoreArchived,
    StoreNotFound,
)
from functions.admin.schemas.access import InviteSent, OwnerInvite, Owners
from functions.admin.services import owners
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep
from functions.common.idempotency import IDEMPOTENCY_PROBLEMS, IdempotencyDep
from functions.common.problem_responses import document_problems

router = superadmin_router(prefix="/admin/stores/{store_id}", tags=["owners"])


@router.get("/owners", summary="List the owners of a store", responses=document_problems(StoreNotFound))
def list_owners(store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep) -> Owners:
    """Includes the pending invitations."""
    return owners.list_owners(connection, admin, store_id)


@router.post(
    "/owners",
    summary="Invite an owner",
    status_code=status.HTTP_201_CREATED,
    responses=document_problems(StoreNotFound, StoreArchived, AlreadyOwner, MailNotSent, *IDEMPOTENCY_PROBLEMS),
)
def invite_owner(
    store_id: StoreIdPath,
    invitation: OwnerInvite,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    sign_in_service: SignInServiceDep,
    idempotency: IdempotencyDep,
) -> InviteSent:
    """By e-mail. An address that has an account gets no e-mail; its user sees the store at the next request.

    Inviting an address again renews its invitation and sends the e-mail again.
    """
    return idempotency.run(
        InviteSent, lambda: owners.invite_owner(connection, admin, store_id, invitation, sign_in_service)
    )


@router.delete(
    "/owners/{user_id}",
    summary="Remove an owner",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document_problems(StoreNotFound, OwnerNotFound, LastOwner),
)
def remove_owner(
    store_id: StoreIdPath,
    user_id: UserIdPath,
    admin: SuperadminDep,
    connection: ConnectionDep,
    allow_ownerless: AllowOwnerless = False,
) -> None:
    """Takes effect at once: the owner's next request about the store gets 404."""
    owners.remove_owner(connection, admin, store_id, user_id, allow_ownerless=allow_ownerless)


@router.delete(
    "/invites/{invite_id}",
    summary="Revoke an invitation",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=document_problems(StoreNotFound, InviteNotFound),
)
def revoke_invite(
    store_id: StoreIdPath, invite_id: InviteIdPath, admin: SuperadminDep, connection: ConnectionDep
) -> None:
    """If the e-mail has already arrived, its link opens an account without this store."""
    owners.revoke_invite(connection, admin, store_id, invite_id)
