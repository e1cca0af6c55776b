"""Owners of a store and their invitations."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from functions.admin.problems import AlreadyOwner, InviteNotFound, LastOwner, OwnerNotFound
from functions.admin.repositories import owners as repository
from functions.admin.repositories.owners import InviteRow
from functions.admin.schemas.access import Invite, InviteSent, Owner, OwnerInvite, Owners
from functions.admin.services.lookups import lock_active_store, lock_any_store, require_store
from functions.admin.sign_in_service import InviteResult, SignInService
from functions.common import audit
from functions.common.database import Connection
from functions.common.identity import Superadmin


def list_owners(connection: Connection, admin: Superadmin, store_id: UUID) -> Owners:
    """Return the owners and the pending invitations of a store. Raises StoreNotFound."""
    require_store(connection, admin, store_id)
    owners = repository.list_owners(connection, admin, store_id)
    invites = repository.list_pending_invites(connection, admin, store_id)
    return Owners(
        owners=[Owner.model_validate(asdict(owner)) for owner in owners],
        invites=[Invite.model_validate({**asdict(invite), "invite_id": invite.id}) for invite in invites],
    )


def invite_owner(
    connection: Connection, admin: Superadmin, store_id: UUID, body: OwnerInvite, sign_in_service: SignInService
) -> InviteSent:
    """Invite an address, or renew its pending invitation, and send the e-mail.

    Raises:
        StoreNotFound: there is no store with this id.
        StoreArchived: the store is archived.
        AlreadyOwner: the address belongs to an owner of the store.
        MailNotSent: the e-mail was not sent; the request fails, so the invitation is not stored either.
    """
    email = body.email.lower()
    lock_active_store(connection, admin, store_id)  # two requests must not invite the same address twice
    pending = repository.lock_pending_invite(connection, admin, store_id, email)
    # Read after the lock: it may have waited for the request that accepted the invitation.
    if any(owner.email.lower() == email for owner in repository.list_owners(connection, admin, store_id)):
        raise AlreadyOwner
    if pending is None:
        invite = repository.insert_invite(connection, admin, store_id, email)
        _audit_invite(connection, admin, "invite.create", None, invite)
    else:
        invite = repository.renew_invite(connection, admin, pending.id)
        _audit_invite(connection, admin, "invite.renew", {"expires_at": pending.expires_at}, invite)
    result = sign_in_service.invite(email)
    mail_sent = result is InviteResult.MAIL_SENT
    return InviteSent.model_validate({**asdict(invite), "invite_id": invite.id, "mail_sent": mail_sent})


def remove_owner(
    connection: Connection, admin: Superadmin, store_id: UUID, user_id: UUID, *, allow_ownerless: bool
) -> None:
    """Remove an owner, and revoke the pending invitation of the same address.

    Raises:
        StoreNotFound: there is no store with this id.
        OwnerNotFound: the user is no owner of the store.
        LastOwner: the store has no other owner, and `allow_ownerless` is false.
    """
    lock_any_store(connection, admin, store_id)  # of the last two owners, removed at the same time, one stays
    owners = {owner.user_id: owner for owner in repository.list_owners(connection, admin, store_id)}
    owner = owners.get(user_id)
    if owner is None:
        raise OwnerNotFound
    if len(owners) == 1 and not allow_ownerless:
        raise LastOwner
    # Invitations before memberships, in the order of accepting one: the other order could deadlock.
    for invite in repository.revoke_invites_of(connection, admin, store_id, owner.email.lower()):
        _audit_invite(connection, admin, "invite.revoke", {"revoked_at": None}, invite)
    repository.delete_owner(connection, admin, store_id, user_id)
    audit.record(
        connection,
        admin,
        "owner.remove",
        subject_type="user",
        subject_id=user_id,
        store_id=store_id,
        before={"email": owner.email, "added_at": owner.added_at},
    )


def revoke_invite(connection: Connection, admin: Superadmin, store_id: UUID, invite_id: UUID) -> None:
    """Revoke a pending invitation.

    Raises:
        StoreNotFound: there is no store with this id.
        InviteNotFound: the store has no such invitation, or it was accepted, was revoked or has expired.
    """
    lock_any_store(connection, admin, store_id)
    invite = repository.revoke_invite(connection, admin, store_id, invite_id)
    if invite is None:
        raise InviteNotFound
    _audit_invite(connection, admin, "invite.revoke", {"revoked_at": None}, invite)


def _audit_invite(
    connection: Connection, admin: Superadmin, action: str, before: dict[str, Any] | None, after: InviteRow
) -> None:
    # `after` is complete: no other member of the entry names the invited address.
    audit.record(
        connection,
        admin,
        action,
        subject_type="store_invite",
        subject_id=after.id,
        store_id=after.store_id,
        before=before,
        after=asdict(after),
    )
