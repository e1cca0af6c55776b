"""The bodies of the incidents of a store."""

from uuid import UUID

from pydantic import Field

from functions.api.schemas.types import LocalTime, Response, StoreId
from functions.common.incidents import IncidentType, Severity


class Incident(Response):
    """Something is wrong with a camera, or was."""

    incident_id: UUID
    type: IncidentType
    severity: Severity = Field(description="`critical`: nobody is counted until somebody acts.")
    camera_id: UUID
    camera_name: str
    detail: str = Field(description="What is wrong, with its numbers, in English.")
    remedy: str = Field(description="What to check, or to do, in English.")
    facts: dict[str, float] = Field(
        description="The numbers of `detail`, by the names of docs/incidents.md, to say it in other languages."
        " Empty where it has none, and for incidents from before 2026-11-27."
    )
    started_at: LocalTime = Field(description="When the fault began.")
    opened_at: LocalTime = Field(description="When it had lasted long enough to be an incident.")
    ended_at: LocalTime | None = Field(description="When the fault was gone.")
    closed_at: LocalTime | None = Field(description="When the incident ended, or a person closed it.")
    acknowledged_at: LocalTime | None
    muted_until: LocalTime | None


class Incidents(Response):
    """Incidents of a store."""

    store_id: StoreId
    incidents: list[Incident] = Field(description="Newest first.")
    next_before: UUID | None = Field(description="The `before` of the next page; null on the last.")
