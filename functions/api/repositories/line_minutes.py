"""The lines that the cameras of stores counted with, as their heartbeats report them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Date, Integer, Uuid, and_, func, or_, select, true, union_all

from db.timescale.tables import camera_line_minutes, camera_lines
from functions.api.kpi.buckets import CountingPeriod
from functions.api.kpi.line_changes import LineMinutes
from functions.api.kpi.window import Window
from functions.api.repositories.arrays import any_of, unnest_rows
from functions.common.database import Connection
from functions.common.tenancy import ReadableStore


def list_line_minutes(
    connection: Connection,
    store_windows: Sequence[tuple[ReadableStore, Window]],
    counting_periods: Sequence[Sequence[CountingPeriod]],
) -> list[tuple[LineMinutes, ...]]:
    """Return for each store and window the minutes of its counting cameras by line, in whole UTC days.

    The last line that a camera counted with before these days is included: a change at the start of the window shows.

    Args:
        connection: the connection of the request.
        store_windows: the stores and windows.
        counting_periods: for each of them, when which camera counted for the store.
    """
    cameras = [
        (index, camera_id, window.start.date(), window.end.date())
        for index, ((_, window), periods) in enumerate(zip(store_windows, counting_periods, strict=True))
        for camera_id in sorted({period.camera_id for period in periods})
    ]
    if not cameras:
        return [() for _ in store_windows]
    request = unnest_rows(
        "request",
        {"window_index": Integer(), "camera_id": Uuid(), "first_day": Date(), "last_day": Date()},
        cameras,
    )
    m = camera_line_minutes.c
    of_camera = select(m.line_version, m.first_minute, m.last_minute).where(m.camera_id == request.c.camera_id)
    before = of_camera.where(m.day < request.c.first_day).order_by(m.day.desc(), m.last_minute.desc()).limit(1)
    within = of_camera.where(m.day >= request.c.first_day, m.day <= request.c.last_day)
    minutes = union_all(before.correlate(request).subquery().select(), within.correlate(request)).lateral("minutes")
    line = camera_lines.c
    same_line = func.min(line.version).over(partition_by=(line.camera_id, line.line, line.anchor))
    first_version = (
        select(line.camera_id, line.version, same_line.label("first_version"))
        .where(line.camera_id == any_of({camera_id for _, camera_id, _, _ in cameras}))
        .subquery("first_version")
    )
    statement = (
        select(
            request.c.window_index,
            request.c.camera_id,
            func.coalesce(first_version.c.first_version, minutes.c.line_version).label("line_version"),
            minutes.c.first_minute,
            minutes.c.last_minute,
        )
        .join_from(request, minutes, true())
        .outerjoin(
            first_version,
            and_(first_version.c.camera_id == request.c.camera_id, first_version.c.version == minutes.c.line_version),
        )
    )
    found: list[list[LineMinutes]] = [[] for _ in store_windows]
    for row in connection.execute(statement):
        found[row.window_index].append(LineMinutes(row.camera_id, row.line_version, row.first_minute, row.last_minute))
    return [tuple(of_window) for of_window in found]


def list_cameras_with_several_lines(
    connection: Connection,
    store_windows: Sequence[tuple[ReadableStore, Window]],
    counting_periods: Sequence[CountingPeriod],
) -> set[UUID]:
    """Return the cameras that counted with more than one version of the line between the first and the last window.

    The windows of all stores count together, so a camera may have counted with one version in those of its own store.

    Most cameras never do. Then no single minute has to be read.

    Args:
        connection: the connection of the request.
        store_windows: the stores, each with its windows; at least one.
        counting_periods: when which camera counted for one of the stores.
    """
    m = camera_line_minutes.c
    known = func.count(m.line_version)
    statement = (
        select(m.camera_id)
        .where(
            m.camera_id == any_of({period.camera_id for period in counting_periods}),
            m.day >= min(window.start for _, window in store_windows).date(),
            m.day <= max(window.end for _, window in store_windows).date(),
        )
        .group_by(m.camera_id)
        .having(or_(func.min(m.line_version) != func.max(m.line_version), and_(known > 0, known < func.count())))
    )
    return set(connection.scalars(statement))
