"""A store now."""

from datetime import datetime

from functions.api.repositories.crossings import CameraCount, read_camera_counts, read_last_crossing
from functions.api.repositories.watches import StoreCamera
from functions.api.schemas.live import FormerCameras, Live, LiveCamera, StoreDay
from functions.api.schemas.values import CameraId, StoreId
from functions.api.services.cameras import data_complete_until, health_of
from functions.api.services.today import Today, read_today
from functions.common.camera_status import camera_status
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


def look_now(connection: Connection, store: ReadableStore, now: datetime) -> Live:
    """People inside now, today's totals so far, and the cameras behind them."""
    today = read_today(connection, [store], now)[0]
    clock, so_far = today.clock, today.window.until(now)
    counts = read_camera_counts(connection, store, so_far, today.observed.watches)
    listed = {camera.camera_id for camera in today.cameras}
    former = [count for camera_id, count in counts.items() if camera_id not in listed]
    last_crossing = read_last_crossing(connection, store, so_far, today.observed.watches)
    resets = today.observed.resets
    return Live(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=store.timezone,
        now=clock.local(now),
        store_day=StoreDay(date=today.day, start=clock.local(today.window.start), end=clock.local(today.window.end)),
        is_open=today.time.opening.is_open(now, clock.zone),
        occupancy=today.occupancy,
        capacity=store.capacity,
        visitors_today=today.visitors,
        exits_today=today.exits,
        balance=today.exits / today.visitors if today.visitors and today.exits is not None else None,
        last_crossing_at=clock.local(last_crossing) if last_crossing else None,
        last_reset_at=clock.local(resets[-1].at) if resets else None,
        data_complete_until=data_complete_until(today.cameras, clock, now),
        health=health_of(today.cameras, clock, now),
        cameras=[_camera(camera, counts.get(camera.camera_id, CameraCount()), today, now) for camera in today.cameras],
        former_cameras=FormerCameras(
            counted_in=sum(count.counted_ins for count in former),
            counted_out=sum(count.counted_outs for count in former),
        ),
        provenance=today.observed.provenance,
    )


def _camera(camera: StoreCamera, count: CameraCount, today: Today, now: datetime) -> LiveCamera:
    return LiveCamera(
        camera_id=CameraId(camera.camera_id),
        name=camera.name,
        is_counting_line=camera.is_counting_line,
        status=camera_status(camera.last_seen_at, now),
        last_seen_at=today.clock.local(camera.last_seen_at) if camera.last_seen_at else None,
        origin=camera.origin,
        entries=count.ins,
        exits=count.outs,
        counted_in=count.counted_ins,
        counted_out=count.counted_outs,
    )
