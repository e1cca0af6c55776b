"""Isolation of tenants: the stores that a caller may read.

Every repository of the owner API starts from `select_readable_stores(caller)` or from a `ReadableStore`, which only
this module makes. There is no row-level security behind it: continuous aggregates and the columnstore do not support
it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path
from sqlalchemy import Select, select

from db.timescale.tables import store_members, stores

from .authentication import CurrentUser
from .database import Connection, ConnectionDep
from .identity import Caller
from .problems import NotFound

StoreId = Annotated[UUID, Path(description="The store.")]


class StoreNotFound(NotFound):
    """The store does not exist, or is not the caller's: the same response for both."""

    type = "store_not_found"
    default_detail = "Store not found."


@dataclass(frozen=True, slots=True)
class ReadableStore:
    """A store that the caller may read, with the caller's role in it."""

    id: UUID
    name: str
    timezone: str
    day_start: time
    opening_hours: dict[str, list[list[str]]] | None
    capacity: int | None
    role: str


def select_readable_stores(caller: Caller) -> Select[Any]:
    """Return the query of the caller's stores that are not archived, ordered by name."""
    return (
        select(
            stores.c.id,
            stores.c.name,
            stores.c.timezone,
            stores.c.day_start,
            stores.c.opening_hours,
            stores.c.capacity,
            store_members.c.role,
        )
        .join(store_members, store_members.c.store_id == stores.c.id)
        .where(store_members.c.user_id == caller.user_id, stores.c.archived_at.is_(None))
        .order_by(stores.c.name, stores.c.id)
    )


def list_readable_stores(connection: Connection, caller: Caller) -> list[ReadableStore]:
    """Return the caller's stores, ordered by name."""
    return [ReadableStore(**row) for row in connection.execute(select_readable_stores(caller)).mappings()]


def get_readable_store(connection: Connection, caller: Caller, store_id: UUID) -> ReadableStore:
    """Return one of the caller's stores.

    Raises:
        StoreNotFound: the caller has no such store, or it is archived.
    """
    row = connection.execute(select_readable_stores(caller).where(stores.c.id == store_id)).mappings().one_or_none()
    if row is None:
        raise StoreNotFound
    return ReadableStore(**row)


def _get_store(store_id: StoreId, caller: CurrentUser, connection: ConnectionDep) -> ReadableStore:
    return get_readable_store(connection, caller, store_id)


StoreDep = Annotated[ReadableStore, Depends(_get_store)]
"""The store of the path parameter `store_id`; 404 when the caller may not read it."""
