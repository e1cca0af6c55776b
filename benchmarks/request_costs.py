"""What one request costs, and what one row takes: the figures that `docs/scale.md` calculates with.

``python -m benchmarks.request_costs`` prints Markdown, in about five minutes. CPU time of the Lambda's process and of
the embedded server (WASM; a native server needs less), in ms for one request, the median of several runs. Log bytes are
what the function writes for one request on AWS: a line of JSON and its metrics; and the lines that AWS adds. Sizes are
bytes of a row with its indexes: as rows, in the columnstore, and in the aggregates.
"""

from __future__ import annotations

import io
import json
import os
import re
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import psutil

from benchmarks.cloud_database import KEY, BenchStore, Connection, connect, create_store
from benchmarks.owner_api import GATEWAY_REQUEST_ID, OwnerApi
from benchmarks.scale_data import create_chain, load_events
from db.timescale.aggregate_refresh import refresh_range
from db.timescale.embedded.launcher import running
from db.timescale.migrate import upgrade
from functions.common import logs
from functions.common.metrics import STAGE_VARIABLE
from functions.common.settings import INGEST_SETTINGS, load_settings
from functions.ingest.handler import Handler, make_handler

STORES = 10
DAYS = 63
EVENTS = 300_000
RUNS = 9
REQUESTS = 20
"""Requests of a run: the clock of the server's CPU time counts in steps of 10 ms."""
INSTANCE_ID = str(uuid4())
SERVERLESS_YML = Path(__file__).resolve().parents[1] / "serverless.yml"
ACCESS_LOG_VALUES = {
    "requestId": GATEWAY_REQUEST_ID,
    "requestTime": "27/Nov/2026:09:15:02 +0000",
    "routeKey": "POST /cameras/{id}/heartbeat",
    "status": "200",
    "responseLatency": "23",
    "integrationLatency": "21",
    "responseLength": "112",
    "integrationErrorMessage": "-",
}
"""What API Gateway writes for the variables of its access log, as in the examples of its documentation."""
PLATFORM_LINES = (
    "START RequestId: {id} Version: 12\n"
    "END RequestId: {id}\n"
    "REPORT RequestId: {id}\tDuration: 21.34 ms\tBilled Duration: 22 ms\tMemory Size: 512 MB\t"
    "Max Memory Used: 98 MB\t\n"
)
"""What Lambda writes for each request, as in the examples of its documentation."""
COMPRESS = "SELECT compress_chunk(chunk, true) FROM show_chunks(%s, older_than => now() - interval '7 days') AS chunk"


@dataclass(frozen=True, slots=True)
class RequestCost:
    """CPU time of a request in ms, of the Lambda's process and of the server; and bytes that the Lambda logs."""

    name: str
    function_ms: float
    server_ms: float
    log_bytes: int


@dataclass(frozen=True, slots=True)
class RowSize:
    """Bytes of a row of a table with its indexes; None where the columnstore is not used."""

    table: str
    rowstore: float
    columnstore: float | None


def main() -> None:
    """Print the tables as Markdown."""
    os.environ[logs.FORMAT_VARIABLE] = "json"  # as on Lambda
    with tempfile.TemporaryDirectory() as folder, running(Path(folder) / "data", jobs_every_s=0) as server:
        upgrade(server.url)
        with connect(server.url) as connection:
            chain = create_chain(connection, STORES, DAYS)
            load_events(connection, chain, EVENTS)
            refresh_range(connection, chain.first, chain.last)
            connection.execute("VACUUM (ANALYZE)")
            sizes = row_sizes(connection)
            api = OwnerApi(server.url, chain.owner)
            store = chain.stores[0][0]
            box = create_store(connection)
            costs = [
                *ingest_costs(server.url, box, server.pid),
                request_cost("GET /live/{id}", lambda: api.get(f"/live/{store}"), server.pid),
                request_cost("GET /dashboard/{id} day", lambda: api.get(f"/dashboard/{store}?period=day"), server.pid),
                request_cost(
                    "GET /dashboard/{id} month", lambda: api.get(f"/dashboard/{store}?period=month"), server.pid
                ),
                request_cost("GET /stores (10 stores)", lambda: api.get("/stores"), server.pid),
            ]
            api.close()
    print("| request | Lambda, CPU ms | server, CPU ms | log of the function, bytes |\n|---|---|---|---|")
    for cost in costs:
        print(f"| {cost.name} | {cost.function_ms:.1f} | {cost.server_ms:.1f} | {cost.log_bytes} |")
    print(f"\nand for each request {access_log_bytes()} bytes of API Gateway and {platform_log_bytes()} of Lambda")
    print("\n| table | bytes of a row | in the columnstore |\n|---|---|---|")
    for size in sizes:
        columnstore = "" if size.columnstore is None else f"{size.columnstore:.1f}"
        print(f"| `{size.table}` | {size.rowstore:.0f} | {columnstore} |")


def ingest_costs(url: str, store: BenchStore, server_pid: int) -> list[RequestCost]:
    """Return the costs of batches of one and of 20 crossings, and of a heartbeat with one minute."""
    handler = make_handler(load_settings(INGEST_SETTINGS, {"METRICA_ENV": "test", "DATABASE_URL": url}))
    return [
        request_cost("POST /events, 1 crossing", lambda: _post(handler, "/events", _crossings(store, 1)), server_pid),
        request_cost(
            "POST /events, 20 crossings", lambda: _post(handler, "/events", _crossings(store, 20)), server_pid
        ),
        request_cost(
            "POST /cameras/{id}/heartbeat",
            lambda: _post(handler, f"/cameras/{store.camera_id}/heartbeat", _heartbeat()),
            server_pid,
        ),
    ]


