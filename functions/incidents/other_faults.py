"""The faults of worker keys and of jobs of the database. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from functions.common.database_jobs import JobStatus, find_job_problem, find_refresh_problem
from functions.common.incidents import IncidentType
from functions.incidents.finding import Fault, Subject

KEY_UNUSED_AFTER = timedelta(days=30)
"""A worker key that no edge box used for this long is forgotten or lost."""

REFRESH_JOB = "refresh_aggregates"


def find_unused_key(
    name: str, hint: str, created_at: datetime, last_used_at: datetime | None, now: datetime
) -> Fault | None:
    """Return the fault of a worker key that no edge box uses, or None."""
    unused_since = last_used_at or created_at
    if now - unused_since < KEY_UNUSED_AFTER:
        return None
    used = "was never used" if last_used_at is None else f"was last used on {last_used_at:%Y-%m-%d}"
    return Fault(
        f"The worker key {name!r}, which ends in {hint}, {used}.",
        "Revoke the key if no edge box needs it. Otherwise check why its box sends nothing.",
        unused_since,
    )


def key_subject(store_id: UUID, key_id: UUID) -> Subject:
    """Return the subject of an unused key."""
    return Subject(IncidentType.WORKER_KEY_UNUSED, store_id, str(key_id))


def find_job_faults(
    jobs: Iterable[JobStatus], finished: timedelta, refreshed_until: timedelta | None, now: datetime
) -> Iterator[tuple[Subject, Fault | None]]:
    """Yield the faults of the jobs of the database, by subject.

    Args:
        jobs: the jobs.
        finished: how long ago the refresh job last finished.
        refreshed_until: how long ago what it has refreshed ends; None before its first run.
        now: current time, aware.
    """
    refresh = find_refresh_problem(finished, refreshed_until)
    yield (
        Subject(IncidentType.REFRESH_OVERDUE, None, REFRESH_JOB),
        None if refresh is None else Fault(refresh.detail, refresh.remedy, now - finished),
    )
    for job in jobs:
        problem = find_job_problem(job, now)
        yield (
            Subject(IncidentType.DATABASE_JOB, None, f"{job.job_name} {job.table_name or ''}".strip()),
            None if problem is None else Fault(problem.detail, problem.remedy, job.overdue_since),
        )
