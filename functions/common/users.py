"""Repository of users and of the invitations that become their memberships.

The issuer confirms the e-mail address in the token. Pending invitations of that address become memberships at the
user's next request. The token does not contain which stores a user may read.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, and_, func, literal, select, update
from sqlalchemy.dialects.postgresql import insert

from db.timescale.tables import store_invites, store_members, users

from . import audit
from .database import Connection
from .identity import Caller, Identity

LAST_SEEN_INTERVAL = timedelta(minutes=5)
"""`last_seen_at` is updated at most once in this interval, so that most requests write nothing."""


def get_or_create_user(connection: Connection, identity: Identity) -> Caller:
    """Return the caller of an identity: creates or updates the user's row and accepts pending invitations."""
    caller = Caller(identity.user_id, identity.email)
    known = select(literal(True)).where(
        users.c.id == caller.user_id,
        users.c.email == (caller.email or ""),
        users.c.last_seen_at > func.now() - LAST_SEEN_INTERVAL,
    )
    invited = select(literal(True)).where(is_pending_invite(), store_invites.c.email == caller.email)
    is_current, is_invited = connection.execute(select(known.exists(), invited.exists())).one()
    if not is_current:
        _upsert_user(connection, caller)
    if is_invited:
        _accept_invites(connection, caller)
    return caller


def is_pending_invite() -> ColumnElement[bool]:
    """Return the condition that an invitation can still be accepted."""
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
