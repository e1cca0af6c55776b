"""The cameras of a store as the answers show them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from functions.api.kpi.health import complete_until, store_health
from functions.api.kpi.storetime import StoreClock
from functions.api.repositories.watches import StoreCamera
from functions.api.schemas.values import StoreHealth
from functions.common.cameras import CameraStatus, camera_status


def health_of(cameras: Sequence[StoreCamera], clock: StoreClock, now: datetime) -> StoreHealth:
    """Whether the cameras report."""
    online = sum(camera_status(camera.last_seen_at, now) is CameraStatus.ONLINE for camera in cameras)
    seen = [camera.last_seen_at for camera in cameras if camera.last_seen_at is not None]
    return StoreHealth(
        status=store_health(online, len(cameras)),
        cameras_online=online,
        cameras_total=len(cameras),
        last_seen_at=clock.local(max(seen)) if seen else None,
    )


def data_complete_until(cameras: Iterable[StoreCamera], clock: StoreClock, now: datetime) -> datetime | None:
    """Until when everything that the store's counting cameras saw has arrived, in the store's time."""
    until = complete_until((camera.delivered_until for camera in cameras if camera.is_counting_line), now)
    return clock.local(until) if until is not None else None
