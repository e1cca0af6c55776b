"""The routes of the incidents of a store."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Query

from functions.api.params import ONE_SNAPSHOT, Now
from functions.api.schemas.incidents import Incident, Incidents
from functions.api.services import incidents
from functions.common.authentication import CurrentUser, authenticated_router
from functions.common.database import ConnectionDep
from functions.common.incident_records import IncidentNotFound, IncidentUpdate
from functions.common.problem_responses import document_problems
from functions.common.tenancy import StoreDep

router = authenticated_router(prefix="/stores/{store_id}/incidents", tags=["incidents"])

IncidentIdPath = Annotated[UUID, Path(description="The incident.")]
OnlyOpen = Annotated[bool, Query(alias="open", description="Leave out closed incidents.")]
Before = Annotated[UUID | None, Query(description="Older than this incident: `next_before` of the last page.")]
Limit = Annotated[int, Query(ge=1, le=100, description="Maximum number of incidents.")]


@router.get(
    "",
    summary="List the incidents of a store",
    dependencies=[ONE_SNAPSHOT],
    responses=document_problems(IncidentNotFound),
)
def list_incidents(
    store: StoreDep, connection: ConnectionDep, *, is_open: OnlyOpen = True, before: Before = None, limit: Limit = 50
) -> Incidents:
    """Return what is wrong with the cameras of the store, each with what to check. Newest first."""
    return incidents.list_incidents(connection, store, is_open=is_open, before=before, limit=limit)


@router.patch(
    "/{incident_id}", summary="Acknowledge, mute or close an incident", responses=document_problems(IncidentNotFound)
)
def update_incident(
    incident_id: IncidentIdPath,
    body: IncidentUpdate,
    store: StoreDep,
    *,
    caller: CurrentUser,
    connection: ConnectionDep,
    now: Now,
) -> Incident:
    """Say that somebody takes care of it, stop its notifications for a time, or close it."""
    return incidents.update_incident(connection, store, caller, now, incident_id=incident_id, body=body)
