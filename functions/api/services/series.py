"""The series behind the dashboard: visitors and exits in intervals, each with its state and coverage."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from functions.api.interval import Interval
from functions.api.kpi.cells import Cell
from functions.api.kpi.coverage import bucket_state, counted, coverage
from functions.api.kpi.storetime import StoreClock
from functions.api.kpi.window import Window, tile
from functions.api.repositories.watches import read_camera_watch, read_cameras
from functions.api.schemas.footfall import Footfall, FootfallRow
from functions.api.schemas.values import CameraId, StoreId
from functions.api.services.cameras import data_complete_until
from functions.api.services.moments import window_of_request
from functions.api.services.observation import Asked, observe
from functions.api.services.settings_of_store import store_time
from functions.common.database import Connection
from functions.common.problems import NotFound
from functions.common.tenancy import ReadableStore


class CameraNotFound(NotFound):
    """No such camera, or it has never been one of this store."""

    type = "camera_not_found"
    default_detail = "There is no such camera in this store."


def read_series(
    connection: Connection,
    store: ReadableStore,
    now: datetime,
    *,
    since: str,
    until: str,
    interval: Interval,
    camera_id: UUID | None,
) -> Footfall:
    """The series of the store as it counted, or of everything that one of its cameras saw.

    Raises:
        Invalid: the window cannot be answered.
        CameraNotFound: not a camera of the store.
    """
    time = store_time(store)
    clock = time.clock
    window = window_of_request(since, until, interval, clock, now)
    cameras = read_cameras(connection, [store])
    only = None
    if camera_id is not None:
        only = read_camera_watch(connection, store, camera_id, now)
        if only is None:
            raise CameraNotFound
        cameras = [camera for camera in cameras if camera.camera_id == camera_id]
    seen = observe(connection, [Asked(store, time, window, only=only)], now)[0]
    return Footfall(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=store.timezone,
        camera_id=CameraId(camera_id) if camera_id else None,
        interval=interval,
        start=clock.local(window.start),
        end=clock.local(window.end),
        limit_days=interval.limit_days,
        data_complete_until=data_complete_until(cameras, clock, now),
        provenance=seen.provenance,
        rows=list(_rows(seen.cells, _places(interval, window, clock), clock)),
    )


def _places(interval: Interval, window: Window, clock: StoreClock) -> list[Window]:
    if interval is Interval.QUARTER:
        return list(tile(window))
    return clock.hours(window) if interval is Interval.HOUR else clock.days(window)


def _rows(cells: tuple[Cell, ...], places: list[Window], clock: StoreClock) -> Iterator[FootfallRow]:
    at = 0
    for place in places:
        first = at
        while at < len(cells) and cells[at].start < place.end:
            at += 1
        inside = cells[first:at]
        visitors, exits = counted(inside)
        yield FootfallRow(
            start=clock.local(place.start),
            end=clock.local(place.end),
            visitors=visitors,
            exits=exits,
            state=bucket_state(inside),
            coverage=coverage(inside),
        )
