"""What the Lambdas say in the same way about incidents: their types."""

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
