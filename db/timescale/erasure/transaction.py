"""The transaction of an erasure: undone at its end unless it is to be executed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any, LiteralString
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb

Connection = psycopg.Connection[Any]

LOCK_TIMEOUT = "5s"
"""An erasure that waits longer for a lock fails and can be repeated; requests behind it wait no longer either."""


class ErasureError(Exception):
    """Nothing was erased; the message says why and what to do."""


@contextmanager
def erasing(connection: Connection, *, execute: bool) -> Iterator[None]:
    """Run the block in a transaction that may change the audit log.

    Args:
        connection: a connection of the owner of the tables, in autocommit mode.
        execute: commit at the end; otherwise undo everything, so that the numbers of rows were only found out.

    Raises:
        ErasureError: this login may not erase, or a lock was not granted in time.
    """
    try:
        with connection.transaction(force_rollback=not execute):
            connection.execute("SELECT set_config('lock_timeout', %s, true)", [LOCK_TIMEOUT])
            connection.execute("SELECT set_config('metrica.erasing', 'yes', true)")
            yield
    except psycopg.errors.LockNotAvailable as error:
        raise ErasureError("Another transaction holds a lock on the rows; nothing was changed. Try again.") from error
    except psycopg.errors.InsufficientPrivilege as error:
        raise ErasureError("This login may not erase. Use the login of the owner of the tables.") from error


def record_erasure(
    connection: Connection, action: LiteralString, subject_type: LiteralString, subject_id: UUID | None, rows: object
) -> None:
    """Add an entry to the audit log that names nobody: only the random id and the numbers of rows.

    Args:
        connection: the connection of the transaction.
        action: `person.erase` or `store.erase`.
        subject_type: `user` or `store`.
        subject_id: the id, or None for a person who has never signed in.
        rows: numbers of rows, by table.
    """
    connection.execute(
        "INSERT INTO audit_log (action, subject_type, subject_id, before) VALUES (%s, %s, %s, %s)",
        [action, subject_type, None if subject_id is None else str(subject_id), Jsonb({"rows": rows})],
    )


def forget_statistics(connection: Connection, tables: Iterable[LiteralString]) -> None:
    """Renew the statistics of tables: those of the planner contain values of the rows that they were made from."""
    for table in tables:
        connection.execute(sql.SQL("ANALYZE {}").format(sql.Identifier(table)))
