"""The cameras of a store as the answers show them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from functions.api.kpi.health import camera_status, complete_until, store_health
from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.words import CameraStatus
from functions.api.repositories.watches import StoreCamera
from functions.api.schemas.values import StoreHealth


def health_of(cameras: Sequence[StoreCamera], clock: StoreClock, now: datetime) -> StoreHealth:
    """Whether the cameras report."""
    statuses = [camera_status(camera.last_seen_at, now) for camera in cameras]
    seen = [camera.last_seen_at for camera in cameras if camera.last_seen_at is not None]
    return StoreHealth(
        status=store_health(statuses),
        cameras_online=sum(status is CameraStatus.ONLINE for status in statuses),
        cameras_total=len(cameras),
        last_seen_at=clock.local(max(seen)) if seen else None,
    )


def data_complete_until(cameras: Iterable[StoreCamera], clock: StoreClock, now: datetime) -> datetime | None:
    """Until when everything that the store's counting cameras saw has arrived, in the store's time."""
    until = complete_until((camera.delivered_until for camera in cameras if camera.is_counting_line), now)
    return clock.local(until) if until is not None else None
