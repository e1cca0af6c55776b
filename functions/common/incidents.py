"""What the Lambdas say in the same way about incidents: their types, titles and severities."""

from __future__ import annotations

from enum import StrEnum

from .camera_problems import CameraProblemType


class IncidentType(StrEnum):
    """What an incident is about: a camera, a worker key or a job of the database."""

    CAMERA_OFFLINE = "camera_offline"
    PICTURE_FROZEN = CameraProblemType.PICTURE_FROZEN
    PICTURE_COVERED = CameraProblemType.PICTURE_COVERED
    PICTURE_MOVED = CameraProblemType.PICTURE_MOVED
    PICTURE_DAMAGED = CameraProblemType.PICTURE_DAMAGED
    PEOPLE_NOT_SEEN = CameraProblemType.PEOPLE_NOT_SEEN
    NO_CROSSINGS = "no_crossings"
    SLOW = CameraProblemType.SLOW
    TRACKS_BREAK_UP = CameraProblemType.TRACKS_BREAK_UP
    CLOCK_OFF = CameraProblemType.CLOCK_OFF
    BACKLOG = "backlog"
    REFUSED_CROSSINGS = CameraProblemType.REFUSED_CROSSINGS
    LOST_CROSSINGS = CameraProblemType.LOST_CROSSINGS
    UNREADABLE_CROSSINGS = CameraProblemType.UNREADABLE_CROSSINGS
    TOTALS_DISAGREE = CameraProblemType.TOTALS_DISAGREE
    OTHER_INSTANCE = CameraProblemType.OTHER_INSTANCE
    COPIED_INSTANCE = CameraProblemType.COPIED_INSTANCE
    WORKER_KEY_UNUSED = "worker_key_unused"
    REFRESH_OVERDUE = "refresh_overdue"
    DATABASE_JOB = "database_job"


CAMERA_TYPES = frozenset(IncidentType) - {
    IncidentType.WORKER_KEY_UNUSED,
    IncidentType.REFRESH_OVERDUE,
    IncidentType.DATABASE_JOB,
}
"""The incidents of a camera. Owners see these of their stores; superadmins see all."""


class Severity(StrEnum):
    """How urgent an incident is."""

    WARNING = "warning"
    CRITICAL = "critical"


CRITICAL_TYPES = frozenset(
    {
        IncidentType.CAMERA_OFFLINE,
        IncidentType.PICTURE_FROZEN,
        IncidentType.PICTURE_COVERED,
        IncidentType.PEOPLE_NOT_SEEN,
        IncidentType.NO_CROSSINGS,
        IncidentType.LOST_CROSSINGS,
        IncidentType.OTHER_INSTANCE,
        IncidentType.REFRESH_OVERDUE,
    }
)
"""Nobody is counted, or the numbers stand still, until somebody acts. The others make numbers worse or late."""

INCIDENT_TITLES = {
    IncidentType.CAMERA_OFFLINE: "Camera offline",
    IncidentType.PICTURE_FROZEN: "Picture frozen",
    IncidentType.PICTURE_COVERED: "Picture covered or dark",
    IncidentType.PICTURE_MOVED: "Camera moved",
    IncidentType.PICTURE_DAMAGED: "Picture damaged",
    IncidentType.PEOPLE_NOT_SEEN: "People not seen",
    IncidentType.NO_CROSSINGS: "No crossings in a busy hour",
    IncidentType.SLOW: "Edge box too slow",
    IncidentType.TRACKS_BREAK_UP: "Tracks break up",
    IncidentType.CLOCK_OFF: "Clock of the edge box is off",
    IncidentType.BACKLOG: "Crossings wait on the edge box",
    IncidentType.REFUSED_CROSSINGS: "Crossings refused",
    IncidentType.LOST_CROSSINGS: "Crossings lost",
    IncidentType.UNREADABLE_CROSSINGS: "Crossings unreadable",
    IncidentType.TOTALS_DISAGREE: "Totals disagree",
    IncidentType.OTHER_INSTANCE: "Second edge worker",
    IncidentType.COPIED_INSTANCE: "Copied outbox",
    IncidentType.WORKER_KEY_UNUSED: "Worker key unused",
    IncidentType.REFRESH_OVERDUE: "Aggregates not refreshed",
    IncidentType.DATABASE_JOB: "Database job fails",
}


def severity_of(kind: IncidentType) -> Severity:
    """Return the severity of the incidents of a type."""
    return Severity.CRITICAL if kind in CRITICAL_TYPES else Severity.WARNING
