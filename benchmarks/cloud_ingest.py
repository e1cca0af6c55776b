"""The rate of the ingest handler, compared with an INSERT … SELECT of the same rows on the server."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

from benchmarks.cloud_database import KEY, BenchStore, Connection
from benchmarks.row import Row, at_least, figure
from functions.common.settings import INGEST_SETTINGS, load_settings
from functions.ingest.handler import Handler, make_handler

BATCH = 500
BATCHES = 10
ROUNDS = 7
MIN_RATIO = 0.6
INSTANCE_ID = str(uuid4())

STAGE = """
CREATE TABLE benchmark_stage AS SELECT n / %(batch)s AS batch, now() - n * interval '10 milliseconds' AS ts,
    gen_random_uuid() AS event_id, CASE n %% 2 WHEN 0 THEN 'IN' ELSE 'OUT' END AS direction, n::bigint AS tracker_id
FROM generate_series(0, %(rows)s - 1) n
"""
INSERT = """
INSERT INTO events (ts, camera_id, store_id, event_id, direction, tracker_id)
SELECT ts, %s, %s, event_id, direction, tracker_id FROM benchmark_stage WHERE batch = %s ON CONFLICT DO NOTHING
"""


def measure(url: str, connection: Connection, store: BenchStore) -> list[Row]:
    """Return the rates of the handler (batches of 500, to the commit) and of the server alone, in rows/s."""
    handler = make_handler(load_settings(INGEST_SETTINGS, {"METRICA_ENV": "test", "DATABASE_URL": url}))
    connection.execute("DROP TABLE IF EXISTS benchmark_stage")
    handler_rates, server_rates = [], []
    for warm_up in [True, *[False] * ROUNDS]:
        bodies = [_body(store) for _ in range(BATCHES)]
        handler_s = _seconds(partial(_send, handler, bodies))
        connection.execute(STAGE, {"batch": BATCH, "rows": BATCH * BATCHES})
        server_s = _seconds(
            lambda: [connection.execute(INSERT, [store.camera_id, store.store_id, n]) for n in range(BATCHES)]
        )
        connection.execute("DROP TABLE benchmark_stage")
        if not warm_up:
            handler_rates.append(BATCH * BATCHES / handler_s)
            server_rates.append(BATCH * BATCHES / server_s)
    ratio = median(ours / alone for ours, alone in zip(handler_rates, server_rates, strict=True))
    return [
        at_least("cloud.ingest_vs_insert_select", ratio, MIN_RATIO, "x", f"batches of {BATCH}, handler to commit"),
        figure("cloud.ingest_rows", median(handler_rates), "rows/s"),
        figure("cloud.insert_select_rows", median(server_rates), "rows/s", "the server alone, the same rows"),
    ]


def _body(store: BenchStore) -> dict[str, Any]:
    now = datetime.now(UTC)
    events = [
        {
            "event_id": str(uuid4()),
            "store_id": str(store.store_id),
            "camera_id": str(store.camera_id),
            "direction": random.choice(("IN", "OUT")),  # noqa: S311 - not a secret
            "ts": (now - timedelta(milliseconds=10 * n)).isoformat(),
            "tracker_id": n,
        }
        for n in range(BATCH)
    ]
    return {
        "version": "2.0",
        "rawPath": "/events",
        "rawQueryString": "",
        "headers": {"x-worker-key": KEY, "x-instance-id": INSTANCE_ID, "content-type": "application/json"},
        "requestContext": {"http": {"method": "POST", "path": "/events"}, "stage": "$default", "requestId": "1"},
        "body": json.dumps({"events": events}),
        "isBase64Encoded": False,
    }


def _send(handler: Handler, bodies: Iterable[dict[str, Any]]) -> None:
    for body in bodies:
        response = handler(body, None)
        if response["statusCode"] != 200 or json.loads(response["body"])["inserted"] != BATCH:
            raise RuntimeError(f"ingest returned {response['statusCode']}: {response['body'][:300]}")


def _seconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start
