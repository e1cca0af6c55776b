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
from .database import Session
from .tokens import Identity

SEEN_EVERY = timedelta(minutes=5)


def arrive(session: Session, identity: Identity) -> Caller:
    """The caller behind an identity: one read at most requests, writes only where something changed."""
    caller = Caller(identity.user_id, identity.email, identity.is_superadmin)
    known = select(literal(True)).where(
        users.c.id == caller.user_id,
        users.c.email == (caller.email or ""),
        users.c.last_seen_at > func.now() - SEEN_EVERY,
    )
    invited = select(literal(True)).where(is_pending(), store_invites.c.email == caller.email)
    is_known, is_invited = session.execute(select(known.exists(), invited.exists())).one()
    if not is_known:
        _remember(session, caller)
    if is_invited:
        _accept_invites(session, caller)
    return caller


def is_pending() -> ColumnElement[bool]:
    """An invite that can still be accepted."""
    return and_(
        store_invites.c.accepted_at.is_(None),
        store_invites.c.revoked_at.is_(None),
        store_invites.c.expires_at > func.now(),
    )


def _remember(session: Session, caller: Caller) -> None:
    seen = {"email": caller.email or "", "last_seen_at": func.now()}
    session.execute(
        insert(users).values(id=caller.user_id, **seen).on_conflict_do_update(index_elements=[users.c.id], set_=seen)
    )


def _accept_invites(session: Session, caller: Caller) -> None:
    accepted = session.execute(
        update(store_invites)
        .where(is_pending(), store_invites.c.email == caller.email)
        .values(accepted_at=func.now())
        .returning(store_invites.c.id, store_invites.c.store_id, store_invites.c.invited_by)
    ).all()
    for invite in accepted:
        session.execute(
            insert(store_members)
            .values(store_id=invite.store_id, user_id=caller.user_id, role="owner", added_by=invite.invited_by)
            .on_conflict_do_nothing()
        )
        audit.record(
            session,
            caller,
            "invite.accept",
            subject_type="store_invite",
            subject_id=invite.id,
            store_id=invite.store_id,
            after={"user_id": caller.user_id, "email": caller.email},
        )