def request_cost(name: str, request: Callable[[], object], server_pid: int) -> RequestCost:
    """Return the median CPU time of a request, after requests that are not counted."""
    server = psutil.Process(server_pid)
    request()
    function, database = [], []
    for _ in range(RUNS):
        function_before, server_before = process_time(), _cpu_s(server)
        for _ in range(REQUESTS):
            request()
        function.append((process_time() - function_before) * 1000 / REQUESTS)
        database.append((_cpu_s(server) - server_before) * 1000 / REQUESTS)
    return RequestCost(name, median(function), median(database), log_bytes(request))


def log_bytes(request: Callable[[], object]) -> int:
    """Return how many bytes a function writes to stdout and stderr for a request, with metrics as on AWS."""
    written = io.StringIO()
    with patch.dict(os.environ, {STAGE_VARIABLE: "production"}), redirect_stdout(written), redirect_stderr(written):
        request()
    return len(written.getvalue().encode())


def access_log_bytes() -> int:
    """Return the bytes of a line of the access log, by its format in serverless.yml."""
    found = re.search(r"^ +format: '(.*)'$", SERVERLESS_YML.read_text(), re.MULTILINE)
    assert found is not None
    line = re.sub(r"\$context\.(\w+)", lambda variable: ACCESS_LOG_VALUES[variable[1]], found[1])
    return len(f"{line}\n".encode())


def platform_log_bytes() -> int:
    """Return the bytes of the lines that Lambda writes for a request."""
    return len(PLATFORM_LINES.format(id=uuid4()).encode())


def row_sizes(connection: Connection) -> list[RowSize]:
    """Return the sizes of the rows of hypertables and aggregates."""
    sizes = [(table, _bytes_per_row(connection, table)) for table in ("events", "camera_minutes")]
    aggregates = [
        RowSize(name, _bytes_per_row(connection, name), None)
        for name in ("footfall_15m", "footfall_hourly", "coverage_15m", "coverage_hourly")
    ]
    found = []
    for table, rowstore in sizes:
        old = f"SELECT count(*) FROM {table} WHERE {_time_column(table)} < now() - interval '14 days'"
        before, rows = _chunks_bytes(connection, table), _value(connection, old)
        connection.execute(COMPRESS, [table])
        found.append(RowSize(table, rowstore, rowstore * _chunks_bytes(connection, table) / before if rows else None))
    return [*found, *aggregates]


def _time_column(table: str) -> str:
    return "ts" if table == "events" else "minute"


def _bytes_per_row(connection: Connection, table: str) -> float:
    size = f"SELECT hypertable_size('{table}')"
    if table not in ("events", "camera_minutes"):
        size = (
            "SELECT hypertable_size(format('%I.%I', materialization_hypertable_schema, "
            "materialization_hypertable_name)::regclass) FROM timescaledb_information.continuous_aggregates "
            f"WHERE view_name = '{table}'"
        )
    return _value(connection, size) / _value(connection, f"SELECT count(*) FROM {table}")


def _chunks_bytes(connection: Connection, table: str) -> float:
    """The size of the chunks that are old enough for the columnstore, in bytes."""
    return _value(
        connection,
        f"SELECT sum(total_bytes) FROM chunks_detailed_size('{table}') size WHERE format('%I.%I', size.chunk_schema, "
        f"size.chunk_name)::regclass IN (SELECT show_chunks('{table}', older_than => now() - interval '7 days'))",
    )


def _value(connection: Connection, statement: str) -> float:
    row = connection.execute(statement.encode()).fetchone()
    assert row is not None
    return float(row[0])


def _cpu_s(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _crossings(store: BenchStore, number: int) -> dict[str, Any]:
    now = datetime.now(UTC)
    return {
        "events": [
            {
                "event_id": str(uuid4()),
                "store_id": str(store.store_id),
                "camera_id": str(store.camera_id),
                "direction": "IN" if n % 2 else "OUT",
                "ts": (now - timedelta(seconds=n)).isoformat(),
                "tracker_id": n,
            }
            for n in range(number)
        ]
    }


def _heartbeat() -> dict[str, Any]:
    now = datetime.now(UTC)
    minute = {"minute": now.replace(second=0, microsecond=0).isoformat(), "frames": 600, "dropped": 0, "fps": 10.0}
    return {
        "sent_at": now.isoformat(),
        "worker_version": "1.0.0",
        "model": "yolo26n",
        "backlog": 0,
        "oldest_unsent_s": None,
        "totals": {"in": 1, "out": 1},
        "minutes": [{**minute, "reconnects": 0, "line_version": 1}],
        "refused": 0,
        "lost": 0,
        "set_aside": 0,
        "picture": "ok",
        "fps_wanted": 10.0,
        "fps_reached": 10.0,
        "decode_ms": 1.0,
        "inference_ms": 30.0,
        "device": "openvino:cpu",
        "clock_offset_s": 0.0,
        "person_height": 0.4,
        "track_ends": [[0.5, 0.5]] * 3,
    }


def _post(handler: Handler, path: str, body: dict[str, Any]) -> None:
    response = handler(
        {
            "version": "2.0",
            "rawPath": path,
            "rawQueryString": "",
            "headers": {"x-worker-key": KEY, "x-instance-id": INSTANCE_ID, "content-type": "application/json"},
            "requestContext": {
                "http": {"method": "POST", "path": path},
                "stage": "$default",
                "requestId": GATEWAY_REQUEST_ID,
            },
            "body": json.dumps(body),
            "isBase64Encoded": False,
        },
        None,
    )
    if response["statusCode"] != 200:
        raise RuntimeError(f"{path} returned {response['statusCode']}: {response['body'][:300]}")


if __name__ == "__main__":
    main()
