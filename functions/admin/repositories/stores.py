"""Repository of stores, archived ones included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, time
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, column, func, insert, select, table, update

from db.timescale.tables import cameras, store_invites, store_members, stores
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.limits import ONLINE_WITHIN
from functions.common.users import is_pending_invite


@dataclass(frozen=True, slots=True)
class StoreRow:
    """A row of `stores`."""

    id: UUID
    name: str
    timezone: str
    day_start: time
    opening_hours: dict[str, list[list[str]]] | None
    closing_grace_minutes: int
    capacity: int | None
    country: str | None
    region: str | None
    closed_on_holidays: bool
    first_weekday: int
    created_at: datetime
    archived_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoreWithCounts(StoreRow):
    """A row of `stores`, with the numbers of its cameras, owners and pending invitations."""

    cameras: int
    cameras_online: int
    owners: int
    pending_invites: int


_COLUMNS = tuple(stores.c[field.name] for field in fields(StoreRow))


def list_stores(connection: Connection, _admin: Superadmin, *, include_archived: bool) -> list[StoreWithCounts]:
    """Return all stores, ordered by name."""
    statement = _select_with_counts().order_by(func.lower(stores.c.name), stores.c.id)
    if not include_archived:
        statement = statement.where(stores.c.archived_at.is_(None))
    return [StoreWithCounts(**row) for row in connection.execute(statement).mappings()]


def get_store(connection: Connection, _admin: Superadmin, store_id: UUID) -> StoreWithCounts | None:
    """Return a store, or None if there is none with this id."""
    row = connection.execute(_select_with_counts().where(stores.c.id == store_id)).mappings().one_or_none()
    return None if row is None else StoreWithCounts(**row)


def lock_store(connection: Connection, _admin: Superadmin, store_id: UUID) -> StoreRow | None:
    """Return a store and lock it until the request ends, or None if there is none with this id.

    FOR NO KEY UPDATE excludes other superadmins only. Owners can still accept an invitation or reset the occupancy,
    whose foreign keys would wait for a FOR UPDATE.
    """
    statement = select(*_COLUMNS).where(stores.c.id == store_id).with_for_update(key_share=True)
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else StoreRow(**row)


def knows_time_zone(connection: Connection, _admin: Superadmin, name: str) -> bool:
    """Return whether the database has a time zone with this name."""
    known = table("pg_timezone_names", column("name"))
    return connection.scalars(select(select(known.c.name).where(known.c.name == name).exists())).one()


def insert_store(connection: Connection, _admin: Superadmin, values: Mapping[str, Any]) -> StoreRow:
    """Insert a store with these column values."""
    statement = insert(stores).values(id=uuid4(), **values).returning(*_COLUMNS)
    return StoreRow(**connection.execute(statement).mappings().one())


def update_store(connection: Connection, _admin: Superadmin, store_id: UUID, values: Mapping[str, Any]) -> StoreRow:
    """Set these columns of a store, at least one."""
    statement = update(stores).where(stores.c.id == store_id).values(**values).returning(*_COLUMNS)
    return StoreRow(**connection.execute(statement).mappings().one())


def archive_store(connection: Connection, admin: Superadmin, store_id: UUID) -> StoreRow:
    """Set `archived_at` of a store to now."""
    return update_store(connection, admin, store_id, {"archived_at": func.now()})


def _select_with_counts() -> Select[Any]:
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
    )
