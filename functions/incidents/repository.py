"""Repository of the incidents Lambda. It serves no caller, so its functions take none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert

from db.timescale.tables import (
    cameras,
    incidents,
    stores,
    worker_instances,
    worker_keys,
)
from functions.common.database import Connection
from functions.common.database_jobs import JobStatus
from functions.common.incidents import CAMERA_TYPES, IncidentType
from functions.incidents.camera_faults import CameraReport
from functions.incidents.finding import Subject
from functions.incidents.transitions import Incident

_OF_INSTANCE = {"totals_difference", "totals_differ_since", "copy_seen_at"}
_REPORT_COLUMNS = [
    cameras.c.id.label("camera_id") if field.name == "camera_id" else cameras.c[field.name]
    for field in fields(CameraReport)
    if field.name not in _OF_INSTANCE
]
_SUBJECT_COLUMNS = [incidents.c[field.name] for field in fields(Subject)]
_INCIDENT_COLUMNS = [incidents.c[field.name] for field in fields(Incident) if field.name != "subject"]
_CHANGED_BY_JOB = ("detail", "remedy", "facts", "opened_at", "absent_since", "ended_at", "closed_at")

_COUNTED_HOURS = text("""
WITH wanted AS (
  SELECT * FROM unnest(CAST(:store_ids AS uuid[]), CAST(:starts AS timestamptz[])) AS wanted (store_id, start)
)
SELECT camera_id, start, sum(crossings)::bigint AS crossings, sum(minutes)::bigint AS minutes FROM (
  SELECT counted.camera_id, wanted.start, counted.ins + counted.outs AS crossings, 0 AS minutes
  FROM wanted JOIN footfall_15m AS counted ON counted.store_id = wanted.store_id
    AND counted.bucket >= wanted.start AND counted.bucket < wanted.start + interval '1 hour'
  WHERE counted.bucket >= :first AND counted.bucket < :end
  UNION ALL
  SELECT observed.camera_id, wanted.start, 0, observed.minutes
  FROM wanted JOIN coverage_15m AS observed ON observed.store_id = wanted.store_id
    AND observed.bucket >= wanted.start AND observed.bucket < wanted.start + interval '1 hour'
  WHERE observed.bucket >= :first AND observed.bucket < :end
) AS parts GROUP BY camera_id, start
""")

# Writers of incidents wait for each other until the end of the transaction; readers do not.
_LOCK = text("LOCK TABLE incidents IN SHARE ROW EXCLUSIVE MODE")
_TIME_SINCE_REFRESH = text("SELECT now() - refreshed_at, now() - refreshed_until FROM aggregate_refresh")
_JOB_STATUS = text("SELECT * FROM job_status()")


@dataclass(frozen=True, slots=True)
class WorkerKey:
    """A worker key that is not revoked. `hint` is its last four characters."""

    id: UUID
    store_id: UUID
    name: str
    hint: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class CountedHour:
    """What a camera counted in an hour.

    Attributes:
        camera_id: the camera.
        start: start of the hour, UTC.
        crossings: of both directions.
        minutes: the observed minutes, 0 to 60.
    """

    camera_id: UUID
    start: datetime
    crossings: int
    minutes: int


def list_cameras(connection: Connection) -> list[CameraReport]:
    """Return the cameras of all stores, without archived stores and cameras."""
    statement = (
        select(*_REPORT_COLUMNS, *(worker_instances.c[name] for name in sorted(_OF_INSTANCE)))
        .select_from(cameras)
        .join(stores, stores.c.id == cameras.c.store_id)
        .outerjoin(
            worker_instances,
            (worker_instances.c.camera_id == cameras.c.id) & (worker_instances.c.instance_id == cameras.c.instance_id),
        )
        .where(cameras.c.archived_at.is_(None), stores.c.archived_at.is_(None))
    )
    return [CameraReport(**row) for row in connection.execute(statement).mappings()]


def list_worker_keys(connection: Connection) -> list[WorkerKey]:
    """Return the keys of all stores that are not revoked, without those of archived stores."""
    statement = (
        select(*(worker_keys.c[field.name] for field in fields(WorkerKey)))
        .join(stores, stores.c.id == worker_keys.c.store_id)
        .where(worker_keys.c.revoked_at.is_(None), stores.c.archived_at.is_(None))
    )
    return [WorkerKey(**row) for row in connection.execute(statement).mappings()]


def list_counted_hours(connection: Connection, starts: Mapping[UUID, Sequence[datetime]]) -> list[CountedHour]:
    """Return what the cameras of stores counted in hours; hours without a crossing and without a minute are missing.

    Args:
        connection: connection of the job.
        starts: by store the starts of the hours, UTC, on quarter-hours.
    """
    hours = [(store_id, start) for store_id, of_store in starts.items() for start in of_store]
    if not hours:
        return []
    values = {
        "store_ids": [store_id for store_id, _ in hours],
        "starts": [start for _, start in hours],
        "first": min(start for _, start in hours),
        "end": max(start for _, start in hours) + timedelta(hours=1),
    }
    return [CountedHour(**row) for row in connection.execute(_COUNTED_HOURS, values).mappings()]


def time_since_refresh(connection: Connection) -> tuple[timedelta, timedelta | None]:
    """Return how long ago the refresh job last finished, and how long ago what it has refreshed ends.

    The second is None before the first run of the job.
    """
    finished, until = connection.execute(_TIME_SINCE_REFRESH).one()
    return finished, until


def list_jobs(connection: Connection) -> list[JobStatus]:
    """Return the status of the jobs of the database."""
    return [JobStatus(**row) for row in connection.execute(_JOB_STATUS).mappings()]


def lock_incidents(connection: Connection) -> None:
    """Make other runs of the job wait until the end of the transaction."""
    connection.execute(_LOCK)


def list_lasting_incidents(connection: Connection) -> list[Incident]:
    """Return the incidents that have not ended."""
    statement = select(*_INCIDENT_COLUMNS, *_SUBJECT_COLUMNS).where(incidents.c.ended_at.is_(None))
    return [
        Incident(
            subject=Subject(IncidentType(row["type"]), row["store_id"], row["object_id"]),
            **{column.name: row[column.name] for column in _INCIDENT_COLUMNS},
        )
        for row in connection.execute(statement).mappings()
    ]


def list_open_types(connection: Connection) -> list[IncidentType]:
    """Return the type of each open incident."""
    statement = select(incidents.c.type).where(incidents.c.opened_at.is_not(None), incidents.c.closed_at.is_(None))
    return [IncidentType(kind) for kind in connection.execute(statement).scalars()]


def list_mutes(connection: Connection, now: datetime) -> dict[Subject, datetime]:
    """Return by subject until when its incidents are muted, those that have ended included."""
    until = incidents.c.muted_until
    statement = select(*_SUBJECT_COLUMNS, func.max(until).label("until")).where(until > now).group_by(*_SUBJECT_COLUMNS)
    return {
        Subject(IncidentType(row["type"]), row["store_id"], row["object_id"]): row["until"]
        for row in connection.execute(statement).mappings()
    }


def store_incidents(connection: Connection, changed: Iterable[Incident]) -> None:
    """Insert new incidents and update known ones."""
    rows = [_to_row(incident) for incident in changed]
    if rows:
        statement = insert(incidents)
        updated = {name: statement.excluded[name] for name in _CHANGED_BY_JOB}
        connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=updated), rows)


def delete_incidents(connection: Connection, ids: Sequence[UUID]) -> None:
    """Delete faults that were gone before they became incidents."""
    if ids:
        connection.execute(delete(incidents).where(incidents.c.id.in_(ids)))


def delete_old_incidents(connection: Connection, ended_before: datetime) -> int:
    """Delete incidents that ended before, and return their number."""
    return connection.execute(delete(incidents).where(incidents.c.ended_at < ended_before)).rowcount


def _to_row(incident: Incident) -> dict[str, object]:
    subject = incident.subject
    return {
        **{column.name: getattr(incident, column.name) for column in _INCIDENT_COLUMNS},
        "type": subject.type.value,
        "store_id": subject.store_id,
        "object_id": subject.object_id,
        "camera_id": UUID(subject.object_id) if subject.type in CAMERA_TYPES else None,
    }
