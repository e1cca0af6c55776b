"""The incidents of a store's cameras."""

from typing import Any
from uuid import UUID

from db.timescale.tables import incidents
from functions.common.database import Connection
from functions.common.incident_records import IncidentRow, change_incident, only_page, select_incidents, to_rows
from functions.common.incidents import CAMERA_TYPES
from functions.common.tenancy import ReadableStore


def list_incidents(
    connection: Connection, store: ReadableStore, *, is_open: bool, before: IncidentRow | None, limit: int
) -> list[IncidentRow]:
    """Return at most `limit` incidents older than the incident `before`, newest first."""
    statement = select_incidents().where(_of_store(store), incidents.c.type.in_(CAMERA_TYPES))
    return to_rows(connection, only_page(statement, is_open=is_open, before=before, limit=limit))


def find_incident(connection: Connection, store: ReadableStore, incident_id: UUID) -> IncidentRow | None:
    """Return an incident of a camera of the store, or None."""
    statement = select_incidents().where(
        _of_store(store), incidents.c.type.in_(CAMERA_TYPES), incidents.c.id == incident_id
    )
    return next(iter(to_rows(connection, statement)), None)


def update_incident(connection: Connection, store: ReadableStore, incident_id: UUID, values: dict[str, Any]) -> None:
    """Set columns of an incident of the store."""
    change_incident(connection, incident_id, _of_store(store), values)


def _of_store(store: ReadableStore) -> Any:
    return incidents.c.store_id == store.id
