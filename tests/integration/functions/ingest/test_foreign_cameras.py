"""A camera of another store, an archived one, and an id that is none: as if there were no camera."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.integration.functions.ingest.box import Box, Reply
from tests.integration.functions.ingest.cameras import camera, jpeg

pytestmark = pytest.mark.clock

Connection = psycopg.Connection[Any]


@pytest.mark.parametrize("action", ["beat", "config", "snapshot"])
def test_a_camera_of_another_store_is_as_if_there_were_none(
    new_box: Callable[[], Box], connection: Connection, storage: str, action: str
) -> None:
    mine, theirs = new_box(), new_box()

    def ask(camera_id: UUID) -> Any:
        return {
            "beat": lambda: mine.beat(camera_id),
            "config": lambda: mine.config(camera_id),
            "snapshot": lambda: mine.snapshot(jpeg(), camera_id),
        }[action]()

    other, nobodys = ask(theirs.camera_id), ask(uuid4())
    any_id = {"X-Request-Id": ""}
    assert (other.status, other.body, other.headers | any_id) == (404, nobodys.body, nobodys.headers | any_id)
    assert camera(connection, theirs.camera_id, "last_seen_at", "snapshot_key") == (None, None)


@pytest.mark.parametrize("action", ["beat", "config", "snapshot"])
def test_an_archived_camera_is_as_if_there_were_none(
    box: Box, connection: Connection, storage: str, action: str
) -> None:
    connection.execute("UPDATE cameras SET archived_at = now() WHERE id = %s", [box.camera_id])
    requests: dict[str, Callable[[], Reply]] = {
        "beat": box.beat,
        "config": box.config,
        "snapshot": lambda: box.snapshot(jpeg()),
    }
    assert requests[action]().status == 404


@pytest.mark.parametrize("camera_id", ["x", "%00", "{0b1f3a52-7c4d-4e8f-9a6b-5c4d3e2f1a0b}", "1" * 36, "é" * 36])
def test_an_id_that_is_none_is_not_found(box: Box, camera_id: str) -> None:
    reply = box.ask("GET", f"/cameras/{camera_id}/config")
    assert (reply.status, reply.body["type"]) == (404, "camera_not_found")
