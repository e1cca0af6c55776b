"""The Lambdas of serverless.yml under serverless-offline: bodies, problems, CORS, killed processes."""

from __future__ import annotations

import gzip
import json
import os
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import cv2
import httpx
import numpy as np
import psycopg
import pytest

from local.stack.stack import Stack
from tests.factories import make_camera, make_member, make_store
from tests.integration.functions.ingest.box import make_key


class Box:
    """An edge box of its own store, as a client of the whole stack."""

    def __init__(self, stack: Stack, connection: psycopg.Connection[Any]) -> None:
        self.connection = connection
        self.store_id: UUID = make_store(connection)
        self.camera_id: UUID = make_camera(connection, self.store_id)
        headers = {"X-Worker-Key": make_key(connection, self.store_id)}
        self.client = httpx.Client(base_url=stack.urls.api, headers=headers, timeout=30)

    def event(self) -> dict[str, Any]:
        return {
            "event_id": str(uuid4()),
            "store_id": str(self.store_id),
            "camera_id": str(self.camera_id),
            "direction": "IN",
            "ts": datetime.now(UTC).isoformat(),
        }

    def send(self, *events: dict[str, Any]) -> httpx.Response:
        return self.client.post("/events", json={"events": events})

    def stored(self) -> int:
        row = self.connection.execute("SELECT count(*) FROM events WHERE store_id = %s", [self.store_id]).fetchone()
        assert row is not None
        return int(row[0])


@pytest.fixture
def box(stack: Stack) -> Iterator[Box]:
    with psycopg.connect(stack.urls.database, autocommit=True, prepare_threshold=None) as connection:
        made = Box(stack, connection)
        yield made
        made.client.close()


def processes(stack: Stack, handler: str) -> list[int]:
    """Return the processes of this handler in this stack."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
            if handler.encode() in arguments and stack.urls.database.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue  # it has ended
    return found


def test_a_gzip_body_arrives_unchanged(box: Box) -> None:
    content = gzip.compress(json.dumps({"events": [box.event() for _ in range(1000)]}).encode())
    headers = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    assert box.client.post("/events", content=content, headers=headers).json()["inserted"] == 1000
    assert box.stored() == 1000


def test_a_jpeg_arrives_unchanged(box: Box) -> None:
    noise = np.random.default_rng(7).integers(0, 255, (360, 640, 3), np.uint8)
    ok, data = cv2.imencode(".jpg", noise)
    assert ok
    path = f"/cameras/{box.camera_id}/snapshot"
    answer = box.client.put(path, content=bytes(data), headers={"Content-Type": "image/jpeg"})
    assert (answer.status_code, answer.json()["width"]) == (200, 640)


def test_a_config_is_304_when_it_has_not_changed(box: Box) -> None:
    path = f"/cameras/{box.camera_id}/config"
    etag = box.client.get(path).headers["etag"]
    again = box.client.get(path, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("POST", "/events", 401),
        ("GET", "/events", 405),
        ("GET", "/me", 401),
        ("GET", "/admin/stores", 401),
        ("GET", "/nothing/here", 404),
    ],
)
def test_a_problem_is_problem_json_from_every_lambda(stack: Stack, method: str, path: str, status: int) -> None:
    answer = httpx.request(method, stack.urls.api + path, timeout=30)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.json()["status"] == status


def test_cors_allows_our_pages_only(stack: Stack) -> None:
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    for origin, is_ours in ((stack.urls.dashboard, True), (stack.urls.admin, True), ("https://evil.example", False)):
        for method in ("GET", "OPTIONS"):
            answer = httpx.request(method, f"{stack.urls.api}/me", headers={"Origin": origin, **asked}, timeout=30)
            assert answer.headers.get("access-control-allow-origin") == (origin if is_ours else None)


def test_a_killed_lambda_is_replaced_by_the_next_request(stack: Stack, box: Box) -> None:
    assert box.send(box.event()).status_code == 200
    killed = processes(stack, "functions.ingest.handler.handler")
    assert killed
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    begun = time.monotonic()
    answer = box.send(event := box.event())
    if answer.status_code == 500:  # its death was not noticed yet: as in Lambda, the request it died with failed
        answer = box.send(event)
    assert answer.json() == {"inserted": 1, "duplicates": 0, "rejected": []}
    assert time.monotonic() - begun < 10
    assert box.stored() == 2


def test_a_lambda_killed_during_a_request_loses_and_doubles_nothing(stack: Stack, box: Box) -> None:
    batches = [[box.event() for _ in range(20)] for _ in range(30)]
    failed = 0
    for number, batch in enumerate(batches):
        if number % 10 == 5:
            for pid in processes(stack, "functions.ingest.handler.handler"):
                os.kill(pid, signal.SIGKILL)
        while (answer := box.send(*batch)).status_code != 200:
            failed += 1
            assert answer.status_code in {500, 503}
            assert failed < 20
    assert box.stored() == 600


def test_the_notifications_lambda_sends_mail_to_the_mail_catcher(stack: Stack, box: Box) -> None:
    email = f"owner-{uuid4().hex[:8]}@example.org"
    user = make_member(box.connection, box.store_id, email=email)
    box.connection.execute(
        "WITH channel AS (INSERT INTO notification_channels (user_id, kind, scope, minimum_severity)"
        " VALUES (%s, 'mail', 'own_stores', 'warning') RETURNING id)"
        " INSERT INTO notifications (channel_id, type, content, created_at, next_attempt_at)"
        ' SELECT id, \'notifications.test\', \'{"type": "notifications.test", "data": {}}\', now(), now() FROM channel',
        [user],
    )
    url = f"http://127.0.0.1:{stack.settings.ports.lambdas}"
    name = "metrica-local-notifications"
    answer = httpx.post(f"{url}/2015-03-31/functions/{name}/invocations", json={}, timeout=30)
    assert answer.status_code == 200, answer.text
    # The schedule may have run it first.
    mails = [file.read_text() for file in stack.settings.mail_folder.glob("*.eml")]
    assert [mail for mail in mails if f"To: {email}" in mail]
