"""Repository of the maintenance Lambda. It serves no caller, so its functions take none."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]


def delete_expired_invites(connection: Connection, expired_for: timedelta) -> int:
    """Delete unaccepted invitations that expired longer ago than this, and return their number."""
    statement = "DELETE FROM store_invites WHERE accepted_at IS NULL AND expires_at < now() - %s"
    return connection.execute(statement, [expired_for]).rowcount


def read_snapshot_keys(connection: Connection) -> set[str]:
    """Return the object keys of the snapshots that cameras refer to."""
    rows = connection.execute("SELECT snapshot_key FROM cameras WHERE snapshot_key IS NOT NULL").fetchall()
    return {row[0] for row in rows}


def time_since_refresh(connection: Connection) -> timedelta:
    """Return how long ago the refresh job of the database last finished."""
    since: timedelta
    (since,) = connection.execute("SELECT now() - max(refreshed_at) FROM aggregate_refresh").fetchall()[0]
    return since
