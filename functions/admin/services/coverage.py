"""How much of the open time of the last seven days each camera has observed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from functions.admin.open_times import Schedule, Span
from functions.admin.repositories import coverage as repository
from functions.admin.schemas.overview import CameraCoverage, Coverage, CoverageDay
from functions.common.database import Connection
from functions.common.identity import Superadmin

DAYS = 7
_QUARTER = timedelta(minutes=15)
_NOT_SENT_YET = timedelta(minutes=2)
"""The newest minutes are left out: a heartbeat brings them half a minute after their end."""


def get_coverage(connection: Connection, admin: Superadmin) -> Coverage:
    """Return the open and the observed minutes of the last seven store-days of every camera, today included."""
    now = datetime.now(UTC)
    since = now - timedelta(days=DAYS + 2)
    schedules = repository.list_schedules(connection, admin, since.date())
    observed = repository.list_observed(connection, admin, since)
    return Coverage(
        cameras=[
            CameraCoverage(
                camera_id=camera.camera_id,
                days=summarize_days(
                    schedules[camera.store_id],
                    observed.get(camera.camera_id, []),
                    begin=camera.created_at,
                    now=now,
                ),
            )
            for camera in repository.list_cameras(connection, admin)
        ]
    )


def summarize_days(
    schedule: Schedule, observed: Sequence[tuple[datetime, int]], *, begin: datetime, now: datetime
) -> list[CoverageDay]:
    """Return the last seven store-days of a camera, oldest first.

    Args:
        schedule: the opening hours of its store.
        observed: quarter-hours with the minutes that the camera observed in each.
        begin: since when the camera exists.
        now: the present time, aware.
    """
    today = schedule.today(now)
    days = [today - timedelta(days=back) for back in reversed(range(DAYS))]
    return [_summarize(day, schedule.open_times(day), observed, begin, now - _NOT_SENT_YET) for day in days]


def _summarize(
    day: date, spans: Sequence[Span], observed: Sequence[tuple[datetime, int]], begin: datetime, end: datetime
) -> CoverageDay:
    open_times = [(max(start, begin), min(stop, end)) for start, stop in spans]
    open_minutes = round(sum(max((stop - start).total_seconds(), 0) for start, stop in open_times) / 60)
    minutes = sum(
        count
        for bucket, count in observed
        if any(start < bucket + _QUARTER and bucket < stop for start, stop in open_times)
    )
    return CoverageDay(day=day, open_minutes=open_minutes, observed_minutes=min(minutes, open_minutes))
