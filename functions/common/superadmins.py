"""Repository of superadmins: who may use the admin API, and changes of this list.

Somebody is added with an e-mail address. At the first admin request of a user with this address, which the issuer has
confirmed, the row gets the user's id. From then on only the id counts. A removed row stays, as history.

While the table is empty, a token with the role adds its user: the first start of an installation needs no command.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from db.timescale.tables import superadmins, users

from . import audit
from .database import Connection
from .identity import Caller, Identity
from .problems import Conflict, Forbidden, NotFound

FIRST_SUPERADMIN_ID = UUID(int=1)
"""Id of the row that a token adds. A constant, so that of two such requests at the same time only one succeeds."""


class SuperadminRemoved(Forbidden):
    """The caller is not a superadmin any more."""

    type = "superadmin_removed"
    default_detail = "Your account is not a superadmin any more."


class SuperadminNotFound(NotFound):
    """There is no superadmin with this id, or they have been removed."""

    type = "superadmin_not_found"
    default_detail = "There is no such superadmin."


class AlreadySuperadmin(Conflict):
    """The address belongs to a superadmin."""

    type = "already_superadmin"
    default_detail = "This address already belongs to a superadmin."


class LastSuperadmin(Conflict):
    """Removing the superadmin would leave the installation without one."""

    type = "last_superadmin"
    default_detail = "This is the last superadmin; add another one first."


@dataclass(frozen=True, slots=True)
class SuperadminRow:
    """A superadmin.

    Attributes:
        id: primary key of the row.
        user_id: None until the first admin request.
        email: lower case; the current address of the user, or the one that was added.
        added_by: user id of the superadmin who added the row; None for a command or a first start.
        added_at: when the row was added.
    """

    id: UUID
    user_id: UUID | None
    email: str | None
    added_by: UUID | None
    added_at: datetime


def is_superadmin(connection: Connection, identity: Identity) -> bool:
    """Return whether the admin API would accept the user. Changes nothing."""
    active = select(literal(True)).where(_is_row_of(identity), superadmins.c.removed_at.is_(None)).exists()
    if connection.scalars(select(active)).one():
        return True
    return identity.has_superadmin_role and not connection.scalars(select(_any_row())).one()


def authorize_superadmin(connection: Connection, identity: Identity) -> bool:
    """Return whether the user is a superadmin. The first admin request of a user writes the user's id to the row.

    Raises:
        SuperadminRemoved: the user was a superadmin.
    """
    statement = (
        select(superadmins.c.id, superadmins.c.user_id, superadmins.c.removed_at)
        .where(_is_row_of(identity))
        # An active row before a removed one, and one with the user's id before one with the address only.
        .order_by(superadmins.c.removed_at.is_not(None), superadmins.c.user_id.is_(None))
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        return identity.has_superadmin_role and _add_first_superadmin(connection, identity)
    if row.removed_at is not None:
        raise SuperadminRemoved
    if row.user_id is None:
        _write_user_id(connection, identity, row.id)
    return True


def list_superadmins(connection: Connection) -> list[SuperadminRow]:
    """Return the superadmins, without removed ones, oldest first."""
    return [SuperadminRow(**row) for row in connection.execute(_select_active()).mappings()]


def add_superadmin(connection: Connection, actor: Caller | None, email: str) -> SuperadminRow:
    """Add a superadmin, who may use the admin API from their next request on.

    Args:
        connection: connection of the request.
        actor: the superadmin who adds; None for a command of the administrator of the database.
        email: the address, in any case.

    Raises:
        AlreadySuperadmin: the address belongs to a superadmin.
        SuperadminRemoved: the actor has been removed in the meantime.
    """
    email = email.lower()
    if any(row.email == email for row in _lock_active(connection, actor)):
        raise AlreadySuperadmin
    statement = (
        insert(superadmins)
        .values(id=uuid4(), email=email, added_by=None if actor is None else actor.user_id)
        .on_conflict_do_nothing()  # two commands at the same time, on an empty table
        .returning(*_COLUMNS)
    )
    added = connection.execute(statement).mappings().one_or_none()
    if added is None:
        raise AlreadySuperadmin
    row = SuperadminRow(**added)
    _audit(connection, actor, "superadmin.add", row)
    return row


def remove_superadmin(connection: Connection, actor: Caller | None, superadmin_id: UUID) -> None:
    """Remove a superadmin; the next admin request of the user gets 403.

    A second row for the same address, of somebody who changed their address, is removed too.

    Args:
        connection: connection of the request.
        actor: the superadmin who removes; None for a command of the administrator of the database.
        superadmin_id: id of the row.

    Raises:
        SuperadminNotFound: there is no such superadmin.
        LastSuperadmin: there is no other superadmin.
        SuperadminRemoved: the actor has been removed in the meantime.
    """
    active = _lock_active(connection, actor)
    target = next((row for row in active if row.id == superadmin_id), None)
    if target is None:
        raise SuperadminNotFound
    removed = [
        row for row in active if row == target or (row.user_id is None and row.email == target.email is not None)
    ]
    if len(removed) == len(active):
        raise LastSuperadmin
    for row in removed:
        connection.execute(update(superadmins).where(superadmins.c.id == row.id).values(removed_at=func.now()))
        _audit(connection, actor, "superadmin.remove", row, is_removal=True)


def _is_row_of(identity: Identity) -> ColumnElement[bool]:
    """Return the condition that a row, removed or not, is the user's: by id, or by address before the first request."""
    is_unclaimed = and_(superadmins.c.user_id.is_(None), superadmins.c.email == identity.email)
    return or_(superadmins.c.user_id == identity.user_id, is_unclaimed)


