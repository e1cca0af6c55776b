"""What a run of the job finds: a fault, its absence, or nothing that can be decided. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from functions.common.incidents import IncidentType


@dataclass(frozen=True, slots=True)
class Subject:
    """What an incident is about. At most one open incident has a subject.

    Attributes:
        type: the type of the incident.
        store_id: the store; None for a job of the database.
        object_id: the id of the camera, of the worker key or of the job.
    """

    type: IncidentType
    store_id: UUID | None
    object_id: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault that is there now.

    Attributes:
        detail: what is wrong, with its numbers.
        remedy: what to do.
        since: when it began, if that is known.
        facts: the numbers of `detail`, as docs/incidents.md lists them.
    """

    detail: str
    remedy: str
    since: datetime | None = None
    facts: Mapping[str, float] = field(default_factory=dict)


Findings = Mapping[Subject, Fault | None]
"""By subject the fault, or None where there is none. A subject that is missing could not be decided now: its incident
stays as it is."""
