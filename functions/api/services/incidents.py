"""The incidents of a store: list, acknowledge, mute, close."""

from datetime import datetime
from uuid import UUID

from functions.api.kpi.store_clock import StoreClock
from functions.api.repositories import incidents as repository
from functions.api.schemas.incidents import Incident, Incidents
from functions.api.schemas.types import StoreId
from functions.api.services.store_settings import parse_store_settings
from functions.common.database import Connection
from functions.common.identity import Caller
from functions.common.incident_records import (
    IncidentNotFound,
    IncidentRow,
    IncidentUpdate,
    record_update,
    values_of_update,
)
from functions.common.incidents import severity_of
from functions.common.tenancy import ReadableStore

_TIMES = ("started_at", "opened_at", "ended_at", "closed_at", "acknowledged_at", "muted_until")


def list_incidents(
    connection: Connection, store: ReadableStore, *, is_open: bool, before: UUID | None, limit: int
) -> Incidents:
    """Return a page of the incidents of a store, newest first: at most `limit` older than the incident `before`.

    Raises:
        IncidentNotFound: the store has no incident `before`.
    """
    clock = parse_store_settings(store).clock
    newer = None if before is None else _get_incident(connection, store, before)
    rows = repository.list_incidents(connection, store, is_open=is_open, before=newer, limit=limit + 1)
    return Incidents(
        store_id=StoreId(store.id),
        incidents=[_to_response(row, clock) for row in rows[:limit]],
        next_before=rows[limit - 1].id if len(rows) > limit else None,
    )


def update_incident(
    connection: Connection,
    store: ReadableStore,
    caller: Caller,
    now: datetime,
    *,
    incident_id: UUID,
    body: IncidentUpdate,
) -> Incident:
    """Acknowledge, mute or close an incident, record it in the audit log, and return the incident.

    Raises:
        IncidentNotFound: the store has no such incident.
        Invalid: `muted_until` is in the past or too far ahead.
    """
    before = _get_incident(connection, store, incident_id)
    values = values_of_update(body, before, caller, now)
    if values:
        repository.update_incident(connection, store, incident_id, values)
    after = _get_incident(connection, store, incident_id)
    record_update(connection, caller, before, after)
    return _to_response(after, parse_store_settings(store).clock)


def _get_incident(connection: Connection, store: ReadableStore, incident_id: UUID) -> IncidentRow:
    row = repository.find_incident(connection, store, incident_id)
    if row is None:
        raise IncidentNotFound
    return row


def _to_response(row: IncidentRow, clock: StoreClock) -> Incident:
    times = {name: None if getattr(row, name) is None else clock.local(getattr(row, name)) for name in _TIMES}
    wanted = {name: getattr(row, name) for name in ("type", "camera_id", "camera_name", "detail", "remedy", "facts")}
    return Incident.model_validate({"incident_id": row.id, "severity": severity_of(row.type), **wanted, **times})
