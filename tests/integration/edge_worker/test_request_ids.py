"""One id leads from the log of the edge worker to that of ingest and to the statement that the database gets."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from edge_worker import logs as worker_logs
from edge_worker.crossing import Direction
from edge_worker.running.session import Session
from functions.common import logs as function_logs
from functions.ingest.handler import Handler
from tests.integration.edge_worker.lambda_over_http import over_http
from tests.integration.edge_worker.scripted_feed import ScriptedFeed, film
from tests.integration.functions.ingest.box import handler_for, make_box
from tests.integration.server.frontend_recorder import Recorded, recording


@pytest.fixture
def recorded(database_url: str) -> Iterator[Recorded]:
    parts = urlsplit(database_url)
    with recording(parts.hostname or "", parts.port or 5432) as made:
        yield made


@pytest.fixture
def handler(database_url: str, recorded: Recorded) -> Handler:
    """An ingest whose database is behind the recorder."""
    parts = urlsplit(database_url)
    login, _, _ = parts.netloc.rpartition("@")
    return handler_for(urlunsplit(parts._replace(netloc=f"{login}@{recorded.address}" if login else recorded.address)))


def worker_lines(stream: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def run_worker(connection: psycopg.Connection[Any], handler: Handler, folder: Path, failing: int = 0) -> list[str]:
    """Count one crossing and deliver it; the first requests with events get 503. Return the ids that arrived."""
    box = make_box(connection, handler)
    arrived: list[str] = []

    def handle(event: Mapping[str, Any], context: object) -> dict[str, Any]:
        if event["rawPath"] == "/events":
            arrived.append(event["headers"]["x-request-id"])
            if len(arrived) <= failing:
                return {"statusCode": 503, "headers": {"Retry-After": "0"}, "body": ""}
        return handler(event, context)

    with over_http(handle) as url:
        options = box.run_options(url, folder / "outbox.db")
        feed = ScriptedFeed(film(1, {0.5: Direction.IN}))
        assert Session(options, lambda *_: feed, "1.2.3").run() == 0
    stored = connection.execute("SELECT event_id::text FROM events WHERE camera_id = %s", [box.camera_id]).fetchall()
    assert stored == [(arrived[-1],)], "the id of a batch is that of its oldest event"
    return arrived


def test_a_batch_is_followed_from_the_worker_to_the_statement(
    connection: psycopg.Connection[Any],
    handler: Handler,
    recorded: Recorded,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    of_worker = io.StringIO()
    worker_logs.set_up("json", stream=of_worker)
    function_logs.set_up({"METRICA_LOG_FORMAT": "json"})
    [request_id] = run_worker(connection, handler, tmp_path)
    of_worker_lines = [line for line in worker_lines(of_worker) if line["logger"].startswith("edge_worker.")]
    assert ("delivered 1 events", request_id) in [(line["message"], line.get("request_id")) for line in of_worker_lines]
    assert request_id in [line.get("event_id") for line in of_worker_lines], "the line of the crossing"

    of_ingest = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    [line] = [line for line in of_ingest if line["logger"] == "metrica.ingest" and line["request_id"] == request_id]
    assert (line["route"], line["status"], line["inserted"]) == ("/events", 200, 1)

    [statement] = [statement for statement in recorded.statements if "INSERT INTO events" in statement]
    assert statement.startswith(f"/*request_id='{request_id}'*/ ")


def test_a_batch_that_is_sent_again_keeps_its_id(
    connection: psycopg.Connection[Any], handler: Handler, tmp_path: Path
) -> None:
    of_worker = io.StringIO()
    worker_logs.set_up("json", stream=of_worker, level=logging.INFO)
    first, second = run_worker(connection, handler, tmp_path, failing=1)
    assert first == second
    levels = [line["level"] for line in worker_lines(of_worker) if line.get("request_id") == first]
    assert levels == ["warning", "info"]
