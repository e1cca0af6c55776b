"""Repository of people: the user's row, and the invitations that wait for a confirmed address.

An invitation is accepted from our own tables: the issuer vouches for the address (the token's `email`), and the pending
invites of that address become memberships. Nothing in the token says which stores are somebody's.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from db.timescale.tables import store_invites, store_members, users

from . import audit
from .callers import Caller
from .database import Connection
from .tokens import Identity

LAST_SEEN_INTERVAL = timedelta(minutes=5)


def get_or_create_user(connection: Connection, identity: Identity) -> Caller:
    """The caller behind an identity: one read at most requests, writes only where something changed."""
    caller = Caller(identity.user_id, identity.email, identity.is_superadmin)
    known = select(literal(True)).where(
        users.c.id == caller.user_id,
        users.c.email == (caller.email or ""),
        users.c.last_seen_at > func.now() - LAST_SEEN_INTERVAL,
    )
    invited = select(literal(True)).where(is_pending_invite(), store_invites.c.email == caller.email)
    is_known, is_invited = connection.execute(select(known.exists(), invited.exists())).one()
    if not is_known:
        _upsert_user(connection, caller)
    if is_invited:
        _accept_invites(connection, caller)
    return caller


def is_pending_invite() -> ColumnElement[bool]:
    """An invite that can still be accepted."""
    return and_(
        store_invites.c.accepted_at.is_(None),
        store_invites.c.revoked_at.is_(None),
        store_invites.c.expires_at > func.now(),
    )


def _upsert_user(connection: Connection, caller: Caller) -> None:
    seen = {"email": caller.email or "", "last_seen_at": func.now()}
    connection.execute(
        insert(users).values(id=caller.user_id, **seen).on_conflict_do_update(index_elements=[users.c.id], set_=seen)
    )


def _accept_invites(connection: Connection, caller: Caller) -> None:
    accepted = connection.execute(
        update(store_invites)
        .where(is_pending_invite(), store_invites.c.email == caller.email)
        .values(accepted_at=func.now())
        .returning(store_invites.c.id, store_invites.c.store_id, store_invites.c.invited_by)
    ).all()
    for invite in accepted:
        connection.execute(
            insert(store_members)
            .values(store_id=invite.store_id, user_id=caller.user_id, role="owner", added_by=invite.invited_by)
            .on_conflict_do_nothing()
        )
        audit.record(
            connection,
            caller,
            "invite.accept",
            subject_type="store_invite",
            subject_id=invite.id,
            store_id=invite.store_id,
            after={"user_id": caller.user_id, "email": caller.email},
        )
