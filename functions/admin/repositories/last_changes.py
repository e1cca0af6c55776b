"""Repository of who changed a resource last, from the audit log."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from db.timescale.tables import audit_log
from functions.common.database import Connection
from functions.common.identity import Superadmin


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a resource last, and when. `email` is None for a command of the administrator of the database."""

    email: str | None
    at: datetime


def find_last_change(
    connection: Connection, _admin: Superadmin, *, store_id: UUID | None, subject_id: UUID, actions: Collection[str]
) -> LastChange | None:
    """Return the newest entry about a resource with one of these actions, or None.

    Args:
        connection: connection of the request.
        store_id: store of the resource, which has the index; None if it belongs to none.
        subject_id: id of the resource.
        actions: actions that change the settings of the resource.
    """
    statement = (
        select(audit_log.c.actor_email, audit_log.c.at)
        .where(
            audit_log.c.store_id.is_not_distinct_from(store_id),
            audit_log.c.subject_id == str(subject_id),
            audit_log.c.action.in_(actions),
        )
        .order_by(audit_log.c.at.desc(), audit_log.c.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    return None if row is None else LastChange(row.actor_email, row.at)
