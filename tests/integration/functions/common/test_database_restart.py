"""The database is killed and comes back: 503 with Retry-After in between, and no request fails after."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from starlette.testclient import TestClient

from db.timescale.embedded.launcher import EmbeddedServer, start
from functions.api.app import build
from functions.common.settings import API_SETTINGS, load_settings
from tests.database import migrated_folder
from tests.factories import make_member
from tests.integration.functions.ingest.box import Box, handler_for, make_box
from tests.signing import SUPABASE_URL, Issuer


@dataclass
class Restartable:
    """A database of this module's own, on one port. Each test leaves it running."""

    folder: Path
    server: EmbeddedServer

    def kill(self) -> None:
        self.server.process.send_signal(signal.SIGKILL)
        self.server.process.wait(10)

    def start_again(self) -> None:
        port = urlsplit(self.server.url).port
        assert port is not None
        self.server = start(self.folder, port)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Restartable]:
    folder = tmp_path_factory.mktemp("restart") / "data"
    shutil.copytree(migrated_folder(), folder)
    made = Restartable(folder, start(folder, 0))
    yield made
    made.server.stop()


def test_ingest_survives_a_restart_of_the_database_and_doubles_nothing(database: Restartable) -> None:
    with psycopg.connect(database.server.url, autocommit=True, prepare_threshold=None) as connection:
        box: Box = make_box(connection, handler_for(database.server.url))
    event = box.event()
    assert box.send(event).body["inserted"] == 1
    database.kill()
    for _ in range(3):
        reply = box.send(event)
        assert (reply.status, reply.body["type"]) == (503, "database_unavailable")
        assert int(reply.headers["Retry-After"]) > 0
    database.start_again()
    assert box.send(event, box.event()).body == {"inserted": 1, "duplicates": 1, "rejected": []}


def test_a_connection_that_died_unnoticed_costs_no_request(database: Restartable) -> None:
    with psycopg.connect(database.server.url, autocommit=True, prepare_threshold=None) as connection:
        box: Box = make_box(connection, handler_for(database.server.url))
    assert box.send(box.event()).status == 200
    database.kill()
    database.start_again()
    assert box.send(box.event()).body["inserted"] == 1


def test_the_owner_api_survives_a_restart_of_the_database(database: Restartable, issuer: Issuer) -> None:
    environ = {"METRICA_ENV": "test", "DATABASE_URL": database.server.url, "SUPABASE_URL": SUPABASE_URL}
    app = build(load_settings(API_SETTINGS, environ))
    app.state.tokens = issuer.verifier()
    with psycopg.connect(database.server.url, autocommit=True, prepare_threshold=None) as connection:
        box = make_box(connection, handler_for(database.server.url))
        headers = issuer.headers(make_member(connection, box.store_id))
    client = TestClient(app, raise_server_exceptions=False)
    assert client.get("/stores", headers=headers).status_code == 200
    database.kill()
    answer = client.get("/stores", headers=headers)
    assert (answer.status_code, answer.json()["type"]) == (503, "database_unavailable")
    assert answer.headers["retry-after"]
    assert answer.headers["content-type"] == "application/problem+json"
    database.start_again()
    assert client.get("/stores", headers=headers).status_code == 200
    app.state.database.dispose()
