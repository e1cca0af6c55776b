"""How long a fault must last before it becomes an incident, and be gone before the incident ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from functions.common.incidents import IncidentType

_NONE, _SHORT, _LONG = timedelta(0), timedelta(minutes=10), timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Policy:
    """The hysteresis of a type of incident.

    Attributes:
        opens_after: the fault was found in every run for this long.
        ends_after: the fault was found in no run for this long.
    """

    opens_after: timedelta
    ends_after: timedelta


POLICIES = {
    IncidentType.CAMERA_OFFLINE: Policy(_NONE, _SHORT),
    IncidentType.PICTURE_FROZEN: Policy(_NONE, _SHORT),
    IncidentType.PICTURE_COVERED: Policy(_SHORT, _SHORT),
    IncidentType.PICTURE_MOVED: Policy(_SHORT, _SHORT),
    IncidentType.PICTURE_DAMAGED: Policy(_SHORT, _LONG),
    IncidentType.PEOPLE_NOT_SEEN: Policy(_NONE, _LONG),
    IncidentType.NO_CROSSINGS: Policy(_NONE, _NONE),
    IncidentType.SLOW: Policy(_LONG, _LONG),
    IncidentType.TRACKS_BREAK_UP: Policy(_LONG, _LONG),
    IncidentType.CLOCK_OFF: Policy(_SHORT, _SHORT),
    IncidentType.BACKLOG: Policy(_NONE, _SHORT),
    IncidentType.REFUSED_CROSSINGS: Policy(_NONE, _NONE),
    IncidentType.LOST_CROSSINGS: Policy(_NONE, _NONE),
    IncidentType.UNREADABLE_CROSSINGS: Policy(_SHORT, _NONE),
    IncidentType.TOTALS_DISAGREE: Policy(_NONE, _SHORT),
    IncidentType.OTHER_INSTANCE: Policy(_NONE, _SHORT),
    IncidentType.COPIED_INSTANCE: Policy(_NONE, _SHORT),
    IncidentType.WORKER_KEY_UNUSED: Policy(_NONE, _NONE),
    IncidentType.REFRESH_OVERDUE: Policy(_NONE, _SHORT),
    IncidentType.DATABASE_JOB: Policy(_SHORT, _SHORT),
}
"""Faults that are measured over some time already open at once."""
