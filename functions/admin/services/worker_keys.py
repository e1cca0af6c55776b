"""Worker keys of a store: list, create, revoke."""

from __future__ import annotations

from dataclasses import asdict, replace
from uuid import UUID

from functions.admin.problems import TooManyKeys, WorkerKeyNotFound
from functions.admin.repositories import worker_keys as repository
from functions.admin.repositories.worker_keys import WorkerKeyRow
from functions.admin.schemas.access import (
    StoreWorkerKey,
    StoreWorkerKeys,
    WorkerKey,
    WorkerKeyCreate,
    WorkerKeyCreated,
    WorkerKeys,
)
from functions.admin.services.lookups import lock_active_store, require_store
from functions.common import audit, worker_key
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.limits import MAX_WORKER_KEYS_PER_STORE


def list_worker_keys(connection: Connection, admin: Superadmin, store_id: UUID) -> WorkerKeys:
    """Return the keys of a store, revoked ones too, oldest first. Raises StoreNotFound."""
    require_store(connection, admin, store_id)
    rows = repository.list_worker_keys(connection, admin, store_id)
    return WorkerKeys(worker_keys=[WorkerKey.model_validate({**asdict(row), "worker_key_id": row.id}) for row in rows])


def list_worker_keys_created_by(connection: Connection, admin: Superadmin, user_id: UUID) -> StoreWorkerKeys:
    """Return the keys that a user has created in any store, revoked ones too, newest first."""
    rows = repository.list_worker_keys_created_by(connection, admin, user_id)
    keys = [StoreWorkerKey.model_validate({**asdict(row), "worker_key_id": row.id}) for row in rows]
    return StoreWorkerKeys(worker_keys=keys)


def create_worker_key(
    connection: Connection, admin: Superadmin, store_id: UUID, body: WorkerKeyCreate
) -> WorkerKeyCreated:
    """Create a key. Only this response contains it.

    Raises:
        StoreNotFound: there is no store with this id.
        StoreArchived: the store is archived.
        TooManyKeys: the store has as many active keys as it may have.
    """
    lock_active_store(connection, admin, store_id)
    if repository.count_active_worker_keys(connection, admin, store_id) >= MAX_WORKER_KEYS_PER_STORE:
        raise TooManyKeys
    key = worker_key.generate()
    row = repository.insert_worker_key(connection, admin, store_id, body.name, key)
    _audit(connection, admin, "worker_key.create", None, row)
    return WorkerKeyCreated.model_validate({**asdict(row), "worker_key_id": row.id, "key": key})


def revoke_worker_key(connection: Connection, admin: Superadmin, store_id: UUID, worker_key_id: UUID) -> None:
    """Revoke a key; ingest refuses it within a minute. Raises StoreNotFound, WorkerKeyNotFound."""
    require_store(connection, admin, store_id)
    if not _revoke(connection, admin, store_id, worker_key_id):
        raise WorkerKeyNotFound


def revoke_all_worker_keys(connection: Connection, admin: Superadmin, store_id: UUID) -> None:
    """Revoke every active key of a store."""
    for row in repository.list_worker_keys(connection, admin, store_id):
        if row.revoked_at is None:
            _revoke(connection, admin, store_id, row.id)


def _revoke(connection: Connection, admin: Superadmin, store_id: UUID, worker_key_id: UUID) -> bool:
    after = repository.revoke_worker_key(connection, admin, store_id, worker_key_id)
    if after is None:
        return False
    _audit(connection, admin, "worker_key.revoke", replace(after, revoked_at=None), after)
    return True


def _audit(
    connection: Connection, admin: Superadmin, action: str, before: WorkerKeyRow | None, after: WorkerKeyRow
) -> None:
    audit.record(
        connection,
        admin,
        action,
        subject_type="worker_key",
        subject_id=after.id,
        store_id=after.store_id,
        before=None if before is None else asdict(before),
        after=asdict(after),
    )
