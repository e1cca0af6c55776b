"""Repository of owners and of the invitations that may become some."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from db.timescale.tables import store_invites, store_members, users
from functions.admin.problems import AlreadyOwner, InviteNotFound, LastOwner, OwnerNotFound
from functions.common import audit
from functions.common.callers import Superadmin
from functions.common.database import Connection
from functions.common.limits import INVITE_LIFETIME
from functions.common.users import is_pending_invite

from .rows import Row, all_rows, one_row, row_or_none

_INVITE = (
    store_invites.c.id,
    store_invites.c.store_id,
    store_invites.c.email,
    store_invites.c.created_at,
    store_invites.c.expires_at,
    store_invites.c.revoked_at,
)


def list_owners(connection: Connection, _admin: Superadmin, store_id: UUID) -> list[Row]:
    statement = (
        select(store_members.c.user_id, users.c.email, store_members.c.added_at, users.c.last_seen_at)
        .join(users, users.c.id == store_members.c.user_id)
        .where(store_members.c.store_id == store_id)
        .order_by(store_members.c.added_at, store_members.c.user_id)
    )
    return all_rows(connection, statement)


def list_pending_invites(connection: Connection, _admin: Superadmin, store_id: UUID) -> list[Row]:
    statement = select(*_INVITE).where(store_invites.c.store_id == store_id, is_pending_invite())
    return all_rows(connection, statement.order_by(store_invites.c.created_at, store_invites.c.id))


def invite(connection: Connection, admin: Superadmin, store_id: UUID, email: str) -> Row:
    """The invitation of an address (lower case): a new one, or the waiting one made to last anew.

    The store is locked by the caller, so that two requests do not invite the same address twice. Raises AlreadyOwner.
    """
    waiting = select(*_INVITE).where(*_waiting(store_id, email)).with_for_update()
    before = row_or_none(connection, waiting)
    # Looked at after that, because it may have waited for somebody who was just accepting.
    if any(owner["email"].lower() == email for owner in list_owners(connection, admin, store_id)):
        raise AlreadyOwner
    values = {"invited_by": admin.user_id, "expires_at": func.now() + INVITE_LIFETIME}
    if before is None:
        made = insert(store_invites).values(id=uuid4(), store_id=store_id, email=email, **values)
        row = one_row(connection, made.returning(*_INVITE))
        _audit_invite(connection, admin, "invite.create", None, row)
    else:
        renewed = update(store_invites).where(store_invites.c.id == before["id"]).values(**values)
        row = one_row(connection, renewed.returning(*_INVITE))
        _audit_invite(connection, admin, "invite.renew", {"expires_at": before["expires_at"]}, row)
    return row


def revoke_invite(connection: Connection, admin: Superadmin, store_id: UUID, invite_id: UUID) -> None:
    """Raises InviteNotFound, also for one that was accepted, revoked or has expired."""
    row = row_or_none(
        connection,
        update(store_invites)
        .where(store_invites.c.id == invite_id, store_invites.c.store_id == store_id, is_pending_invite())
        .values(revoked_at=func.now())
        .returning(*_INVITE),
    )
    if row is None:
        raise InviteNotFound
    _audit_invite(connection, admin, "invite.revoke", {"revoked_at": None}, row)


def remove_owner(
    connection: Connection, admin: Superadmin, store_id: UUID, user_id: UUID, *, allow_ownerless: bool
) -> None:
    """From the next request on, the store is not theirs. Invitations of the same address are revoked with it.

    The store is locked by the caller, so that of two last owners one stays. Raises OwnerNotFound, LastOwner.
    """
    owners = {owner["user_id"]: owner for owner in list_owners(connection, admin, store_id)}
    if user_id not in owners:
        raise OwnerNotFound
    if len(owners) == 1 and not allow_ownerless:
        raise LastOwner
    owner = owners[user_id]
    # Invitations before memberships, as when one is accepted: the other way round the two would wait for each other.
    waiting = update(store_invites).where(*_waiting(store_id, owner["email"].lower())).values(revoked_at=func.now())
    for revoked in all_rows(connection, waiting.returning(*_INVITE)):
        _audit_invite(connection, admin, "invite.revoke", {"revoked_at": None}, revoked)
    connection.execute(
        delete(store_members).where(store_members.c.store_id == store_id, store_members.c.user_id == user_id)
    )
    audit.record(
        connection,
        admin,
        "owner.remove",
        subject_type="user",
        subject_id=user_id,
        store_id=store_id,
        before={"email": owner["email"], "added_at": owner["added_at"]},
    )


def _waiting(store_id: UUID, email: str) -> tuple[ColumnElement[bool], ...]:
    """The invitations of an address (lower case) to a store that can still be accepted: at most one."""
    return store_invites.c.store_id == store_id, store_invites.c.email == email, is_pending_invite()


def _audit_invite(connection: Connection, admin: Superadmin, action: str, before: Row | None, after: Row) -> None:
    """All of it after the action: whose invitation it was stands in no other member of the entry."""
    audit.record(
        connection,
        admin,
        action,
        subject_type="store_invite",
        subject_id=after["id"],
        store_id=after["store_id"],
        before=before,
        after=after,
    )
