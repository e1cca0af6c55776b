"""Repository of the owners of a store and of its invitations."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from db.timescale.tables import store_invites, store_members, users
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.limits import INVITE_LIFETIME
from functions.common.users import is_pending_invite


@dataclass(frozen=True, slots=True)
class OwnerRow:
    """A membership of a store, with the user's address."""

    user_id: UUID
    email: str
    added_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class InviteRow:
    """A row of `store_invites`; `email` is lower case."""

    id: UUID
    store_id: UUID
    email: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


_INVITE_COLUMNS = tuple(store_invites.c[field.name] for field in fields(InviteRow))


def list_owners(connection: Connection, _admin: Superadmin, store_id: UUID) -> list[OwnerRow]:
    """Return the owners of a store, oldest membership first."""
    statement = (
        select(store_members.c.user_id, users.c.email, store_members.c.added_at, users.c.last_seen_at)
        .join(users, users.c.id == store_members.c.user_id)
        .where(store_members.c.store_id == store_id)
        .order_by(store_members.c.added_at, store_members.c.user_id)
    )
    return [OwnerRow(**row) for row in connection.execute(statement).mappings()]


def delete_owner(connection: Connection, _admin: Superadmin, store_id: UUID, user_id: UUID) -> None:
    """Delete a membership."""
    connection.execute(
        delete(store_members).where(store_members.c.store_id == store_id, store_members.c.user_id == user_id)
    )


def list_pending_invites(connection: Connection, _admin: Superadmin, store_id: UUID) -> list[InviteRow]:
    """Return the invitations of a store that can still be accepted, oldest first."""
    statement = (
        select(*_INVITE_COLUMNS)
        .where(store_invites.c.store_id == store_id, is_pending_invite())
        .order_by(store_invites.c.created_at, store_invites.c.id)
    )
    return [InviteRow(**row) for row in connection.execute(statement).mappings()]


def lock_pending_invite(connection: Connection, _admin: Superadmin, store_id: UUID, email: str) -> InviteRow | None:
    """Return the pending invitation of an address and lock it until the request ends, or None."""
    statement = select(*_INVITE_COLUMNS).where(*_is_pending_for(store_id, email)).with_for_update()
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else InviteRow(**row)


def insert_invite(connection: Connection, admin: Superadmin, store_id: UUID, email: str) -> InviteRow:
    """Insert an invitation by the superadmin."""
    statement = (
        insert(store_invites)
        .values(
            id=uuid4(),
            store_id=store_id,
            email=email,
            invited_by=admin.user_id,
            expires_at=func.now() + INVITE_LIFETIME,
        )
        .returning(*_INVITE_COLUMNS)
    )
    return InviteRow(**connection.execute(statement).mappings().one())


def renew_invite(connection: Connection, admin: Superadmin, invite_id: UUID) -> InviteRow:
    """Start the lifetime of an invitation again, as one by the superadmin."""
    statement = (
        update(store_invites)
        .where(store_invites.c.id == invite_id)
        .values(invited_by=admin.user_id, expires_at=func.now() + INVITE_LIFETIME)
        .returning(*_INVITE_COLUMNS)
    )
    return InviteRow(**connection.execute(statement).mappings().one())


def revoke_invite(connection: Connection, _admin: Superadmin, store_id: UUID, invite_id: UUID) -> InviteRow | None:
    """Revoke a pending invitation of a store; None if the store has no such one."""
    statement = (
        update(store_invites)
        .where(store_invites.c.id == invite_id, store_invites.c.store_id == store_id, is_pending_invite())
        .values(revoked_at=func.now())
        .returning(*_INVITE_COLUMNS)
    )
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else InviteRow(**row)


def revoke_invites_of(connection: Connection, _admin: Superadmin, store_id: UUID, email: str) -> list[InviteRow]:
    """Revoke the pending invitations of an address (lower case), and return them."""
    statement = (
        update(store_invites)
        .where(*_is_pending_for(store_id, email))
        .values(revoked_at=func.now())
        .returning(*_INVITE_COLUMNS)
    )
    return [InviteRow(**row) for row in connection.execute(statement).mappings()]


def _is_pending_for(store_id: UUID, email: str) -> tuple[ColumnElement[bool], ...]:
    """At most one invitation of an address (lower case) to a store is pending."""
    return store_invites.c.store_id == store_id, store_invites.c.email == email, is_pending_invite()
