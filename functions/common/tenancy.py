"""The one way to read a store: a statement that already knows who asks.

Every repository of the owner API starts from `readable_stores(caller)`, or from a `ReadableStore`, which only this
module makes. There is no row-level security behind it: continuous aggregates and columnstore do not go with it.
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
from .callers import Caller
from .database import Connection, ConnectionDep
from .problems import NotFound

StoreId = Annotated[UUID, Path(description="The store.")]


class StoreNotFound(NotFound):
    """No such store, or not yours: the same answer, to the byte."""

    type = "store_not_found"
    default_detail = "There is no such store among yours."


@dataclass(frozen=True, slots=True)
class ReadableStore:
    """A store that the caller may read. Have one, and its id may go into a query."""

    id: UUID
    name: str
    timezone: str
    day_start: time
    opening_hours: dict[str, list[list[str]]] | None
    capacity: int | None
    role: str


def readable_stores(caller: Caller) -> Select[Any]:
    """The stores of the caller that are not archived, with the caller's role, by name."""
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


def all_readable(connection: Connection, caller: Caller) -> list[ReadableStore]:
    return [ReadableStore(**row) for row in connection.execute(readable_stores(caller)).mappings()]


def find_readable(connection: Connection, caller: Caller, store_id: UUID) -> ReadableStore:
    """Raises StoreNotFound."""
    row = connection.execute(readable_stores(caller).where(stores.c.id == store_id)).mappings().one_or_none()
    if row is None:
        raise StoreNotFound
    return ReadableStore(**row)


def _store_of_the_path(store_id: StoreId, caller: CurrentUser, connection: ConnectionDep) -> ReadableStore:
    return find_readable(connection, caller, store_id)


StoreDep = Annotated[ReadableStore, Depends(_store_of_the_path)]
"""The store named in the path (`{store_id}`), when the caller may read it; otherwise the request ends in 404."""
