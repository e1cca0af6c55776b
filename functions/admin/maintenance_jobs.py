"""The jobs of the maintenance Lambda. Each can run again, late, or twice at the same time without harm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

from functions.admin.public_holidays import holiday_years, list_public_holidays
from functions.admin.repositories import maintenance as repository
from functions.admin.repositories.maintenance import JobStatus
from functions.admin.time_zone_check import ComparedTimes, find_problems
from functions.common.limits import (
    EXPIRED_INVITE_RETENTION,
    JOB_OVERDUE_AFTER,
    REFRESH_LAG_ALARM,
    REFRESH_OVERDUE_AFTER,
    UNUSED_SNAPSHOT_LIFETIME,
    WORK_OVERDUE_AFTER,
)

if TYPE_CHECKING:
    from botocore.client import BaseClient

logger = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]

SNAPSHOT_PREFIX = "snapshots/"
READ_JOB_ERRORS = (
    "Read timescaledb_information.job_errors, and check that the server has free background workers"
    " (timescaledb.max_background_workers, max_worker_processes)."
)


class RefreshOverdueError(RuntimeError):
    """The refresh job of the database does not run or fails: late data is missing from history, queries slow down."""


class TimeZoneError(RuntimeError):
    """A time zone of a store is unknown, or the database and the application disagree about it."""


class DatabaseJobError(RuntimeError):
    """A job of the database is not scheduled, does not run, or leaves its work undone."""


def check_refresh(connection: Connection) -> int:
    """Return the minutes since the aggregates were refreshed.

    Raises:
        RefreshOverdueError: they are more than `REFRESH_OVERDUE_AFTER`, or runs do not reach the newest data.
    """
    finished, refreshed_until = repository.time_since_refresh(connection)
    if finished > REFRESH_OVERDUE_AFTER:
        raise RefreshOverdueError(f"The aggregates were last refreshed {finished} ago. {READ_JOB_ERRORS}")
    if refreshed_until is not None and refreshed_until > REFRESH_LAG_ALARM:
        raise RefreshOverdueError(f"The aggregates are refreshed until {refreshed_until} ago only. {READ_JOB_ERRORS}")
    return finished // timedelta(minutes=1)


def check_database_jobs(connection: Connection, now: datetime | None = None) -> int:
    """Check the refresh job, the policies and the job that ends analysts' statements, and return their number.

    Raises:
        DatabaseJobError: at least one of them needs attention; the message names each, with what to do.
    """
    jobs = repository.read_job_status(connection)
    problems = [problem for job in jobs if (problem := find_job_problem(job, now or datetime.now(UTC)))]
    if problems:
        raise DatabaseJobError("\n".join(problems))
    return len(jobs)


def find_job_problem(job: JobStatus, now: datetime) -> str | None:
    """Return what is wrong with a job and what to do, or None.

    A failed run alone is no problem: the refresh job can be reported as failed although its work is committed, and a
    columnstore policy that met a concurrent write runs again after five minutes. The undone work counts.
    """
    subject = f"The job {job.job_id} ({job.job_name}{f' of {job.table_name}' if job.table_name else ''})"
    if not job.scheduled:
        return f"{subject} is not scheduled. Run SELECT alter_job({job.job_id}, scheduled => true)."
    if job.next_start is not None and now - job.next_start > JOB_OVERDUE_AFTER:
        return f"{subject} was due at {job.next_start} and has not started. {READ_JOB_ERRORS}"
    limit = WORK_OVERDUE_AFTER[job.job_name]
    if job.overdue_since is not None and now - job.overdue_since > limit:
        return f"{subject} has not done work that is due since {job.overdue_since}. {READ_JOB_ERRORS}"
    if (
        job.last_run_status == "Failed"
        and job.job_name != "refresh_aggregates"
        and (job.last_successful_finish is None or now - job.last_successful_finish > limit)
    ):
        return f"{subject} failed; its last successful run ended at {job.last_successful_finish}. {READ_JOB_ERRORS}"
    return None


def check_time_zones(connection: Connection, now: datetime | None = None) -> int:
    """Compare the database's time zones of the stores with the application's, and return their number.

    Raises:
        TimeZoneError: the database or the application does not know one, or they disagree about one.
    """
    times = ComparedTimes.around(now or datetime.now(UTC), timedelta(days=1))
    zones = repository.read_time_zone_offsets(connection, times)
    if problems := find_problems(zones, times):
        raise TimeZoneError("\n".join(problem.detail for problem in problems))
    return len(zones)


def delete_expired_invites(connection: Connection) -> int:
    """Delete invitations that expired unaccepted long ago, and return their number: they hold e-mail addresses."""
    return repository.delete_expired_invites(connection, EXPIRED_INVITE_RETENTION)


def add_public_holidays(connection: Connection, today: date | None = None) -> int:
    """Add the public holidays of the years that stores with a country lack, and return the number of those stores."""
    years = holiday_years(today or datetime.now(UTC).date())
    stores = repository.list_stores_without_holidays(connection, date(years[-1], 1, 1))
    for store in stores:
        holidays = list_public_holidays(
            store.country, store.region, range(max(years[0], store.last_year + 1), years.stop)
        )
        repository.insert_public_holidays(connection, store, holidays)
    return len(stores)


def remove_old_snapshots(connection: Connection, bucket: str, now: datetime | None = None) -> int:
    """Delete the snapshots that no camera refers to any more, and return their number."""
    client = _client()
    current = repository.read_snapshot_keys(connection)
    limit = (now or datetime.now(UTC)) - UNUSED_SNAPSHOT_LIFETIME
    removed = 0
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=SNAPSHOT_PREFIX):
        old = [
            {"Key": item["Key"]}
            for item in page.get("Contents", [])
            if item["Key"] not in current and item["LastModified"] < limit
        ]
        if old:
            client.delete_objects(Bucket=bucket, Delete={"Objects": old, "Quiet": True})
            removed += len(old)
    return removed


def run_jobs(jobs: Mapping[str, Callable[[], int]]) -> dict[str, int | str]:
    """Run every job, also after one has failed. Returns the result of each, or `failed`."""
    results: dict[str, int | str] = {}
    for name, job in jobs.items():
        try:
            results[name] = job()
        except Exception:
            logger.exception("maintenance: %s failed", name)
            results[name] = "failed"
    return results


def _client() -> BaseClient:
    import boto3

    return boto3.client("s3")
