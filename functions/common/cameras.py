"""What the owner API and the admin API say in the same way about a camera: its origin and its status."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from .limits import ONLINE_WITHIN


class Origin(StrEnum):
    """Where a camera's crossings come from: a real camera, generated history, or a simulator."""

    CAMERA = "camera"
    GENERATED = "generated"
    SIMULATED = "simulated"


class Picture(StrEnum):
    """What the picture of a camera shows, as its edge worker reports it."""

    OK = "ok"
    FROZEN = "frozen"
    COVERED = "covered"
    MOVED = "moved"
    DAMAGED = "damaged"
    PEOPLE_NOT_SEEN = "people_not_seen"

    @property
    def hides_people(self) -> bool:
        """Return whether nobody can be counted in this picture."""
        return self in (Picture.FROZEN, Picture.COVERED)


class CameraStatus(StrEnum):
    """Whether heartbeats arrive. ``never_seen``: none has ever arrived."""

    ONLINE = "online"
    OFFLINE = "offline"
    NEVER_SEEN = "never_seen"


def camera_status(last_seen_at: datetime | None, now: datetime) -> CameraStatus:
    """Return the status of a camera.

    Args:
        last_seen_at: time of its last heartbeat, aware; None when none has arrived.
        now: current time, aware.
    """
    if last_seen_at is None:
        return CameraStatus.NEVER_SEEN
    return CameraStatus.ONLINE if now - last_seen_at <= ONLINE_WITHIN else CameraStatus.OFFLINE
