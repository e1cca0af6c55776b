"""The state of every camera, and the audit log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from itertools import groupby
from uuid import UUID

from functions.admin.count_evidence import CheckedCamera, find_count_check_due
from functions.admin.repositories import overview as repository
from functions.admin.repositories.overview import AuditRow, CameraHealthRow
from functions.admin.schemas.overview import (
    AuditEntry,
    AuditPage,
    Health,
    HealthCamera,
    HealthCountCheck,
    HealthStore,
    HealthSummary,
    TimeZoneProblem,
)
from functions.admin.time_zone_check import ComparedTimes, find_problems
from functions.common.camera_problems import find_camera_problems, find_totals_difference
from functions.common.cameras import camera_status
from functions.common.database import Connection
from functions.common.identity import Superadmin

COMPARED_EVERY = timedelta(days=7)
"""The pages ask every few seconds, so they get a coarser comparison of time zones than maintenance makes."""


def get_health(connection: Connection, admin: Superadmin) -> Health:
    """Return the status of every camera of every store, their numbers by status, and problems of time zones."""
    now = datetime.now(UTC)
    rows = repository.list_camera_health(connection, admin)
    stores = [_to_store(list(group), now) for _, group in groupby(rows, key=lambda row: row.store_id)]
    statuses = Counter(camera.status.value for store in stores for camera in store.cameras)
    times = ComparedTimes.around(now, COMPARED_EVERY)
    problems = find_problems(repository.list_time_zone_offsets(connection, admin, times), times)
    summary = HealthSummary(online=statuses["online"], offline=statuses["offline"], never_seen=statuses["never_seen"])
    return Health(
        checked_at=now,
        summary=summary,
        time_zone_problems=[TimeZoneProblem.model_validate(asdict(problem)) for problem in problems],
        stores=stores,
    )


def get_audit(
    connection: Connection,
    admin: Superadmin,
    *,
    before: int | None,
    limit: int,
    store_id: UUID | None,
    actor_id: UUID | None,
    action: str | None,
) -> AuditPage:
    """Return a page of the audit log, newest first: at most `limit` entries older than the entry `before`."""
    rows = repository.list_audit_entries(
        connection, admin, before=before, limit=limit + 1, store_id=store_id, actor_id=actor_id, action=action
    )
    entries = [_to_entry(row) for row in rows[:limit]]
    return AuditPage(entries=entries, next_before=entries[-1].entry_id if len(rows) > limit else None)


def _to_store(rows: Sequence[CameraHealthRow], now: datetime) -> HealthStore:
    first = rows[0]
    return HealthStore(
        store_id=first.store_id,
        name=first.store_name,
        timezone=first.timezone,
        cameras=[_to_camera(row, now) for row in rows if row.camera_id is not None],
    )


def _to_camera(row: CameraHealthRow, now: datetime) -> HealthCamera:
    return HealthCamera.model_validate(
        {
            **asdict(row),
            "status": camera_status(row.last_seen_at, now),
            "totals_difference": find_totals_difference(row, now),
            "problems": [asdict(problem) for problem in find_camera_problems(row, now)],
            "count_check": _to_count_check(row, now),
        }
    )


def _to_count_check(row: CameraHealthRow, now: datetime) -> HealthCountCheck | None:
    if row.line_set_at is None:  # a store without cameras
        return None
    due = find_count_check_due(
        CheckedCamera(
            origin=row.origin,
            is_counting_line=row.is_counting_line,
            last_seen_at=row.last_seen_at,
            line_set_at=row.line_set_at,
            view_accepted_at=row.view_accepted_at,
            last_check_start=row.last_check_start,
            last_check_end=row.last_check_end,
        )
    )
    if due is None:
        return None
    return HealthCountCheck(last_at=row.last_check_end, due_at=due.at, reason=due.reason, is_overdue=due.at <= now)


def _to_entry(row: AuditRow) -> AuditEntry:
    return AuditEntry.model_validate({**asdict(row), "entry_id": row.id})