def _any_row() -> ColumnElement[bool]:
    return select(literal(True)).select_from(superadmins).exists()


_COLUMNS = (
    superadmins.c.id,
    superadmins.c.user_id,
    superadmins.c.email,
    superadmins.c.added_by,
    superadmins.c.added_at,
)


def _select_active() -> Any:
    email = func.coalesce(func.nullif(func.lower(users.c.email), ""), superadmins.c.email).label("email")
    return (
        select(*(email if column is superadmins.c.email else column for column in _COLUMNS))
        .outerjoin(users, users.c.id == superadmins.c.user_id)
        .where(superadmins.c.removed_at.is_(None))
        .order_by(superadmins.c.added_at, superadmins.c.id)
    )


def _lock_active(connection: Connection, actor: Caller | None) -> Sequence[SuperadminRow]:
    """Return the superadmins, and let no other request change them until this one ends.

    Of the last two superadmins who remove each other at the same time, one stays.
    """
    connection.execute(
        select(superadmins.c.id)
        .where(superadmins.c.removed_at.is_(None))
        .order_by(superadmins.c.added_at, superadmins.c.id)
        .with_for_update()
    ).all()
    # Read after the lock: it may have waited for a request that has added or removed a superadmin.
    active = list_superadmins(connection)
    if actor is not None and actor.user_id not in {row.user_id for row in active}:
        raise SuperadminRemoved
    return active


def _write_user_id(connection: Connection, identity: Identity, superadmin_id: UUID) -> None:
    statement = (
        update(superadmins)
        .where(superadmins.c.id == superadmin_id, superadmins.c.user_id.is_(None), superadmins.c.removed_at.is_(None))
        .values(user_id=identity.user_id)
        .returning(*_COLUMNS)
    )
    written = connection.execute(statement).mappings().one_or_none()
    if written is None:
        # Another request of the user has written the id, or a superadmin has removed the row.
        if not is_superadmin(connection, identity):
            raise SuperadminRemoved
        return
    row = SuperadminRow(**written)
    _audit(connection, Caller(identity.user_id, identity.email), "superadmin.sign_in", row)


def _add_first_superadmin(connection: Connection, identity: Identity) -> bool:
    values = select(literal(FIRST_SUPERADMIN_ID), literal(identity.user_id), literal(identity.email)).where(~_any_row())
    statement = (
        insert(superadmins)
        .from_select(["id", "user_id", "email"], values)
        .on_conflict_do_nothing()
        .returning(*_COLUMNS)
    )
    added = connection.execute(statement).mappings().one_or_none()
    if added is None:
        return False
    _audit(connection, Caller(identity.user_id, identity.email), "superadmin.add", SuperadminRow(**added))
    return True


def _audit(
    connection: Connection, actor: Caller | None, action: str, row: SuperadminRow, *, is_removal: bool = False
) -> None:
    state = asdict(row)
    audit.record(
        connection,
        actor,
        action,
        subject_type="superadmin",
        subject_id=row.id,
        before=state if is_removal else None,
        after=None if is_removal else state,
    )
