"""The apps on a real database, a tenant, and the callers that are not the tenant."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from functions.admin.app import build as build_admin
from functions.api.app import build as build_api
from functions.common.app import Application
from functions.common.settings import ADMIN_SETTINGS, load_settings
from tests.factories import make_camera, make_member, make_store
from tests.integration.functions.every_route.routes import Row
from tests.integration.functions.every_route.tenant import SECRET, Tenant, make_tenant
from tests.integration.functions.ingest.box import Box, handler_for, make_key
from tests.signing import SUPABASE_URL, Issuer

Connection = psycopg.Connection[Any]


@pytest.fixture(scope="module")
def opened(database_url: str) -> Iterator[Connection]:
    with psycopg.connect(database_url, autocommit=True, prepare_threshold=None) as made:
        yield made


@pytest.fixture(scope="module")
def tenant(opened: Connection) -> Tenant:
    """Somebody else. One for all tests: none of them may change a thing about it."""
    made = make_tenant(opened)
    opened.execute(
        "INSERT INTO audit_log (action, subject_type, store_id, after) VALUES ('store.change', 'store', %s, %s)",
        [made.store_id, json.dumps({"name": SECRET})],
    )
    return made


@pytest.fixture(scope="module")
def apps(database_url: str, issuer: Issuer) -> Iterator[list[Application]]:
    environ = {"METRICA_ENV": "test", "DATABASE_URL": database_url, "SUPABASE_URL": SUPABASE_URL}
    settings = load_settings(ADMIN_SETTINGS, environ)
    made = [build_api(settings), build_admin(settings)]
    for app in made:
        app.state.tokens = issuer.verifier()
    yield made
    for app in made:
        app.state.database.dispose()


@pytest.fixture(scope="module")
def clients(apps: list[Application]) -> Iterator[list[TestClient]]:
    with ExitStack() as stack:
        yield [stack.enter_context(TestClient(app, raise_server_exceptions=False)) for app in apps]


SAME_ID = {"X-Request-Id": "5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11"}
"""Two responses are compared to the byte."""


@dataclass(frozen=True)
class Caller:
    """Asks whichever app has the route."""

    clients: list[TestClient]
    headers: dict[str, str]

    def __call__(self, row: Row, url: str, *, method: str | None = None, body: Any = None) -> Any:
        client = self.clients[1 if row.path.startswith("/admin") else 0]
        return client.request(method or row.method, url, json=body or row.body, headers=self.headers | SAME_ID)


@pytest.fixture(scope="module")
def stranger(clients: list[TestClient]) -> Caller:
    return Caller(clients, {})


@pytest.fixture(scope="module")
def neighbour(clients: list[TestClient], issuer: Issuer, opened: Connection) -> Caller:
    """A valid owner, of another store."""
    mine = make_store(opened)
    return Caller(clients, issuer.headers(make_member(opened, mine)))


@pytest.fixture
def box(connection: Connection, database_url: str) -> Box:
    """A box of another store, with a good key."""
    store_id = make_store(connection)
    return Box(handler_for(database_url), store_id, make_camera(connection, store_id), make_key(connection, store_id))
