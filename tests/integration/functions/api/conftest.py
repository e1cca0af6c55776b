"""The owner's API as it runs, on a real database, at a moment that a test chooses."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from starlette.testclient import TestClient

from functions.api.app import build
from functions.api.clock import present
from functions.common.app import Application
from functions.common.settings import API_SETTINGS, load_settings
from tests.integration.functions.api.shop import Shop
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
def client(app: Application) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened
    app.dependency_overrides.clear()


@pytest.fixture
def shop(
    app: Application, client: TestClient, connection: psycopg.Connection[Any], issuer: Issuer
) -> Callable[..., Shop]:
    """Open a shop of the test's own, with an owner and one camera, at noon of a Wednesday if nothing else is said."""

    def opened(now: datetime = NOON, **settings: Any) -> Shop:
        app.dependency_overrides[present] = lambda: now
        return Shop(client, connection, issuer, now, settings)

    return opened
