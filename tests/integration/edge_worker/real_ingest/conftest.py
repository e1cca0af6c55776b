"""The worker and the ingest Lambda, as they really are, over HTTP, down to the rows in TimescaleDB."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import psycopg
import pytest

from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from tests.integration.edge_worker.lambda_over_http import over_http
from tests.integration.edge_worker.scripted_feed import ScriptedFeed
from tests.integration.functions.ingest.box import Box, handler_for, make_box

Connection = psycopg.Connection[Any]


@dataclass
class Shop:
    box: Box
    options: RunOptions
    connection: Connection
    is_offline: bool = False
    proxy: Callable[[dict[str, Any]], dict[str, Any]] = lambda event: event

    def run(self, feed: ScriptedFeed, **changes: Any) -> int:
        return Session(replace(self.options, **changes), lambda *_: feed, "1.2.3").run()

    def events(self) -> list[tuple[Any, ...]]:
        return self.connection.execute(
            "SELECT direction, ts, store_id FROM events WHERE camera_id = %s ORDER BY ts", [self.box.camera_id]
        ).fetchall()

    def camera(self) -> tuple[Any, ...] | None:
        """Totals, backlog, version, model, and until when everything has arrived."""
        return self.connection.execute(
            "SELECT total_in, total_out, backlog, worker_version, model, delivered_until FROM cameras WHERE id = %s",
            [self.box.camera_id],
        ).fetchone()


@pytest.fixture
def shop(connection: Connection, database_url: str, tmp_path: Path) -> Iterator[Shop]:
    handler = handler_for(database_url)
    box = make_box(connection, handler)

    def handle(event: Mapping[str, Any], context: object) -> dict[str, Any]:
        if made.is_offline:
            return {"statusCode": 502, "headers": {}, "body": ""}
        return handler(made.proxy(dict(event)), context)

    with over_http(handle) as url:
        options = box.run_options(url, tmp_path / "outbox.db", quiet=True, heartbeat_s=0.1)
        made = Shop(box, options, connection)
        yield made
