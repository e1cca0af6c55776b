"""Repository of import windows. Closed and expired ones stay, as history."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update

from db.timescale.tables import import_windows
from functions.common.database import Connection
from functions.common.identity import Superadmin

MAX_LISTED = 200


@dataclass(frozen=True, slots=True)
class ImportWindowRow:
    """A row of `import_windows`."""

    id: UUID
    store_id: UUID
    camera_id: UUID
    window_start: datetime
    window_end: datetime
    opened_by: UUID | None
    opened_at: datetime
    expires_at: datetime
    closed_at: datetime | None


_COLUMNS = tuple(import_windows.c[field.name] for field in fields(ImportWindowRow))


def list_import_windows(connection: Connection, _admin: Superadmin, camera_id: UUID | None) -> list[ImportWindowRow]:
    """Return the last windows, of one camera or of all, newest first."""
    statement = select(*_COLUMNS).order_by(import_windows.c.opened_at.desc(), import_windows.c.id).limit(MAX_LISTED)
    if camera_id is not None:
        statement = statement.where(import_windows.c.camera_id == camera_id)
    return [ImportWindowRow(**row) for row in connection.execute(statement).mappings()]


def insert_import_window(
    connection: Connection,
    admin: Superadmin,
    *,
    store_id: UUID,
    camera_id: UUID,
    window_start: datetime,
    window_end: datetime,
    expires_at: datetime,
) -> ImportWindowRow:
    """Insert a window that the superadmin opens."""
    statement = (
        insert(import_windows)
        .values(
            id=uuid4(),
            store_id=store_id,
            camera_id=camera_id,
            window_start=window_start,
            window_end=window_end,
            opened_by=admin.user_id,
            expires_at=expires_at,
        )
        .returning(*_COLUMNS)
    )
    return ImportWindowRow(**connection.execute(statement).mappings().one())


def close_import_window(connection: Connection, _admin: Superadmin, import_window_id: UUID) -> ImportWindowRow | None:
    """Set `closed_at` of an open window, or return None if no open window has this id."""
    statement = (
        update(import_windows)
        .where(
            import_windows.c.id == import_window_id,
            import_windows.c.closed_at.is_(None),
            import_windows.c.expires_at > func.now(),
        )
        .values(closed_at=func.now())
        .returning(*_COLUMNS)
    )
    row = connection.execute(statement).mappings().one_or_none()
    return None if row is None else ImportWindowRow(**row)
