"""Repository of the incidents of all stores."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select, true

from db.timescale.tables import incidents
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.incident_records import IncidentRow, change_incident, only_page, select_incidents, to_rows


def list_incidents(
    connection: Connection,
    _admin: Superadmin,
    *,
    is_open: bool,
    store_id: UUID | None,
    before: IncidentRow | None,
    limit: int,
) -> list[IncidentRow]:
    """Return at most `limit` incidents older than the incident `before`, of a store or of all, newest first."""
    statement = select_incidents()
    if store_id is not None:
        statement = statement.where(incidents.c.store_id == store_id)
    return to_rows(connection, only_page(statement, is_open=is_open, before=before, limit=limit))


def find_incident(connection: Connection, _admin: Superadmin, incident_id: UUID) -> IncidentRow | None:
    """Return an incident, or None."""
    return next(iter(to_rows(connection, select_incidents().where(incidents.c.id == incident_id))), None)


def lock_incident(connection: Connection, _admin: Superadmin, incident_id: UUID) -> None:
    """Lock an incident until the request ends, if there is one with this id."""
    connection.execute(select(incidents.c.id).where(incidents.c.id == incident_id).with_for_update()).all()


def update_incident(connection: Connection, _admin: Superadmin, incident_id: UUID, values: dict[str, Any]) -> None:
    """Set columns of an incident."""
    change_incident(connection, incident_id, true(), values)
