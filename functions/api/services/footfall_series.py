"""The footfall series: visitors and exits in intervals, each with its state and coverage; as JSON and as CSV.

The CSV (RFC 4180) is plain ASCII, so every spreadsheet reads it. Each row has its times with their offset, and its
start once more as wall-clock time, which spreadsheets recognise as a date.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from functions.api.kpi.buckets import buckets_within
from functions.api.kpi.coverage import bucket_note, bucket_state, coverage, visitors_and_exits
from functions.api.kpi.enums import Interval
from functions.api.kpi.store_clock import StoreClock
from functions.api.kpi.window import Window, split_window
from functions.api.repositories.counting_periods import get_camera_period, list_cameras
from functions.api.schemas.footfall import Footfall, FootfallRow
from functions.api.schemas.types import CameraId, StoreId
from functions.api.services.annotations import Annotations, list_annotations
from functions.api.services.footfall_query import FootfallQuery, FootfallResult, query_footfall
from functions.api.services.request_window import parse_window
from functions.api.services.store_health import get_data_complete_until
from functions.api.services.store_settings import parse_store_settings
from functions.common.database import Connection
from functions.common.problems import NotFound
from functions.common.tenancy import ReadableStore

CSV_COLUMNS = ("start", "end", "local_time", "visitors", "exits", "state", "coverage", "note")

CSV_LINES_PER_CHUNK = 1000
"""Sending a chunk costs a switch to another thread. With one line per chunk, a year of hours took seconds."""


class CameraNotFound(NotFound):
    """The camera does not exist, or has never belonged to this store."""

    type = "camera_not_found"
    default_detail = "Camera not found."


def get_footfall(
    connection: Connection,
    store: ReadableStore,
    now: datetime,
    *,
    since: str,
    until: str,
    interval: Interval,
    camera_id: UUID | None,
) -> Footfall:
    """Return the series of a store as it counted, or of everything that one of its cameras saw.

    Args:
        connection: the connection of the request.
        store: the store.
        now: the current time.
        since: the parameter `from`.
        until: the parameter `to`.
        interval: the length of a row.
        camera_id: one camera, whether or not it was a counting line; None for the whole store.

    Raises:
        Invalid: the window is not valid.
        CameraNotFound: the camera has never belonged to the store.
    """
    settings = parse_store_settings(store)
    clock = settings.clock
    window = parse_window(since, until, interval, clock, now)
    cameras = list_cameras(connection, [store])
    camera = None
    if camera_id is not None:
        camera = get_camera_period(connection, store, camera_id, now)
        if camera is None:
            raise CameraNotFound
        cameras = [listed for listed in cameras if listed.camera_id == camera_id]
    result = query_footfall(connection, [FootfallQuery(store, settings, window, camera=camera)], now)[0]
    last_day = clock.date_of(window.end - timedelta(microseconds=1))
    annotations = list_annotations(connection, store, clock, clock.date_of(window.start), last_day)
    return Footfall(
        store_id=StoreId(store.id),
        name=store.name,
        timezone=clock.zone_on(last_day).key,
        camera_id=CameraId(camera_id) if camera_id else None,
        interval=interval,
        start=clock.local(window.start),
        end=clock.local(window.end),
        limit_days=interval.limit_days,
        data_complete_until=get_data_complete_until(cameras, clock, now),
        provenance=result.provenance,
        rows=list(_rows(result, _split_by(interval, window, clock), annotations)),
    )


def _split_by(interval: Interval, window: Window, clock: StoreClock) -> list[Window]:
    if interval is Interval.QUARTER:
        return list(split_window(window))
    return clock.split_hours(window) if interval is Interval.HOUR else clock.split_days(window)


def _rows(result: FootfallResult, windows: list[Window], annotations: Annotations) -> Iterator[FootfallRow]:
    clock = result.query.settings.clock
    for window in windows:
        buckets = buckets_within(result.buckets, window)
        visitors, exits = visitors_and_exits(buckets)
        yield FootfallRow(
            start=clock.local(window.start),
            end=clock.local(window.end),
            visitors=visitors,
            exits=exits,
            state=bucket_state(buckets),
            coverage=coverage(buckets),
            note=bucket_note(buckets),
            annotations=annotations.within(window),
        )


def csv_chunks(footfall: Footfall) -> Iterator[str]:
    """Return the series as CSV: the header and one line per row, a thousand lines at a time."""
    lines = _csv_lines(footfall)
    while chunk := "".join(islice(lines, CSV_LINES_PER_CHUNK)):
        yield chunk


def _csv_lines(footfall: Footfall) -> Iterator[str]:
    yield ",".join(CSV_COLUMNS) + "\r\n"
    for row in footfall.rows:
        values = (
            row.start.isoformat(),
            row.end.isoformat(),
            row.start.strftime("%Y-%m-%d %H:%M"),
            "" if row.visitors is None else str(row.visitors),  # an unknown number is empty, never 0
            "" if row.exits is None else str(row.exits),
            str(row.state),
            "" if row.coverage is None else f"{row.coverage:.4f}",
            "" if row.note is None else str(row.note),
        )
        yield ",".join(values) + "\r\n"


def csv_file_name(footfall: Footfall) -> str:
    """Return a file name with the store or camera, the interval and the dates of the series."""
    source = f"camera-{footfall.camera_id}" if footfall.camera_id else f"store-{footfall.store_id}"
    return f"footfall-{source}-{footfall.interval}-{footfall.start:%Y%m%d}-{footfall.end:%Y%m%d}.csv"
