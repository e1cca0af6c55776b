"""The health of a store: whether its cameras report, and until when its data is complete."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from functions.api.kpi.enums import Health
from functions.api.kpi.store_clock import StoreClock
from functions.api.repositories.counting_periods import StoreCamera
from functions.api.schemas.types import StoreHealth
from functions.common.cameras import CameraStatus, camera_status


def get_store_health(cameras: Sequence[StoreCamera], clock: StoreClock, now: datetime, *, is_open: bool) -> StoreHealth:
    """Return whether the cameras of a store report, with a picture in which people can be counted.

    The picture is not judged while the store is closed: without light it is as dark as that of a covered lens.
    """
    online = [camera for camera in cameras if camera_status(camera.last_seen_at, now) is CameraStatus.ONLINE]
    counting = [camera for camera in online if not is_open or camera.picture is None or not camera.picture.hides_people]
    seen_at = [camera.last_seen_at for camera in cameras if camera.last_seen_at is not None]
    return StoreHealth(
        status=_health(len(online), len(counting), len(cameras)),
        cameras_online=len(online),
        cameras_total=len(cameras),
        last_seen_at=clock.local(max(seen_at)) if seen_at else None,
    )


def _health(online: int, counting: int, cameras: int) -> Health:
    if not cameras:
        return Health.NO_CAMERAS
    if counting == cameras:
        return Health.ONLINE
    return Health.DEGRADED if online else Health.OFFLINE


def get_data_complete_until(cameras: Iterable[StoreCamera], clock: StoreClock, now: datetime) -> datetime | None:
    """Return the time before which all data of the counting cameras has arrived, in the zone of the store.

    Cameras that have never reported are left out: their data is missing, not late.

    Returns:
        None when no counting camera has ever reported.
    """
    delivered = [
        camera.delivered_until for camera in cameras if camera.is_counting_line and camera.delivered_until is not None
    ]
    return clock.local(min(now, *delivered)) if delivered else None
