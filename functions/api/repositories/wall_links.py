"""The links to the wall view of a store."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select

from db.timescale.tables import wall_links
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


@dataclass(frozen=True, slots=True)
class WallLinkRow:
    """A row of `wall_links`, without its token."""

    id: UUID
    name: str
    created_at: datetime
    last_used_at: datetime | None


_COLUMNS = [wall_links.c[field.name] for field in fields(WallLinkRow)]


def list_wall_links(connection: Connection, store: ReadableStore) -> list[WallLinkRow]:
    """Return the links of a store, oldest first."""
    c = wall_links.c
    statement = select(*_COLUMNS).where(c.store_id == store.id).order_by(c.created_at, c.id)
    return [WallLinkRow(**row) for row in connection.execute(statement).mappings()]


def insert_wall_link(
    connection: Connection, store: ReadableStore, *, name: str, token_sha256: bytes, user_id: UUID, at: datetime
) -> WallLinkRow:
    """Insert a link of a store."""
    statement = (
        insert(wall_links)
        .values(store_id=store.id, name=name, token_sha256=token_sha256, created_by=user_id, created_at=at)
        .returning(*_COLUMNS)
    )
    return WallLinkRow(**connection.execute(statement).mappings().one())


def delete_wall_link(connection: Connection, store: ReadableStore, wall_link_id: UUID) -> WallLinkRow | None:
    """Delete a link of a store, and return it; None when the store has no such link."""
    c = wall_links.c
    statement = delete(wall_links).where(c.store_id == store.id, c.id == wall_link_id).returning(*_COLUMNS)
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else WallLinkRow(**row)
