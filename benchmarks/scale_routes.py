"""The cost of the routes of the owner API: their time, and the pages and rows that their statements read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import event
from sqlalchemy.engine import Engine

from functions.api.app import build
from functions.common.app import lambda_handler
from functions.common.identity import Identity
from functions.common.settings import API_SETTINGS, load_settings

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


class _OwnerTokens:
    """Accepts every token as the owner's: the signature is not measured."""

    def __init__(self, owner: UUID) -> None:
        self._identity = Identity(owner, "scale@example.org", has_superadmin_role=False)

    def verify(self, _token: str) -> Identity:
        return self._identity


def measure_routes(url: str, connection: Connection, store: UUID, owner: UUID) -> list[RouteCost]:
    """Request every route of the store, and explain the statements that it ran."""
    app = build(load_settings(API_SETTINGS, {"METRICA_ENV": "test", "DATABASE_URL": url}))
    app.state.tokens = _OwnerTokens(owner)
    handler = lambda_handler(app)
    found = []
    for route in ROUTES:
        path = route.format(store)
        with _recorded_statements() as statements:
            _request(handler, path)
        ran = [
            (statement, values)
            for statement, values in statements
            if statement.lstrip().upper().startswith(("SELECT", "WITH"))
        ]
        plans = [_plan(connection, statement, values) for statement, values in ran]
        times = [_timed(lambda path=path: _request(handler, path)) for _ in range(RUNS)]  # type: ignore[misc]
        buffers = sum(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in plans)
        found.append(RouteCost(route, median(times), len(ran), buffers, sum(map(_event_rows, plans))))
    app.state.database.dispose()
    return found


def _request(handler: Callable[[dict[str, Any], None], dict[str, Any]], path: str) -> None:
    plain, _, query = path.partition("?")
    http = {"method": "GET", "path": plain, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": ""}
    response = handler(
        {
            "version": "2.0",
            "routeKey": "$default",
            "rawPath": plain,
            "rawQueryString": query,
            "headers": {"host": "localhost", "authorization": "Bearer x"},
            "requestContext": {"http": http, "requestId": "1", "stage": "$default"},
            "isBase64Encoded": False,
        },
        None,
    )
    if response["statusCode"] != 200:
        raise RuntimeError(f"{path} returned {response['statusCode']}: {json.dumps(response)[:300]}")


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


def _timed(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000
