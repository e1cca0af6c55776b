"""The requests of older edge workers, as they were recorded, at the ingest of today.

Each file of `recorded_requests` has what the worker of a commit sent in two runs of two minutes, with four crossings
each. Times and ids are replaced, everything else is sent as it was.
"""

from __future__ import annotations

import gzip
import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.integration.functions.ingest.box import Box, Reply, handler_for, make_box

Connection = psycopg.Connection[Any]
RECORDINGS = sorted(Path(__file__).with_name("recorded_requests").glob("*.json"))
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


def requests_of(recording: Path, box: Box) -> list[dict[str, Any]]:
    """The recorded requests, for the camera of a box, as if they had been recorded just now."""
    text = recording.read_text()
    recorded = json.loads(text)
    passed = datetime.now(UTC) - datetime.fromisoformat(recorded["recorded_at"])
    shift = timedelta(minutes=passed // timedelta(minutes=1))
    text = text.replace(recorded["camera_id"], str(box.camera_id)).replace(recorded["store_id"], str(box.store_id))
    text = TIME.sub(lambda time: f"{datetime.fromisoformat(time[0]) + shift:%Y-%m-%dT%H:%M:%S.%fZ}", text)
    requests: list[dict[str, Any]] = json.loads(text)["requests"]
    return requests


def send(box: Box, request: dict[str, Any]) -> Reply:
    content = b"" if request["body"] is None else json.dumps(request["body"]).encode()
    if request["headers"].get("content-encoding") == "gzip":
        content = gzip.compress(content)
    return box.ask(request["method"], request["path"], content, headers=request["headers"])


@pytest.mark.parametrize("recording", RECORDINGS, ids=lambda path: path.stem)
def test_an_older_worker_delivers_everything_and_its_coverage_is_right(
    recording: Path, connection: Connection, database_url: str
) -> None:
    box = make_box(connection, handler_for(database_url))
    requests = requests_of(recording, box)
    answers = [(request["path"], send(box, request)) for request in requests]
    assert [reply.status for _, reply in answers] == [200] * len(answers)
    batches = [reply.body for path, reply in answers if path == "/events"]
    heartbeats = [reply.body for path, reply in answers if path.endswith("/heartbeat")]
    assert (sum(batch["inserted"] for batch in batches), [batch["rejected"] for batch in batches]) == (8, [[]] * 4)
    assert all((beat["rejected"], beat["ignored"]) == ([], []) for beat in heartbeats)
    minutes = connection.execute(
        "SELECT frames, fps FROM camera_minutes WHERE camera_id = %s ORDER BY minute", [box.camera_id]
    ).fetchall()
    assert minutes == [(60, 1.0)] * 4
    [camera] = connection.execute(
        "SELECT total_in, total_out, backlog, delivered_until, picture FROM cameras WHERE id = %s", [box.camera_id]
    ).fetchall()
    sent_at = datetime.fromisoformat(requests[-1]["body"]["sent_at"])
    assert camera == (6, 2, 0, sent_at, None)


def test_the_totals_of_an_older_worker_with_an_instance_agree(connection: Connection, database_url: str) -> None:
    [recording] = [path for path in RECORDINGS if path.stem == "worker_with_instance_id"]
    box = make_box(connection, handler_for(database_url))
    for request in requests_of(recording, box):
        send(box, request)
    rows = connection.execute(
        "SELECT stored, counted_before, totals_difference, totals_differ_since, run_ids FROM worker_instances"
        " WHERE camera_id = %s",
        [box.camera_id],
    ).fetchall()
    assert rows == [(8, 0, 0, None, [])]
