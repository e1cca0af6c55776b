"""What the routes of the owner API cost in the database: time and buffers of every statement they run."""

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
class Cost:
    """One route.

    Attributes:
        ms: median of the whole request, in this process.
        statements: how many it runs.
        buffers: pages of 8 KiB that they touch together.
        events: rows of `events` that they read together.
    """

    route: str
    ms: float
    statements: int
    buffers: int
    events: int


class _Owner:
    """Stands for the verifier of tokens: what is measured is the database, not the signature."""

    def __init__(self, owner: UUID) -> None:
        self._identity = Identity(owner, "scale@example.org", is_superadmin=False)

    def verify(self, _token: str) -> Identity:
        return self._identity


def costs(url: str, connection: Connection, store: UUID, owner: UUID) -> list[Cost]:
    """Ask every route for the store, then explain what it ran."""
    app = build(load_settings(API_SETTINGS, {"METRICA_ENV": "test", "DATABASE_URL": url}))
    app.state.tokens = _Owner(owner)
    handler = lambda_handler(app)
    found = []
    for route in ROUTES:
        path = route.format(store)
        with _noted() as statements:
            _ask(handler, path)
        ran = [
            (statement, values)
            for statement, values in statements
            if statement.lstrip().upper().startswith(("SELECT", "WITH"))
        ]
        plans = [_plan(connection, statement, values) for statement, values in ran]
        times = [_timed(lambda path=path: _ask(handler, path)) for _ in range(RUNS)]  # type: ignore[misc]
        buffers = sum(plan["Shared Hit Blocks"] + plan["Shared Read Blocks"] for plan in plans)
        found.append(Cost(route, median(times), len(ran), buffers, sum(map(_event_rows, plans))))
    app.state.database.dispose()
    return found


def _ask(handler: Callable[[dict[str, Any], None], dict[str, Any]], path: str) -> None:
    plain, _, query = path.partition("?")
    http = {"method": "GET", "path": plain, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": ""}
    answer = handler(
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
    if answer["statusCode"] != 200:
        raise RuntimeError(f"{path} answered {answer['statusCode']}: {json.dumps(answer)[:300]}")


@contextmanager
def _noted() -> Iterator[list[tuple[str, Any]]]:
    seen: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        seen.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def _plan(connection: Connection, statement: str, values: Any) -> dict[str, Any]:
    row = connection.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}".encode(), values).fetchone()
    assert row is not None
    plan: dict[str, Any] = row[0][0]["Plan"]
    return plan


def _event_rows(plan: dict[str, Any]) -> int:
    """Rows read from chunks of `events` (the first hypertable), in the whole tree."""
    own = plan["Actual Rows"] * plan["Actual Loops"] if plan.get("Relation Name", "").startswith("_hyper_1_") else 0
    return int(own) + sum(map(_event_rows, plan.get("Plans", [])))


def _timed(work: Callable[[], None]) -> float:
    start = perf_counter()
    work()
    return (perf_counter() - start) * 1000
