"""Repository of worker keys. The key itself passes through `create_key` once; only its SHA-256 is stored."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from db.timescale.tables import worker_keys
from functions.admin.problems import TooManyKeys, WorkerKeyNotFound
from functions.common import audit, worker_key
from functions.common.callers import Superadmin
from functions.common.database import Connection
from functions.common.limits import MAX_WORKER_KEYS_PER_STORE

from .rows import Row, all_rows, one_row, row_or_none

_COLUMNS = (
    worker_keys.c.id,
    worker_keys.c.store_id,
    worker_keys.c.name,
    worker_keys.c.hint,
    worker_keys.c.created_at,
    worker_keys.c.last_used_at,
    worker_keys.c.revoked_at,
)


def list_keys(connection: Connection, _admin: Superadmin, store_id: UUID) -> list[Row]:
    statement = select(*_COLUMNS).where(worker_keys.c.store_id == store_id)
    return all_rows(connection, statement.order_by(worker_keys.c.created_at, worker_keys.c.id))


def create_key(connection: Connection, admin: Superadmin, store_id: UUID, name: str) -> tuple[Row, str]:
    """The new key's row, and the key. The store is locked by the caller. Raises TooManyKeys."""
    working = select(func.count()).where(worker_keys.c.store_id == store_id, worker_keys.c.revoked_at.is_(None))
    if connection.scalars(working).one() >= MAX_WORKER_KEYS_PER_STORE:
        raise TooManyKeys
    key = worker_key.generate()
    values: dict[str, Any] = {
        "id": uuid4(),
        "store_id": store_id,
        "name": name,
        "key_sha256": worker_key.digest(key),
        "hint": worker_key.hint(key),
    }
    row = one_row(connection, insert(worker_keys).values(**values).returning(*_COLUMNS))
    _audit(connection, admin, "worker_key.create", None, row)
    return row, key


def revoke_key(connection: Connection, admin: Superadmin, store_id: UUID, worker_key_id: UUID) -> None:
    """The key stops within a minute. Raises WorkerKeyNotFound."""
    if not _revoke(connection, admin, store_id, worker_key_id):
        raise WorkerKeyNotFound


def revoke_all(connection: Connection, admin: Superadmin, store_id: UUID) -> None:
    for row in list_keys(connection, admin, store_id):
        if row["revoked_at"] is None:
            _revoke(connection, admin, store_id, row["id"])


def _revoke(connection: Connection, admin: Superadmin, store_id: UUID, worker_key_id: UUID) -> bool:
    row = row_or_none(
        connection,
        update(worker_keys)
        .where(
            worker_keys.c.id == worker_key_id,
            worker_keys.c.store_id == store_id,
            worker_keys.c.revoked_at.is_(None),
        )
        .values(revoked_at=func.now())
        .returning(*_COLUMNS),
    )
    if row is None:
        return False
    _audit(connection, admin, "worker_key.revoke", {**row, "revoked_at": None}, row)
    return True


def _audit(connection: Connection, admin: Superadmin, action: str, before: Any, after: Row) -> None:
    audit.record(
        connection,
        admin,
        action,
        subject_type="worker_key",
        subject_id=after["id"],
        store_id=after["store_id"],
        before=before,
        after=after,
    )
