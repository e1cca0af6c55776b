"""Stores: list, create, read, change, archive, restore."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from functions.admin.repositories import stores as repository
from functions.admin.repositories.stores import StoreRow, StoreWithCounts
from functions.admin.schemas.stores import Store, StoreChange, StoreCreate, Stores
from functions.admin.services.lookups import lock_active_store, lock_any_store, require_store
from functions.admin.services.worker_keys import revoke_all_worker_keys
from functions.common import audit
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.problems import Invalid, field_error


def list_stores(connection: Connection, admin: Superadmin, *, include_archived: bool) -> Stores:
    """Return all stores, ordered by name."""
    rows = repository.list_stores(connection, admin, include_archived=include_archived)
    return Stores(stores=[_to_response(row) for row in rows])


def get_store(connection: Connection, admin: Superadmin, store_id: UUID) -> Store:
    """Return a store. Raises StoreNotFound."""
    return _to_response(require_store(connection, admin, store_id))


def create_store(connection: Connection, admin: Superadmin, body: StoreCreate) -> Store:
    """Create a store without cameras, keys and owners. Raises Invalid when the database lacks the time zone."""
    _check_time_zone(connection, admin, body.timezone)
    row = repository.insert_store(connection, admin, body.model_dump())
    _audit(connection, admin, "store.create", None, row)
    return get_store(connection, admin, row.id)


def change_store(connection: Connection, admin: Superadmin, store_id: UUID, body: StoreChange) -> Store:
    """Change the members that the body contains.

    Raises:
        StoreNotFound: there is no store with this id.
        StoreArchived: the store is archived.
        Invalid: the database lacks the time zone.
    """
    before = lock_active_store(connection, admin, store_id)
    if values := body.model_dump(exclude_unset=True):
        if "timezone" in values:
            _check_time_zone(connection, admin, body.timezone)
        after = repository.update_store(connection, admin, store_id, values)
        _audit(connection, admin, "store.change", before, after)
    return get_store(connection, admin, store_id)


def archive_store(connection: Connection, admin: Superadmin, store_id: UUID) -> Store:
    """Hide a store from its owners and revoke its worker keys for good; no data is deleted. Raises StoreNotFound."""
    before = lock_any_store(connection, admin, store_id)
    if before.archived_at is None:
        revoke_all_worker_keys(connection, admin, store_id)
        after = repository.archive_store(connection, admin, store_id)
        _audit(connection, admin, "store.archive", before, after)
    return get_store(connection, admin, store_id)


def restore_store(connection: Connection, admin: Superadmin, store_id: UUID) -> Store:
    """Show an archived store to its owners again. Raises StoreNotFound."""
    before = lock_any_store(connection, admin, store_id)
    if before.archived_at is not None:
        after = repository.update_store(connection, admin, store_id, {"archived_at": None})
        _audit(connection, admin, "store.restore", before, after)
    return get_store(connection, admin, store_id)


def _check_time_zone(connection: Connection, admin: Superadmin, name: str) -> None:
    """Raise Invalid unless the database has the time zone: its statements use the name as it is stored."""
    if not repository.knows_time_zone(connection, admin, name):
        message = f"The database does not know the time zone {name}. Update the time zone data (tzdata) of its server."
        raise Invalid([field_error(["body", "timezone"], "time_zone_unknown", message)])


def _audit(connection: Connection, admin: Superadmin, action: str, before: StoreRow | None, after: StoreRow) -> None:
    audit.record(
        connection,
        admin,
        action,
        subject_type="store",
        subject_id=after.id,
        store_id=after.id,
        before=None if before is None else asdict(before),
        after=asdict(after),
    )


def _to_response(row: StoreWithCounts) -> Store:
    return Store.model_validate({**asdict(row), "store_id": row.id, "day_start": row.day_start.strftime("%H:%M")})
