"""The audit log: who did what to what, with before and after. Rows are only ever added."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import insert

from db.timescale import tables

from .callers import Caller
from .database import Connection

State = Mapping[str, Any]
SECRET_COLUMNS = frozenset({"key_sha256"})


def record(
    connection: Connection,
    actor: Caller,
    action: str,
    *,
    subject_type: str,
    subject_id: UUID,
    store_id: UUID | None = None,
    before: State | None = None,
    after: State | None = None,
) -> None:
    """Add one row, in the transaction of the action itself: neither is stored without the other.

    When both states are given, only the members that differ are kept.
    """
    old, new = _plain(before), _plain(after)
    if old is not None and new is not None:
        changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        old = {name: value for name, value in old.items() if name in changed}
        new = {name: value for name, value in new.items() if name in changed}
    connection.execute(
        # inline: the new row's id is not asked for, which the owner API's login could not read.
        insert(tables.audit_log)
        .inline()
        .values(
            actor_id=actor.user_id,
            actor_email=actor.email,
            action=action,
            subject_type=subject_type,
            subject_id=str(subject_id),
            store_id=store_id,
            before=old,
            after=new,
        )
    )


def _plain(state: State | None) -> dict[str, Any] | None:
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
