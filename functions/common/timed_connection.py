"""A connection that adds the time that it waits for the database to the metrics of the request."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.abc import PQGen
from psycopg.rows import TupleRow

from .metrics import database_time


class TimedConnection(psycopg.Connection[TupleRow]):
    """A connection of psycopg, timed.

    Every round trip of a statement, a commit and a rollback is one call of `wait`. Connecting is not: time it with
    `metrics.database_time`.
    """

    def wait(self, gen: PQGen[Any], *options: Any, **named: Any) -> Any:
        """Run what waits for the server, as `psycopg.Connection.wait` does."""
        with database_time():
            return super().wait(gen, *options, **named)
