"""Both APIs on a server whose clients run side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import UUID, uuid4

import httpx2
import psycopg
import pytest
from starlette.testclient import TestClient

from functions.admin.app import build as build_admin
from functions.api.app import build as build_api
from functions.common.app import Application
from functions.common.settings import ADMIN_SETTINGS, load_settings
from tests.factories import make_superadmin
from tests.integration.functions.admin.conftest import Admin
from tests.integration.local.auth.running import LocalAuth
from tests.signing import Issuer

Connection = psycopg.Connection[Any]
Ask = Callable[..., httpx2.Response]


@pytest.fixture(scope="session")
def database_url(several_backends_url: str) -> str:
    return several_backends_url


class Lambdas:
    """The APIs as processes of their own: each with its connections to the database."""

    def __init__(self, local_auth: LocalAuth, issuer: Issuer, closing: ExitStack, owner_url: str) -> None:
        self._auth, self._issuer, self._closing, self._owner_url = local_auth, issuer, closing, owner_url

    def admin(self, url: str) -> Admin:
        """The admin API, and a superadmin at it."""
        with psycopg.connect(self._owner_url, autocommit=True) as connection:
            user_id = make_superadmin(connection)
        return Admin(self._client(build_admin, url), self._issuer.headers(user_id), user_id)

    def admin_of(self, url: str) -> Admin:
        """The admin API on another database than that of the fixture, and a superadmin of that one."""
        with psycopg.connect(url, autocommit=True) as connection:
            user_id = make_superadmin(connection)
        return Admin(self._client(build_admin, url), self._issuer.headers(user_id), user_id)

    def user_with_role(self, url: str) -> Admin:
        """The admin API, and a user without a row in `superadmins` whose token has the role."""
        user_id = uuid4()
        return Admin(self._client(build_admin, url), self._issuer.headers(user_id, superadmin=True), user_id)

    def owner(self, url: str, user_id: UUID | None = None, email: str | None = None) -> Ask:
        """The owner API, as somebody asks it."""
        client, headers = self._client(build_api, url), self._issuer.headers(user_id, email)
        return lambda method, path, **options: client.request(method, path, headers=headers, **options)

    def _client(self, build: Callable[..., Application], url: str) -> TestClient:
        environ = self._auth.lambda_environment(url)
        app = build(load_settings(ADMIN_SETTINGS, environ))
        app.state.tokens = self._issuer.verifier()
        self._closing.callback(app.state.database.dispose)
        return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def lambdas(local_auth: LocalAuth, issuer: Issuer, database_url: str) -> Iterator[Lambdas]:
    with ExitStack() as closing:
        yield Lambdas(local_auth, issuer, closing, database_url)


@pytest.fixture
def admin(lambdas: Lambdas, database_url: str) -> Admin:
    return lambdas.admin(database_url)
