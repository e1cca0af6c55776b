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


def waiting_late_ranges(connection: Connection) -> tuple[int, timedelta]:
    """How many notes of late data wait for a refresh, and how long the oldest of them (0 when none does)."""
    statement = "SELECT count(*), coalesce(now() - min(received_at), interval '0') FROM late_ranges"
    row = connection.execute(statement).fetchone()
    assert row is not None  # noqa: S101  # an aggregate of no rows is a row
    return row[0], row[1]
