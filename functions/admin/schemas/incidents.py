"""Bodies of incidents."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import Field

from functions.common.incidents import IncidentType

from .values import MutableResource, ResponseBody


class Incident(MutableResource):
    """Something is wrong with a camera, a worker key or a job of the database, or was."""

    incident_id: UUID
    type: IncidentType
    store_id: UUID | None = Field(description="Null: a job of the database.")
    store_name: str | None
    camera_id: UUID | None
    camera_name: str | None
    detail: str = Field(description="What is wrong, with its numbers.")
    remedy: str = Field(description="What to check, or to do.")
    facts: dict[str, float] = Field(
        description="The numbers of `detail`, by the names of docs/incidents.md, to say it in other languages."
        " Empty where it has none, and for incidents from before 2026-11-27."
    )
    started_at: datetime = Field(description="When the fault began.")
    opened_at: datetime = Field(description="When it had lasted long enough to be an incident.")
    ended_at: datetime | None = Field(description="When the fault was gone.")
    closed_at: datetime | None = Field(description="When the incident ended, or a person closed it.")
    closed_by: UUID | None = Field(description="Null: it ended by itself.")
    acknowledged_at: datetime | None
    acknowledged_by: UUID | None
    muted_until: datetime | None


class Incidents(ResponseBody):
    """Incidents of all stores."""

    incidents: list[Incident] = Field(description="Newest first.")
    next_before: UUID | None = Field(description="The `before` of the next page; null on the last.")
