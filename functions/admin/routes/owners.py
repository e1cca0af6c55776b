"""The owners of a store, and who is invited to become one."""

from __future__ import annotations

from typing import Annotated

from fastapi import Query, Request, status

from functions.admin.problems import (
    AlreadyOwner,
    InviteNotFound,
    LastOwner,
    MailNotSent,
    OwnerNotFound,
    StoreArchived,
    StoreNotFound,
)
from functions.admin.repositories import owners as repository
from functions.admin.repositories import stores
from functions.admin.repositories.rows import Row
from functions.admin.routes.params import InviteIdPath, StoreIdPath, UserIdPath
from functions.admin.schemas.access import Invite, InviteSent, Owner, OwnerInvite, Owners
from functions.admin.sign_in_service import Invited, SignInService
from functions.common.authentication import SuperadminDep, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.problem_responses import answers

router = authenticated_router(prefix="/admin/stores/{store_id}", tags=["owners"])

AllowOwnerless = Annotated[bool, Query(description="Remove the owner even when nobody is left.")]


@router.get("/owners", summary="The owners of a store", responses=answers(StoreNotFound))
def list_owners(store_id: StoreIdPath, admin: SuperadminDep, connection: ConnectionDep) -> Owners:
    """And the invitations that still wait."""
    stores.get_store(connection, admin, store_id)
    return Owners(
        owners=[Owner.model_validate(row) for row in repository.list_owners(connection, admin, store_id)],
        invites=[
            Invite.model_validate(_named(row)) for row in repository.list_pending_invites(connection, admin, store_id)
        ],
    )


@router.post(
    "/owners",
    summary="Invite an owner",
    status_code=status.HTTP_201_CREATED,
    responses=answers(StoreNotFound, StoreArchived, AlreadyOwner, MailNotSent),
)
def invite_owner(
    store_id: StoreIdPath, invitation: OwnerInvite, admin: SuperadminDep, connection: ConnectionDep, request: Request
) -> InviteSent:
    """By e-mail. Whoever has an account with that address already gets no mail, and sees the store at the next visit.

    Inviting an address again renews its invitation and sends the mail again.
    """
    service: SignInService = request.app.state.sign_in_service
    email = invitation.email.lower()
    stores.lock_store(connection, admin, store_id)
    row = repository.invite(connection, admin, store_id, email)
    # If no mail goes out the request fails, and the invitation is not stored either.
    sent = service.invite(email)
    return InviteSent.model_validate({**_named(row), "mail_sent": sent is Invited.MAIL_SENT})


@router.delete(
    "/owners/{user_id}",
    summary="Remove an owner",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=answers(StoreNotFound, OwnerNotFound, LastOwner),
)
def remove_owner(
    store_id: StoreIdPath,
    user_id: UserIdPath,
    admin: SuperadminDep,
    connection: ConnectionDep,
    allow_ownerless: AllowOwnerless = False,
) -> None:
    """At once: their next request about the store is a 404, signed in or not."""
    stores.lock_store(connection, admin, store_id, archived_too=True)
    repository.remove_owner(connection, admin, store_id, user_id, allow_ownerless=allow_ownerless)


@router.delete(
    "/invites/{invite_id}",
    summary="Revoke an invitation",
    status_code=status.HTTP_204_NO_CONTENT,
    responses=answers(StoreNotFound, InviteNotFound),
)
def revoke_invite(
    store_id: StoreIdPath, invite_id: InviteIdPath, admin: SuperadminDep, connection: ConnectionDep
) -> None:
    """The mail may have arrived: its link then opens an account without this store."""
    stores.lock_store(connection, admin, store_id, archived_too=True)
    repository.revoke_invite(connection, admin, store_id, invite_id)


def _named(row: Row) -> dict[str, object]:
    return {**row, "invite_id": row["id"]}
