"""Repository of the maintenance Lambda."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import psycopg

Connection = psycopg.Connection[Any]


def delete_old_invites(connection: Connection, kept_for: timedelta) -> int:
    """Delete invitations that were never accepted and ran out longer ago than that; the number of them."""
    statement = "DELETE FROM store_invites WHERE accepted_at IS NULL AND expires_at < now() - %s"
    return connection.execute(statement, [kept_for]).rowcount


def current_snapshot_keys(connection: Connection) -> set[str]:
    """The objects that cameras point at."""
    rows = connection.execute("SELECT snapshot_key FROM cameras WHERE snapshot_key IS NOT NULL").fetchall()
    return {row[0] for row in rows}


def time_since_refresh(connection: Connection) -> timedelta:
    """How long ago the database's refresh job last came to its end."""
    since: timedelta
    (since,) = connection.execute("SELECT now() - max(refreshed_at) FROM aggregate_refresh").fetchall()[0]
    return since
