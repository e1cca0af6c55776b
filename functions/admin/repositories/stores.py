"""Repository of stores, for superadmins: all of them, archived ones too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, func, insert, select, update

from db.timescale.tables import cameras, store_invites, store_members, stores
from functions.admin.problems import StoreArchived, StoreNotFound
from functions.common import audit
from functions.common.callers import Superadmin
from functions.common.database import Connection
from functions.common.limits import ONLINE_WITHIN
from functions.common.users import is_pending_invite

from . import worker_keys
from .rows import Row, all_rows, one_row, row_or_none

_COLUMNS = (
    stores.c.id,
    stores.c.name,
    stores.c.timezone,
    stores.c.day_start,
    stores.c.opening_hours,
    stores.c.capacity,
    stores.c.created_at,
    stores.c.archived_at,
)


def _with_counts() -> Select[Any]:
    live = (cameras.c.store_id == stores.c.id, cameras.c.archived_at.is_(None))
    return select(
        *_COLUMNS,
        select(func.count()).select_from(cameras).where(*live).scalar_subquery().label("cameras"),
        select(func.count())
        .select_from(cameras)
        .where(*live, cameras.c.last_seen_at >= func.now() - ONLINE_WITHIN)
        .scalar_subquery()
        .label("cameras_online"),
        select(func.count())
        .select_from(store_members)
        .where(store_members.c.store_id == stores.c.id)
        .scalar_subquery()
        .label("owners"),
        select(func.count())
        .select_from(store_invites)
        .where(store_invites.c.store_id == stores.c.id, is_pending_invite())
        .scalar_subquery()
        .label("pending_invites"),
    ).order_by(func.lower(stores.c.name), stores.c.id)


def list_stores(connection: Connection, _admin: Superadmin, *, include_archived: bool) -> list[Row]:
    statement = _with_counts()
    if not include_archived:
        statement = statement.where(stores.c.archived_at.is_(None))
    return all_rows(connection, statement)


def get_store(connection: Connection, _admin: Superadmin, store_id: UUID) -> Row:
    """Raises StoreNotFound."""
    row = row_or_none(connection, _with_counts().where(stores.c.id == store_id))
    if row is None:
        raise StoreNotFound
    return row


def lock_store(connection: Connection, _admin: Superadmin, store_id: UUID, *, archived_too: bool = False) -> Row:
    """The store, locked until the request is over. Raises StoreNotFound, StoreArchived.

    Against other superadmins only (FOR NO KEY UPDATE): an owner may accept an invitation or correct the occupancy
    meanwhile, whose foreign keys would wait for a FOR UPDATE.
    """
    locked = select(*_COLUMNS).where(stores.c.id == store_id).with_for_update(key_share=True)
    row = row_or_none(connection, locked)
    if row is None:
        raise StoreNotFound
    if row["archived_at"] is not None and not archived_too:
        raise StoreArchived
    return row


def create_store(connection: Connection, admin: Superadmin, values: Mapping[str, Any]) -> UUID:
    store_id = uuid4()
    row = one_row(connection, insert(stores).values(id=store_id, **values).returning(*_COLUMNS))
    audit.record(
        connection, admin, "store.create", subject_type="store", subject_id=store_id, store_id=store_id, after=row
    )
    return store_id


def change_store(connection: Connection, admin: Superadmin, store_id: UUID, values: Mapping[str, Any]) -> None:
    before = lock_store(connection, admin, store_id)
    _update(connection, admin, "store.change", before, values)


def archive_store(connection: Connection, admin: Superadmin, store_id: UUID) -> None:
    """Take a store out of everybody's sight; nothing is deleted. Its keys stop working for good."""
    before = lock_store(connection, admin, store_id, archived_too=True)
    if before["archived_at"] is None:
        worker_keys.revoke_all(connection, admin, store_id)
        _update(connection, admin, "store.archive", before, {"archived_at": func.now()})


def restore_store(connection: Connection, admin: Superadmin, store_id: UUID) -> None:
    before = lock_store(connection, admin, store_id, archived_too=True)
    if before["archived_at"] is not None:
        _update(connection, admin, "store.restore", before, {"archived_at": None})


def _update(connection: Connection, admin: Superadmin, action: str, before: Row, values: Mapping[str, Any]) -> None:
    if not values:
        return
    store_id = before["id"]
    statement = update(stores).where(stores.c.id == store_id).values(**values).returning(*_COLUMNS)
    after = one_row(connection, statement)
    audit.record(
        connection,
        admin,
        action,
        subject_type="store",
        subject_id=store_id,
        store_id=store_id,
        before=before,
        after=after,
    )
