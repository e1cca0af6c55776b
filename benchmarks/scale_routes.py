"""The cost of the routes of the owner API: their time, and the pages and rows that their statements read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine

from benchmarks.owner_api import OwnerApi, milliseconds

Connection = psycopg.Connection[Any]
ROUTES = ("/stores", "/live/{}", "/dashboard/{}", "/dashboard/{}?period=week", "/dashboard/{}?period=month")
RUNS = 7


@dataclass(frozen=True, slots=True)
class RouteCost:
    """The cost of one route.

    Attributes:
        route: The path.
        ms: Median of the whole request, in this process.
        statements: The number of SELECT statements.
        buffers: Pages of 8 KiB that all statements read.
        events: Rows of `events` that all statements read.
    """

    route: str
    ms: float
    statements: int
    buffers: int
    events: int


def measure_routes(url: str, connection: Connection, store: UUID, owner: UUID) -> list[RouteCost]:
    """Request every route of the store, and explain the statements that it ran."""
    api = OwnerApi(url, owner)
    found = []
    for route in ROUTES:
        path = route.format(store)
        with _recorded_statements() as statements:
            api.get(path)
        ran = [
            (statement, values)
            for statement, values in statements
            if statement.lstrip().upper().startswith(("SELECT", "WITH"))
        ]
        plans = [_plan(connection, statement, values) for statement, values in ran]
        times = milliseconds(partial(api.get, path), RUNS)
        buffers = sum(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in plans)
        found.append(RouteCost(route, median(times), len(ran), buffers, sum(map(_event_rows, plans))))
    api.close()
    return found


@contextmanager
def _recorded_statements() -> Iterator[list[tuple[str, Any]]]:
    recorded: list[tuple[str, Any]] = []

    def record(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        recorded.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", record)
    try:
        yield recorded
    finally:
        event.remove(Engine, "before_cursor_execute", record)


def _plan(connection: Connection, statement: str, values: Any) -> dict[str, Any]:
    row = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}".encode(), values).fetchone()
    assert row is not None
    plan: dict[str, Any] = row[0][0]["Plan"]
    return plan


def _event_rows(plan: dict[str, Any]) -> int:
    """Return the rows that a plan reads from chunks of `events`, the first hypertable."""
    own = plan["Actual Rows"] * plan["Actual Loops"] if plan.get("Relation Name", "").startswith("_hyper_1_") else 0
    return int(own) + sum(map(_event_rows, plan.get("Plans", [])))
