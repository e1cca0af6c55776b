"""An edge box, as the ingest Lambda meets it: httpApi events straight into the handler."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg

from edge_worker.running.options import RunOptions
from functions.common import worker_key
from functions.common.settings import load_settings
from functions.ingest.authentication import WorkerKeyAuthenticator
from functions.ingest.database import Database
from functions.ingest.endpoints import Ingest
from functions.ingest.handler import Handler, make_endpoint_handler, make_handler
from tests.factories import make_camera, make_store


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: Any
    """The JSON value; None without a body."""


@dataclass
class Box:
    """A box with a key, in front of a camera of a store."""

    handler: Handler
    store_id: UUID
    camera_id: UUID
    key: str

    def ask(
        self, method: str, path: str, body: object = None, headers: Mapping[str, str] | None = None, **event: Any
    ) -> Reply:
        """Send a request; a body that is not bytes is sent as JSON."""
        content = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        answer = self.handler(
            {
                "version": "2.0",
                "requestContext": {"http": {"method": method, "path": path}},
                "rawPath": path,
                "headers": {"X-Worker-Key": self.key, "Content-Type": "application/json", **(headers or {})},
                "body": b64encode(content).decode(),
                "isBase64Encoded": True,
                **event,
            },
            None,
        )
        return Reply(answer["statusCode"], answer["headers"], json.loads(answer["body"]) if answer["body"] else None)

    def run_options(self, url: str, outbox: Path, **others: Any) -> RunOptions:
        """Return the options of the worker of this box, which sends to the ingest at a URL."""
        return RunOptions("clip.avi", url, self.key, str(self.camera_id), outbox, **others)

    def send(self, *events: Any, **options: Any) -> Reply:
        return self.ask("POST", "/events", {"events": list(events)}, **options)

    def beat(self, camera_id: UUID | None = None, **changes: Any) -> Reply:
        return self.ask("POST", f"/cameras/{camera_id or self.camera_id}/heartbeat", heartbeat(**changes))

    def config(self, camera_id: UUID | None = None, headers: Mapping[str, str] | None = None) -> Reply:
        return self.ask("GET", f"/cameras/{camera_id or self.camera_id}/config", headers=headers or {})

    def snapshot(self, jpeg: bytes, camera_id: UUID | None = None, media_type: str = "image/jpeg") -> Reply:
        path = f"/cameras/{camera_id or self.camera_id}/snapshot"
        return self.ask("PUT", path, jpeg, headers={"Content-Type": media_type})

    def event(self, **changes: Any) -> dict[str, Any]:
        """A crossing of a moment ago."""
        return {
            "event_id": str(uuid4()),
            "store_id": str(self.store_id),
            "camera_id": str(self.camera_id),
            "direction": "IN",
            "ts": (datetime.now(UTC) - timedelta(seconds=1)).isoformat(),
            "tracker_id": 1,
            **changes,
        }


def heartbeat(**changes: Any) -> dict[str, Any]:
    return {
        "sent_at": datetime.now(UTC).isoformat(),
        "worker_version": "0.1.0",
        "model": "yolo26n",
        "backlog": 0,
        "oldest_unsent_s": None,
        "totals": {"in": 5, "out": 4},
        "minutes": [],
        **changes,
    }


def make_key(connection: psycopg.Connection[Any], store_id: UUID) -> str:
    """A working key of the store."""
    key = worker_key.generate()
    connection.execute(
        "INSERT INTO worker_keys (store_id, name, key_sha256, hint) VALUES (%s, 'box', %s, %s)",
        [store_id, worker_key.digest(key), worker_key.hint(key)],
    )
    return key


def make_box(connection: psycopg.Connection[Any], handler: Handler) -> Box:
    """A store of its own with a camera, and a box with its key."""
    store_id = make_store(connection)
    return Box(handler, store_id, make_camera(connection, store_id), make_key(connection, store_id))


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def handler_for(database_url: str, clock: Clock | None = None, bucket: str = "metrica-snapshots") -> Handler:
    """A process of its own: its connection, and its memory of keys."""
    settings = load_settings([], {"DATABASE_URL": database_url, "SNAPSHOT_BUCKET": bucket, "METRICA_ENV": "test"})
    if clock is None:
        return make_handler(settings)
    database = Database(settings.database_url)
    return make_endpoint_handler(Ingest(settings, database, WorkerKeyAuthenticator(database, clock)))
