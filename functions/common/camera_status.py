"""Whether a camera reports: the same words and the same threshold for owners and admins."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from .limits import ONLINE_WITHIN


class CameraStatus(StrEnum):
    """``never_seen``: no heartbeat has ever arrived."""

    ONLINE = "online"
    OFFLINE = "offline"
    NEVER_SEEN = "never_seen"


def camera_status(last_seen_at: datetime | None, now: datetime) -> CameraStatus:
    """The status of a camera that was last heard of at that moment (both aware)."""
    if last_seen_at is None:
        return CameraStatus.NEVER_SEEN
    return CameraStatus.ONLINE if now - last_seen_at <= ONLINE_WITHIN else CameraStatus.OFFLINE
