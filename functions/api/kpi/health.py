"""Whether cameras report, and until when what they sent is complete."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from functions.api.kpi.words import CameraStatus, Health

HEARD_WITHIN = timedelta(minutes=3)
"""A camera is online when it was heard of within this time: three heartbeats, one a minute."""


def camera_status(last_seen_at: datetime | None, now: datetime) -> CameraStatus:
    """Whether a camera that was last heard of at that moment is online."""
    if last_seen_at is None:
        return CameraStatus.NEVER_SEEN
    return CameraStatus.ONLINE if now - last_seen_at <= HEARD_WITHIN else CameraStatus.OFFLINE


def store_health(cameras: Sequence[CameraStatus]) -> Health:
    """The health of a store with those cameras."""
    if not cameras:
        return Health.NO_CAMERAS
    online = sum(status is CameraStatus.ONLINE for status in cameras)
    if online == len(cameras):
        return Health.ONLINE
    return Health.DEGRADED if online else Health.OFFLINE


def complete_until(delivered: Iterable[datetime | None], now: datetime) -> datetime | None:
    """Until when everything has arrived: the least of what the live counting cameras delivered.

    Cameras that were never heard of are left out: their part is missing, not late. None when none was heard of.
    """
    heard = [moment for moment in delivered if moment is not None]
    return min(now, *heard) if heard else None
