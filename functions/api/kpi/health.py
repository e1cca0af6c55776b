"""Whether cameras report, and until when what they sent is complete."""

from collections.abc import Iterable
from datetime import datetime

from functions.api.kpi.words import Health


def store_health(online: int, cameras: int) -> Health:
    """The health of a store with so many cameras, so many of them online."""
    if not cameras:
        return Health.NO_CAMERAS
    if online == cameras:
        return Health.ONLINE
    return Health.DEGRADED if online else Health.OFFLINE


def complete_until(delivered: Iterable[datetime | None], now: datetime) -> datetime | None:
    """Until when everything has arrived: the least of what the live counting cameras delivered.

    Cameras that were never heard of are left out: their part is missing, not late. None when none was heard of.
    """
    heard = [moment for moment in delivered if moment is not None]
    return min(now, *heard) if heard else None
