"""Repository of worker keys. Only the SHA-256 of a key is stored."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from db.timescale.tables import stores, worker_keys
from functions.common import worker_key
from functions.common.database import Connection
from functions.common.identity import Superadmin


@dataclass(frozen=True, slots=True)
class WorkerKeyRow:
    """A row of `worker_keys`, without the hash."""

    id: UUID
    store_id: UUID
    name: str
    hint: str
    created_by: UUID | None
    created_at: datetime
    last_used_at: datetime | None
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoreWorkerKeyRow(WorkerKeyRow):
    """A row of `worker_keys`, with the name of its store."""

    store_name: str


_COLUMNS = tuple(worker_keys.c[field.name] for field in fields(WorkerKeyRow))


def list_worker_keys(connection: Connection, _admin: Superadmin, store_id: UUID) -> list[WorkerKeyRow]:
    """Return the keys of a store, revoked ones too, oldest first."""
    statement = (
        select(*_COLUMNS).where(worker_keys.c.store_id == store_id).order_by(worker_keys.c.created_at, worker_keys.c.id)
    )
    return [WorkerKeyRow(**row) for row in connection.execute(statement).mappings()]


def count_active_worker_keys(connection: Connection, _admin: Superadmin, store_id: UUID) -> int:
    """Count the keys of a store that are not revoked."""
    statement = select(func.count()).where(worker_keys.c.store_id == store_id, worker_keys.c.revoked_at.is_(None))
    return connection.scalars(statement).one()


def list_worker_keys_created_by(connection: Connection, _admin: Superadmin, user_id: UUID) -> list[StoreWorkerKeyRow]:
    """Return the keys that a user has created in any store, revoked ones too, newest first, with the store's name."""
    statement = (
        select(*_COLUMNS, stores.c.name.label("store_name"))
        .join(stores, stores.c.id == worker_keys.c.store_id)
        .where(worker_keys.c.created_by == user_id)
        .order_by(worker_keys.c.created_at.desc(), worker_keys.c.id)
    )
    return [StoreWorkerKeyRow(**row) for row in connection.execute(statement).mappings()]


def insert_worker_key(connection: Connection, admin: Superadmin, store_id: UUID, name: str, key: str) -> WorkerKeyRow:
    """Insert the hash and the hint of a key that the superadmin creates."""
    statement = (
        insert(worker_keys)
        .values(
            id=uuid4(),
            store_id=store_id,
            name=name,
            key_sha256=worker_key.digest(key),
            hint=worker_key.hint(key),
            created_by=admin.user_id,
        )
        .returning(*_COLUMNS)
    )
    return WorkerKeyRow(**connection.execute(statement).mappings().one())


def revoke_worker_key(
    connection: Connection, _admin: Superadmin, store_id: UUID, worker_key_id: UUID
) -> WorkerKeyRow | None:
    """Revoke an active key of a store; None if the store has no such one."""
    statement = (
        update(worker_keys)
        .where(
            worker_keys.c.id == worker_key_id,
            worker_keys.c.store_id == store_id,
            worker_keys.c.revoked_at.is_(None),
        )
        .values(revoked_at=func.now())
        .returning(*_COLUMNS)
    )
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else WorkerKeyRow(**row)
