"""Whether a camera reports: the same words and the same threshold for owners and admins."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

HEARD_WITHIN = timedelta(minutes=3)
"""A camera is online when it was heard of within this time: three heartbeats, one a minute."""


class CameraStatus(StrEnum):
    """``never_seen``: no heartbeat has ever arrived."""

    ONLINE = "online"
    OFFLINE = "offline"
    NEVER_SEEN = "never_seen"


def camera_status(last_seen_at: datetime | None, now: datetime) -> CameraStatus:
    """The status of a camera that was last heard of at that moment (both aware)."""
    if last_seen_at is None:
        return CameraStatus.NEVER_SEEN
    return CameraStatus.ONLINE if now - last_seen_at <= HEARD_WITHIN else CameraStatus.OFFLINE
