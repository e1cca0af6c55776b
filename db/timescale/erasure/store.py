"""Erasure of a store: all of its rows, crossings and aggregates included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import LiteralString
from uuid import UUID

from psycopg import sql

from db.timescale.aggregate_refresh import refresh_lock
from db.timescale.erasure.transaction import Connection, ErasureError, erasing, record_erasure

ARCHIVED_FOR = timedelta(minutes=2)
"""How long a store has to be archived: a process of ingest remembers a worker key for 45 seconds."""

_NOTIFICATIONS: LiteralString = """
DELETE FROM notifications n WHERE
  EXISTS (SELECT FROM notification_incidents t JOIN incidents i ON i.id = t.incident_id
          WHERE t.notification_id = n.id AND i.store_id = %(store)s)
  OR EXISTS (SELECT FROM report_subscriptions s WHERE s.id = n.subscription_id AND s.store_id = %(store)s)
  OR EXISTS (SELECT FROM notification_channels c WHERE c.id = n.channel_id AND c.store_id = %(store)s)
"""
_HYPERTABLES: tuple[LiteralString, ...] = ("events", "camera_minutes")
# Written by triggers when other rows are deleted, so they come last.
_WITHOUT_REFERENCE: tuple[LiteralString, ...] = ("late_ranges", "store_data_versions")


@dataclass(frozen=True)
class StoreErasure:
    """What was removed.

    Attributes:
        name: the name that the store had.
        rows: deleted rows by table; `audit_log`: entries whose content was removed. None that are 0.
    """

    name: str
    rows: Mapping[str, int]


def erase_store(connection: Connection, store_id: UUID, *, execute: bool) -> StoreErasure:
    """Delete all rows of a store. The entries of the audit log stay without what they say about the store.

    The rows of the aggregates are deleted directly and not by a refresh: a refresh would delete the history of all
    other stores that is older than the retention of the events.

    Args:
        connection: a connection of the owner of the tables, in autocommit mode.
        store_id: the store; it has to be archived.
        execute: whether to commit; otherwise the result says what would be removed.

    Raises:
        ErasureError: there is no such store, it is not archived long enough, or the database refuses.
    """
    # A refresh that runs meanwhile would write rows of the store again.
    with refresh_lock(connection), erasing(connection, execute=execute):
        name = _lock_archived_store(connection, store_id)
        cameras = _list_cameras(connection, store_id)
        values = {"store": store_id, "subject": str(store_id), "cameras": cameras}
        rows = _count_rows(connection, store_id)
        connection.execute("SELECT set_config('timescaledb.max_tuples_decompressed_per_dml_transaction', '0', true)")
        for table in _HYPERTABLES:
            # By camera too: the columnstore is segmented by it.
            statement = sql.SQL("DELETE FROM {} WHERE store_id = %(store)s AND camera_id = ANY(%(cameras)s)")
            rows[table] = connection.execute(statement.format(sql.Identifier(table)), values).rowcount
        rows |= _delete_aggregates(connection, store_id)
        rows["notifications"] = connection.execute(_NOTIFICATIONS, values).rowcount
        connection.execute("DELETE FROM cameras WHERE store_id = %(store)s", values)
        connection.execute("DELETE FROM stores WHERE id = %(store)s", values)
        for table in _WITHOUT_REFERENCE:
            delete = sql.SQL("DELETE FROM {} WHERE store_id = %(store)s").format(sql.Identifier(table))
            connection.execute(delete, values)
        rows["audit_log"] = connection.execute(
            "UPDATE audit_log SET before = NULL, after = NULL"
            " WHERE (store_id = %(store)s OR subject_id = %(subject)s) AND num_nonnulls(before, after) > 0",
            values,
        ).rowcount
        rows = {table: count for table, count in rows.items() if count}
        record_erasure(connection, "store.erase", "store", store_id, rows)
    return StoreErasure(name, rows)


def _lock_archived_store(connection: Connection, store_id: UUID) -> str:
    row = connection.execute(
        "SELECT name, archived_at <= now() - %s FROM stores WHERE id = %s FOR UPDATE", [ARCHIVED_FOR, store_id]
    ).fetchone()
    if row is None:
        raise ErasureError(f"There is no store {store_id}.")
    name, is_archived = row
    if not is_archived:
        raise ErasureError(
            f"The store {name!r} is not archived, or was archived less than {ARCHIVED_FOR.seconds // 60} minutes ago."
            " Archive it in the admin pages first, so that its edge boxes are refused."
        )
    return str(name)


def _list_cameras(connection: Connection, store_id: UUID) -> list[UUID]:
    """Return the cameras that the store has or that have counted for it."""
    rows = connection.execute(
        "SELECT id FROM cameras WHERE store_id = %(store)s"
        " UNION SELECT camera_id FROM camera_counting_periods WHERE store_id = %(store)s"
        " UNION SELECT camera_id FROM footfall_hourly WHERE store_id = %(store)s"
        " UNION SELECT camera_id FROM coverage_hourly WHERE store_id = %(store)s",
        {"store": store_id},
    ).fetchall()
    return [row[0] for row in rows]


def _count_rows(connection: Connection, store_id: UUID) -> dict[str, int]:
    """Return the number of rows that refer to the store or to one of its cameras, by table."""
    tables = connection.execute(
        "SELECT c.relname, bool_or(a.attname = 'store_id')"
        " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
        " WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname IN ('store_id', 'camera_id')"
        " GROUP BY c.relname ORDER BY c.relname"
    ).fetchall()
    rows = {"stores": 1}
    for table, has_store in tables:
        if table in {*_HYPERTABLES, "audit_log"}:
            continue
        condition = (
            sql.SQL("store_id = %s")
            if has_store
            else sql.SQL("camera_id IN (SELECT id FROM cameras WHERE store_id = %s)")
        )
        statement = sql.SQL("SELECT count(*) FROM {} WHERE {}").format(sql.Identifier(table), condition)
        [(rows[table],)] = connection.execute(statement, [store_id]).fetchall()
    return rows


def _delete_aggregates(connection: Connection, store_id: UUID) -> dict[str, int]:
    """Delete the materialised rows of every continuous aggregate."""
    rows = {}
    aggregates = connection.execute(
        "SELECT view_name, materialization_hypertable_schema, materialization_hypertable_name"
        " FROM timescaledb_information.continuous_aggregates WHERE view_schema = 'public' ORDER BY view_name"
    ).fetchall()
    for view, schema, table in aggregates:
        statement = sql.SQL("DELETE FROM {} WHERE store_id = %s").format(sql.Identifier(schema, table))
        rows[view] = connection.execute(statement, [store_id]).rowcount
    return rows
