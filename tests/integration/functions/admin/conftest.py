"""The admin API as it runs, on a real database, in front of the local auth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest
from starlette.testclient import TestClient

from functions.admin.app import build
from functions.api.app import build as build_owner_api
from functions.common.app import Application
from functions.common.settings import ADMIN_SETTINGS, load_settings
from tests.factories import make_superadmin
from tests.integration.local.auth.running import LocalAuth
from tests.signing import Issuer


@pytest.fixture(scope="session")
def environ(database_url: str, local_auth: LocalAuth) -> dict[str, str]:
    return local_auth.lambda_environment(database_url)


@pytest.fixture(scope="session")
def app(environ: dict[str, str], issuer: Issuer) -> Iterator[Application]:
    """The admin API, with tokens of our own issuer."""
    made = build(load_settings(ADMIN_SETTINGS, environ))
    made.state.tokens = issuer.verifier()
    yield made
    made.state.database.dispose()


@pytest.fixture(scope="session")
def owner_api(environ: dict[str, str]) -> Iterator[TestClient]:
    """The owner API, which trusts the local auth."""
    made = build_owner_api(load_settings(ADMIN_SETTINGS, environ))
    with TestClient(made, raise_server_exceptions=False) as opened:
        yield opened
    made.state.database.dispose()


def error_locations(answer: dict[str, Any]) -> list[list[Any]]:
    """Where the errors of a refused request are."""
    return [error["loc"] for error in answer["errors"]]


@dataclass(frozen=True)
class Admin:
    """A superadmin at the admin API."""

    client: TestClient
    headers: dict[str, str]
    user_id: UUID

    def ask(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        """The answer's JSON, which must have this status."""
        answer = self.client.request(method, path, json=body, headers=self.headers)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def get(self, path: str, status: int = 200) -> Any:
        return self.ask("GET", path, status=status)

    def post(self, path: str, body: Any = None, status: int = 201) -> Any:
        return self.ask("POST", path, body, status)

    def delete(self, path: str, status: int = 204) -> Any:
        return self.ask("DELETE", path, status=status)

    def store(self, **changes: Any) -> str:
        """A new store's path."""
        made = self.post("/admin/stores", {"name": "Corner shop", "timezone": "Europe/Berlin", **changes})
        return f"/admin/stores/{made['store_id']}"

    def camera(self, store: str, **changes: Any) -> str:
        """A new camera's path."""
        return f"/admin/cameras/{self.post(f'{store}/cameras', {'name': 'Door', **changes})['camera_id']}"

    def audit(self, store: str) -> list[dict[str, Any]]:
        """What the log says about a store, oldest first."""
        store_id = store.rpartition("/")[2]
        entries: list[dict[str, Any]] = self.get(f"/admin/audit?store_id={store_id}&limit=200")["entries"]
        return entries[::-1]


@pytest.fixture(scope="session")
def client(app: Application) -> Iterator[TestClient]:
    with TestClient(app, raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def admin(client: TestClient, issuer: Issuer, connection: psycopg.Connection[Any]) -> Admin:
    user_id = make_superadmin(connection)
    return Admin(client, issuer.headers(user_id), user_id)
