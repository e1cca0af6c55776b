"""The jobs of the maintenance Lambda. Each may run again, late, or twice at once, without harm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

from db.timescale.late import refresh_late
from functions.admin.repositories import upkeep as repository

if TYPE_CHECKING:
    from botocore.client import BaseClient

logger = logging.getLogger(__name__)

Connection = psycopg.Connection[Any]

SNAPSHOTS = "snapshots/"
OLD_SNAPSHOT = timedelta(days=1)
"""A snapshot that no camera points at stays this long: somebody may be looking at it."""
INVITES_KEPT = timedelta(days=90)


def refresh(connection: Connection) -> int:
    """Bring the aggregates up to date for crossings that came late; the number of ranges."""
    return len(refresh_late(connection))


def forget_old_invites(connection: Connection) -> int:
    """Delete invitations that ran out long ago: they are addresses of people who never came."""
    return repository.delete_old_invites(connection, INVITES_KEPT)


def remove_old_snapshots(connection: Connection, bucket: str, now: datetime | None = None) -> int:
    """Delete the pictures that no camera points at any more; the number of them."""
    client = _client()
    current = repository.current_snapshot_keys(connection)
    limit = (now or datetime.now(UTC)) - OLD_SNAPSHOT
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
