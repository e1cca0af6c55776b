"""The database of the FastAPI Lambdas: one connection and one transaction per request.

The transaction is committed after the endpoint has returned and before the response is sent: what a 200 says is stored.
Endpoints, services and repositories never commit. A request that reads numbers begins a second, read-only transaction
after its authentication: `begin_snapshot`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, cast

import psycopg
from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, create_engine, event, literal, select
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

from .database_url import conninfo
from .metrics import database_time
from .secret import Secret
from .sql_comment import CommentingCursor
from .timed_connection import TimedConnection

CONNECT_TIMEOUT_S = 5

__all__ = ["CONNECT_TIMEOUT_S", "Connection", "ConnectionDep", "Database", "begin_snapshot", "get_connection", "ping"]


class Database:
    """The connection pool of the process, made when it is first needed (a cold start that responds 401 never connects).

    A Lambda serves one request at a time: one connection is kept, a few more are allowed (tests, a local server with
    threads). Connections are checked before use, so a restarted database costs a reconnect and no error.
    """

    def __init__(self, url: Secret) -> None:
        self._url = url
        self._engine: Engine | None = None

    def connect(self) -> Connection:
        """Return a connection of the pool.

        Leaving its `with` block returns it to the pool and rolls back what was not committed.
        """
        if self._engine is None:
            self._engine = self._make_engine()
        return self._engine.connect()

    def dispose(self) -> None:
        """Close the pooled connections. The next `connect` opens a new one."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _make_engine(self) -> Engine:
        def connect() -> DBAPIConnection:
            # The secret is revealed at each connect: a rotated password reaches a warm process.
            try:
                address = conninfo(self._url.reveal())
                with database_time():
                    connection = TimedConnection.connect(
                        address,
                        prepare_threshold=None,
                        connect_timeout=CONNECT_TIMEOUT_S,
                        application_name="metrica",
                        client_encoding="utf8",
                        cursor_factory=CommentingCursor,
                    )
            except psycopg.OperationalError:
                self._url.forget()  # the login may have failed: libpq does not tell this apart from other failures
                raise
            return cast(DBAPIConnection, connection)

        engine = create_engine(
            "postgresql+psycopg://",
            creator=connect,
            use_native_hstore=False,
            pool_size=1,
            max_overflow=4,
            pool_timeout=10,
            pool_pre_ping=True,
            pool_recycle=300,
            hide_parameters=True,
        )
        event.listen(engine, "handle_error", _leave_a_replica)
        return engine


def _leave_a_replica(context: ExceptionContext) -> None:
    """Drop connections to a server that has become a read-only replica, so that the next one finds the primary."""
    if isinstance(context.original_exception, psycopg.errors.ReadOnlySqlTransaction):
        context.is_disconnect = True


def ping(connection: Connection) -> None:
    """Run `SELECT 1`. Raises SQLAlchemy's error when the database does not respond."""
    connection.execute(select(literal(1)))


def begin_snapshot(connection: Connection) -> None:
    """Commit, and begin a read-only transaction whose statements all see the same snapshot of the database.

    The isolation level is REPEATABLE READ, until the connection returns to the pool. The authentication has to be
    committed before: two requests that update the row of one user would fail at this level.
    """
    connection.commit()
    connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)


def get_connection(request: Request) -> Iterator[Connection]:
    """Yield the connection of a request and commit its transaction when the endpoint has returned."""
    database: Database = request.app.state.database
    with database.connect() as connection:
        yield connection
        connection.commit()


ConnectionDep = Annotated[Connection, Depends(get_connection, scope="function")]
"""The connection of the request. `scope="function"`: the commit has succeeded or failed before the response is sent."""
