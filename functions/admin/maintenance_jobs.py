"""The jobs of the maintenance Lambda. Each can run again, late, or twice at the same time without harm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

from functions.admin.repositories import maintenance as repository
from functions.common.limits import EXPIRED_INVITE_RETENTION, REFRESH_OVERDUE_AFTER, UNUSED_SNAPSHOT_LIFETIME

if TYPE_CHECKING:
    from botocore.client import BaseClient

logger = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]

SNAPSHOT_PREFIX = "snapshots/"


class RefreshOverdueError(RuntimeError):
    """The refresh job of the database does not run or fails: late data is missing from history, queries slow down."""


def check_refresh(connection: Connection) -> int:
    """Return the minutes since the aggregates were refreshed.

    Raises:
        RefreshOverdueError: they are more than `REFRESH_OVERDUE_AFTER`.
    """
    since = repository.time_since_refresh(connection)
    if since > REFRESH_OVERDUE_AFTER:
        raise RefreshOverdueError(
            f"The aggregates were last refreshed {since} ago. Read timescaledb_information.job_errors, and check that"
            " the server has free background workers (timescaledb.max_background_workers)."
        )
    return since // timedelta(minutes=1)


def delete_expired_invites(connection: Connection) -> int:
    """Delete invitations that expired unaccepted long ago, and return their number: they hold e-mail addresses."""
    return repository.delete_expired_invites(connection, EXPIRED_INVITE_RETENTION)


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
