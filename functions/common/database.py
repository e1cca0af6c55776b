"""One session per request: a connection and its transaction, committed when the endpoint has returned.

Nobody commits by hand. The commit happens before the answer is sent, so an answer of 200 is stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, cast

import psycopg
from fastapi import Depends, Request
from sqlalchemy import Connection, Engine, create_engine, event, literal, select
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

from .secret import Secret

CONNECT_TIMEOUT_S = 5

Session = Connection
"""What a repository queries through: a request's connection and its one transaction. (Nobody needs an ORM's.)"""


class Database:
    """The process's engine, made when it is first needed (a cold start that answers 401 never connects).

    A Lambda serves one request at a time: one connection is kept, a few more are allowed (tests, a local server with
    threads). Connections are checked before use, so a restarted database costs a reconnect and no error.
    """

    def __init__(self, url: Secret) -> None:
        self._url = url
        self._engine: Engine | None = None

    def session(self) -> Session:
        """A connection of the pool; given back when its `with` block ends, rolled back if it was not committed."""
        if self._engine is None:
            self._engine = self._make_engine()
        return self._engine.connect()

    def dispose(self) -> None:
        """Close what is kept open. The next session opens anew."""
        if self._engine is not None:
            self._engine.dispose()
            self._engine = None

    def _make_engine(self) -> Engine:
        def connect() -> DBAPIConnection:
            # The secret is revealed at each connect: a rotated password reaches a warm process.
            connection = psycopg.connect(
                plain_url(self._url.reveal()),
                prepare_threshold=None,
                connect_timeout=CONNECT_TIMEOUT_S,
                application_name="metrica",
                client_encoding="utf8",
            )
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
    """A server that has become a replica keeps its sessions: drop ours, so that the next one finds who takes writes."""
    if isinstance(context.original_exception, psycopg.errors.ReadOnlySqlTransaction):
        context.is_disconnect = True


def plain_url(url: str) -> str:
    """The address as libpq takes it: without SQLAlchemy's driver name.

    >>> plain_url("postgresql+psycopg://u@h/d")
    'postgresql://u@h/d'
    """
    scheme, separator, rest = url.partition("://")
    return f"{scheme.partition('+')[0]}{separator}{rest}"


def ping(session: Session) -> None:
    """Ask the database for nothing. Raises what it raises when it does not answer."""
    session.execute(select(literal(1)))


def get_session(request: Request) -> Iterator[Session]:
    database: Database = request.app.state.database
    with database.session() as session:
        yield session
        session.commit()


SessionDep = Annotated[Session, Depends(get_session, scope="function")]
"""The request's session. `scope="function"`: the commit is done, or has failed, before the answer is sent."""
