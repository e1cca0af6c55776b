"""Routes of incidents."""

from __future__ import annotations

from fastapi import Response

from functions.admin.dependencies import (
    BeforeIncident,
    IncidentIdPath,
    OnlyOpen,
    PageLimit,
    StoreFilter,
    with_etag,
)
from functions.admin.schemas.incidents import Incident, Incidents
from functions.admin.services import incidents
from functions.common.authentication import SuperadminDep, superadmin_router
from functions.common.database import ConnectionDep
from functions.common.incident_records import IncidentNotFound, IncidentUpdate
from functions.common.preconditions import IfMatch, PreconditionFailed
from functions.common.problem_responses import document_problems

router = superadmin_router(prefix="/admin/incidents", tags=["incidents"])


@router.get("", summary="List the incidents of all stores", responses=document_problems(IncidentNotFound))
def list_incidents(
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    is_open: OnlyOpen = True,
    store_id: StoreFilter = None,
    before: BeforeIncident = None,
    limit: PageLimit = 50,
) -> Incidents:
    """Newest first: what is wrong with cameras, worker keys and jobs of the database, each with what to check."""
    return incidents.list_incidents(connection, admin, is_open=is_open, store_id=store_id, before=before, limit=limit)


@router.patch(
    "/{incident_id}",
    summary="Acknowledge, mute or close an incident",
    responses=document_problems(IncidentNotFound, PreconditionFailed),
)
def update_incident(
    incident_id: IncidentIdPath,
    body: IncidentUpdate,
    admin: SuperadminDep,
    connection: ConnectionDep,
    *,
    if_match: IfMatch = None,
    response: Response,
) -> Incident:
    """Say that somebody takes care of it, stop its notifications for a time, or close it."""
    return with_etag(response, incidents.update_incident(connection, admin, incident_id, body, if_match=if_match))
