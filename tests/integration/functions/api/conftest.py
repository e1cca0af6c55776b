"""The owner API on a real database, at a time that the test chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from psycopg import sql
from starlette.testclient import TestClient

from functions.admin.app import build as build_admin_api
from functions.api.app import build
from functions.api.params import get_now
from functions.common.app import Application
from functions.common.database import Database
from functions.common.settings import ADMIN_SETTINGS, API_SETTINGS, load_settings
from tests.factories import make_superadmin
from tests.integration.functions.api.store_fixture import Aggregates, StoreFixture
from tests.signing import SUPABASE_URL, Issuer

NOON = datetime(2026, 11, 18, 12, 7, 30, tzinfo=UTC)
"""A Wednesday, in the middle of a quarter-hour."""


@pytest.fixture(scope="session")
def issuer() -> Issuer:
    return Issuer()


@pytest.fixture(scope="session")
def app(database_url: str, issuer: Issuer) -> Iterator[Application]:
    environ = {"METRICA_ENV": "test", "DATABASE_URL": database_url, "SUPABASE_URL": SUPABASE_URL}
    made = build(load_settings(API_SETTINGS, environ))
    made.state.tokens = issuer.verifier()
    yield made
    made.state.database.dispose()


@pytest.fixture
def database(app: Application) -> Database:
    """The database of the API."""
    found: Database = app.state.database
    return found


@pytest.fixture
def client(app: Application) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened
    app.dependency_overrides.clear()


@pytest.fixture
def create_store(
    app: Application, client: TestClient, connection: psycopg.Connection[Any], issuer: Issuer
) -> Iterator[Callable[..., StoreFixture]]:
    """Create a store of the test's own with an owner and one camera; by default it is noon of a Wednesday."""
    stores: list[StoreFixture] = []
    aggregates = Aggregates(connection)

    def create(now: datetime = NOON, **settings: Any) -> StoreFixture:
        app.dependency_overrides[get_now] = lambda: now
        stores.append(StoreFixture(client, aggregates, issuer, now, settings))
        return stores[-1]

    yield create
    # Jobs and refreshes read all stores: what every test left would make each of the later ones slower, or fail.
    left = [store.store_id for store in stores]
    connection.execute("UPDATE stores SET archived_at = now() WHERE id = ANY (%s)", [left])
    for table in ("events", "camera_minutes"):
        statement = sql.SQL("DELETE FROM {} WHERE store_id = ANY (%s)").format(sql.Identifier(table))
        connection.execute(statement, [left])


@pytest.fixture(scope="session")
def admin_app(database_url: str, issuer: Issuer) -> Iterator[Application]:
    """The admin API on the same database."""
    environ = {
        "METRICA_ENV": "test",
        "DATABASE_URL": database_url,
        "SUPABASE_URL": SUPABASE_URL,
        "SUPABASE_SERVICE_ROLE_KEY": "not used",
        "DASHBOARD_URL": "http://dashboard.test",
    }
    made = build_admin_api(load_settings(ADMIN_SETTINGS, environ))
    made.state.tokens = issuer.verifier()
    yield made
    made.state.database.dispose()


@pytest.fixture
def patch_store(
    admin_app: Application, connection: psycopg.Connection[Any], issuer: Issuer
) -> Iterator[Callable[..., Any]]:
    """Send changes of the settings of a store to the admin API, as a superadmin, and return the response."""
    headers = issuer.headers(make_superadmin(connection))
    with TestClient(admin_app, raise_server_exceptions=False) as opened:

        def patch(store: StoreFixture, **changes: Any) -> Any:
            return opened.patch(f"/admin/stores/{store.store_id}", json=changes, headers=headers)

        yield patch


@pytest.fixture
def change_store(patch_store: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """Change settings of a store through the admin API, as a superadmin."""

    def change(store: StoreFixture, **changes: Any) -> dict[str, Any]:
        answer = patch_store(store, **changes)
        assert answer.status_code == 200, answer.text
        changed: dict[str, Any] = answer.json()
        return changed

    return change
