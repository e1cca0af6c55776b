"""The process's one connection to the database. It comes back by itself after the database was away."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import psycopg
from psycopg.rows import TupleRow

from functions.common.database_url import conninfo
from functions.common.problems import DatabaseUnavailable
from functions.common.secret import Secret

from .binary import register as register_arrays

logger = logging.getLogger(__name__)

Connection = psycopg.Connection[TupleRow]
T = TypeVar("T")

CONNECT_TIMEOUT_S = 3
# What a new connection may mend; the last one is a server that has become a replica.
LOST = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)
# Nothing is wrong with the connection: the statement took too long, or waited too long, and would again.
CUT_OFF = (psycopg.errors.QueryCanceled, psycopg.errors.LockNotAvailable)
# A peer that has vanished without a word is noticed after 10 s, not after the system's two hours.
KEEPALIVE: Mapping[str, Any] = {
    "keepalives": 1,
    "keepalives_idle": 30,
    "keepalives_interval": 5,
    "keepalives_count": 2,
    "tcp_user_timeout": 10_000,
}


class Database:
    """Runs statements, each its own transaction (autocommit: no BEGIN and COMMIT to wait for)."""

    def __init__(self, url: Secret) -> None:
        self._url = url
        self._connection: Connection | None = None

    def run(self, work: Callable[[Connection], T]) -> T:
        """The result of `work(connection)`; once more on a new connection when the kept one turns out to be dead.

        So `work` must be safe to run twice: a connection can die after the commit and before the news of it. Raises
        DatabaseUnavailable when the database cannot be reached or cuts the statement off.
        """
        try:
            if self._connection is not None and not self._connection.closed:
                try:
                    return work(self._connection)
                except CUT_OFF:
                    raise
                except LOST as error:
                    logger.warning("the connection was lost (%s); connecting again", type(error).__name__)
                    self.close()
            return work(self._connect())
        except CUT_OFF:
            logger.warning("the database cut a statement off")
            raise DatabaseUnavailable from None
        except LOST as error:
            self.close()
            logger.warning("the database did not answer: %s", type(error).__name__)
            raise DatabaseUnavailable from None

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self) -> Connection:
        self._connection = psycopg.connect(
            conninfo(self._url.reveal()),
            autocommit=True,
            prepare_threshold=None,  # poolers, and the embedded database, whose session is shared
            connect_timeout=CONNECT_TIMEOUT_S,
            application_name="metrica-ingest",
            client_encoding="utf8",
            **KEEPALIVE,
        )
        register_arrays(self._connection)
        return self._connection
