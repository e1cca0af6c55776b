"""The jobs of the maintenance Lambda. Each can run again, late, or twice at the same time without harm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

from functions.admin.public_holidays import holiday_years, list_public_holidays
from functions.admin.repositories import maintenance as repository
from functions.admin.time_zone_check import ComparedTimes, find_problems
from functions.common.database_jobs import find_job_problem, find_refresh_problem
from functions.common.limits import (
    EXPIRED_INVITE_RETENTION,
    IDEMPOTENCY_RETENTION,
    UNUSED_SNAPSHOT_LIFETIME,
)

if TYPE_CHECKING:
    from botocore.client import BaseClient

logger = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]

SNAPSHOT_PREFIX = "snapshots/"


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
    if problem := find_refresh_problem(finished, refreshed_until):
        raise RefreshOverdueError(str(problem))
    return finished // timedelta(minutes=1)


def check_database_jobs(connection: Connection, now: datetime | None = None) -> int:
    """Check the refresh job, the policies and the job that ends analysts' statements, and return their number.

    Raises:
        DatabaseJobError: at least one of them needs attention; the message names each, with what to do.
    """
    jobs = repository.read_job_status(connection)
    problems = [str(problem) for job in jobs if (problem := find_job_problem(job, now or datetime.now(UTC)))]
    if problems:
        raise DatabaseJobError("\n".join(problems))
    return len(jobs)


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


def delete_old_idempotency_keys(connection: Connection) -> int:
    """Delete idempotency keys with their responses after a day, and return their number."""
    return repository.delete_old_idempotency_keys(connection, IDEMPOTENCY_RETENTION)


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


def name_public_holidays(connection: Connection) -> int:
    """Look up the names of public holidays that were stored without them, and return the number of their stores."""
    stores = repository.list_stores_with_unnamed_holidays(connection)
    for store in stores:
        holidays = list_public_holidays(store.country, store.region, range(store.first_year, store.last_year + 1))
        repository.set_holiday_names(connection, store.id, holidays)
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
