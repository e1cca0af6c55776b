"""The incidents of all stores: list, acknowledge, mute, close."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from uuid import UUID

from functions.admin.repositories import incidents as repository
from functions.admin.schemas.incidents import Incident, Incidents
from functions.admin.services.preconditions import require_unchanged
from functions.common.database import Connection
from functions.common.identity import Superadmin
from functions.common.incident_records import (
    IncidentNotFound,
    IncidentRow,
    IncidentUpdate,
    record_update,
    values_of_update,
)
from functions.common.preconditions import settings_etag

SETTINGS = ("acknowledged_at", "acknowledged_by", "muted_until", "closed_at", "closed_by")
"""The columns that people set and that the entity tag of an incident identifies."""

UPDATE_ACTIONS = ("incident.update",)
"""The action that changes them."""


def list_incidents(
    connection: Connection,
    admin: Superadmin,
    *,
    is_open: bool,
    store_id: UUID | None,
    before: UUID | None,
    limit: int,
) -> Incidents:
    """Return a page of incidents, newest first: at most `limit` older than the incident `before`.

    Raises:
        IncidentNotFound: there is no incident `before`.
    """
    newer = None if before is None else _get_incident(connection, admin, before)
    rows = repository.list_incidents(
        connection, admin, is_open=is_open, store_id=store_id, before=newer, limit=limit + 1
    )
    return Incidents(
        incidents=[_to_response(row) for row in rows[:limit]],
        next_before=rows[limit - 1].id if len(rows) > limit else None,
    )


def update_incident(
    connection: Connection, admin: Superadmin, incident_id: UUID, body: IncidentUpdate, *, if_match: str | None
) -> Incident:
    """Acknowledge, mute or close an incident, and record it in the audit log.

    Raises:
        IncidentNotFound: there is no such incident.
        PreconditionFailed: it has changed since.
        Invalid: `muted_until` is in the past or too far ahead.
    """
    repository.lock_incident(connection, admin, incident_id)
    before = _get_incident(connection, admin, incident_id)
    require_unchanged(
        connection,
        admin,
        if_match,
        _to_response(before),
        store_id=before.store_id,
        subject_id=before.id,
        actions=UPDATE_ACTIONS,
    )
    values = values_of_update(body, before, admin, datetime.now(UTC))
    if values:
        repository.update_incident(connection, admin, incident_id, values)
    after = _get_incident(connection, admin, incident_id)
    record_update(connection, admin, before, after)
    return _to_response(after)


def _get_incident(connection: Connection, admin: Superadmin, incident_id: UUID) -> IncidentRow:
    row = repository.find_incident(connection, admin, incident_id)
    if row is None:
        raise IncidentNotFound
    return row


def _to_response(row: IncidentRow) -> Incident:
    etag = settings_etag({name: getattr(row, name) for name in SETTINGS})
    return Incident.model_validate({**asdict(row), "incident_id": row.id, "etag": etag})
