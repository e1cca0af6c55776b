"""The jobs of the maintenance Lambda. Each may run again, late, or twice at once, without harm."""

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

SNAPSHOTS = "snapshots/"


class RefreshOverdueError(RuntimeError):
    """The database's refresh job does not run, or fails: late data stays out of history, and queries slow down."""


def watch_refresh(connection: Connection) -> int:
    """The minutes since the aggregates were refreshed. Raises RefreshOverdueError when they are too many."""
    since = repository.time_since_refresh(connection)
    if since > REFRESH_OVERDUE_AFTER:
        raise RefreshOverdueError(
            f"The aggregates were last refreshed {since} ago. See timescaledb_information.job_errors, and"
            " whether the server has background workers to spare (timescaledb.max_background_workers)."
        )
    return since // timedelta(minutes=1)


def forget_old_invites(connection: Connection) -> int:
    """Delete invitations that ran out long ago: they are addresses of people who never came."""
    return repository.delete_old_invites(connection, EXPIRED_INVITE_RETENTION)


def remove_old_snapshots(connection: Connection, bucket: str, now: datetime | None = None) -> int:
    """Delete the pictures that no camera points at any more; the number of them."""
    client = _client()
    current = repository.current_snapshot_keys(connection)
    limit = (now or datetime.now(UTC)) - UNUSED_SNAPSHOT_LIFETIME
    removed = 0
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=SNAPSHOTS):
        old = [
            {"Key": item["Key"]}
            for item in page.get("Contents", [])
            if item["Key"] not in current and item["LastModified"] < limit
        ]
        if old:
            client.delete_objects(Bucket=bucket, Delete={"Objects": old, "Quiet": True})
            removed += len(old)
    return removed


def run_all(jobs: Mapping[str, Callable[[], int]]) -> dict[str, int | str]:
    """Run every job, whatever becomes of the others; for each what it did, or `failed`."""
    done: dict[str, int | str] = {}
    for name, job in jobs.items():
        try:
            done[name] = job()
        except Exception:
            logger.exception("maintenance: %s failed", name)
            done[name] = "failed"
    return done


def _client() -> BaseClient:
    import boto3

    return boto3.client("s3")
