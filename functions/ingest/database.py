"""The database connection of the process, which is opened again after it was lost."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import psycopg
from psycopg.rows import TupleRow

from functions.common.database_url import conninfo
from functions.common.metrics import database_time
from functions.common.problems import DatabaseUnavailable
from functions.common.secret import Secret
from functions.common.sql_comment import CommentingCursor
from functions.common.timed_connection import TimedConnection

from .postgres_arrays import register as register_arrays

logger = logging.getLogger(__name__)

Connection = psycopg.Connection[TupleRow]
T = TypeVar("T")

CONNECT_TIMEOUT_S = 3
# A new connection may help. ReadOnlySqlTransaction: the server has become a replica.
CONNECTION_ERRORS = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)
# A new connection would not help: the statement took too long or waited too long for a lock.
TIMEOUT_ERRORS = (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable)
# A peer that is gone without closing the connection is noticed after 10 s instead of two hours.
KEEPALIVE: Mapping[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}


class Database:
    """Runs statements in autocommit mode: each is a transaction, without the round trips of BEGIN and COMMIT."""

    def __init__(self, url: Secret) -> None:
        self._url = url
        self._connection: Connection | None = None

    def run(self, work: Callable[[Connection], T]) -> T:
        """Return the result of `work(connection)`, which runs again on a new connection when the open one was lost.

        `work` must be idempotent: a connection can be lost after the commit, before its confirmation arrives.

        Raises:
            DatabaseUnavailable: the database cannot be reached or cancelled the statement.
        """
        try:
            if self._connection is not None and not self._connection.closed:
                try:
                    return work(self._connection)
                except TIMEOUT_ERRORS:
                    raise
                except CONNECTION_ERRORS as error:
                    logger.warning("database connection lost (%s); reconnecting", type(error).__name__)
                    self.close()
            return work(self._connect())
        except TIMEOUT_ERRORS:
            logger.warning("the database cancelled a statement")
            raise DatabaseUnavailable from None
        except CONNECTION_ERRORS as error:
            self.close()
            logger.warning("database unavailable: %s", type(error).__name__)
            raise DatabaseUnavailable from None

    def close(self) -> None:
        """Close the connection, if one is open."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> Connection:
        try:
            address = conninfo(self._url.reveal())
            with database_time():
                self._connection = TimedConnection.connect(
                    address,
                    autocommit=True,
                    prepare_threshold=None,  # for poolers, and for the embedded database, whose session is shared
                    connect_timeout=CONNECT_TIMEOUT_S,
                    application_name="metrica-ingest",
                    client_encoding="utf8",
                    cursor_factory=CommentingCursor,
                    **KEEPALIVE,
                )
        except psycopg.OperationalError:
            self._url.forget()  # the login may have failed: libpq does not tell this apart from other failures
            raise
        register_arrays(self._connection)
        return self._connection
