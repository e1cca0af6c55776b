"""The audit log: who did what, and the state before and after. Rows are only added, never changed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from db.timescale import tables

from .database import Connection
from .identity import Caller

State = Mapping[str, Any]
SECRET_COLUMNS = frozenset({"key_sha256"})


def record(
    connection: Connection,
    actor: Caller | None,
    action: str,
    *,
    subject_type: str,
    subject_id: UUID,
    store_id: UUID | None = None,
    before: State | None = None,
    after: State | None = None,
) -> None:
    """Add an entry in the transaction of the action itself: both are stored, or neither.

    Args:
        connection: connection of the request.
        actor: the person who acts; None for a command of the administrator of the database.
        action: what was done, as `subject.verb`.
        subject_type: kind of the changed resource.
        subject_id: id of the changed resource.
        store_id: store that it belongs to, if any.
        before: state before the action; None when it created the resource.
        after: state after the action; None when it deleted the resource. When both states are given, only the members
            that differ are stored.
    """
    old, new = _json_object(before), _json_object(after)
    if old is not None and new is not None:
        changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        old = {name: value for name, value in old.items() if name in changed}
        new = {name: value for name, value in new.items() if name in changed}
    connection.execute(
        # inline: no RETURNING of the new id, which the database role of the owner API may not read.
        insert(tables.audit_log)
        .inline()
        .values(
            actor_id=None if actor is None else actor.user_id,
            actor_email=None if actor is None else actor.email,
            action=action,
            subject_type=subject_type,
            subject_id=str(subject_id),
            store_id=store_id,
            before=old,
            after=new,
        )
    )


def _json_object(state: State | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {name: _json_value(value) for name, value in state.items() if name not in SECRET_COLUMNS}


def _json_value(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    return value
