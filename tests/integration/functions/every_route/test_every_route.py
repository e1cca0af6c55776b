"""What every route of the two APIs does for an anonymous caller and for another tenant."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from starlette.testclient import TestClient

from tests.factories import make_member, make_store, make_superadmin
from tests.integration.functions.every_route.conftest import Caller
from tests.integration.functions.every_route.routes import (
    ADMIN_ROUTES,
    CLOSED,
    METHODS,
    OF_A_STORE,
    OWNER_ROUTES,
    Row,
    ids,
    names_a_store,
)
from tests.integration.functions.every_route.tenant import SECRET, Tenant, nobody, state
from tests.signing import Issuer

Connection = psycopg.Connection[Any]


@pytest.mark.parametrize("row", CLOSED, ids=ids)
def test_a_stranger_gets_401(stranger: Caller, tenant: Tenant, row: Row) -> None:
    answer, nobodys = stranger(row, tenant.url(row)), stranger(row, nobody().url(row))
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.content == nobodys.content


@pytest.mark.parametrize("row", CLOSED, ids=ids)
def test_a_caller_without_a_valid_token_gets_401_whatever_else_is_wrong(clients: list[TestClient], row: Row) -> None:
    client, url = clients[row.path.startswith("/admin")], re.sub(r"\{\w+\}", "no-uuid", row.path)
    for headers in ({}, {"Authorization": "Bearer nonsense"}, {"Authorization": "Basic dTpw"}):
        answer = client.request(row.method, url, headers=headers, content=b"{")
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("row", OF_A_STORE, ids=ids)
def test_another_tenants_things_are_404_to_the_byte_like_nobodys(
    neighbour: Caller, tenant: Tenant, connection: Connection, row: Row
) -> None:
    before = state(connection, tenant)
    none = nobody()
    answer = neighbour(row, tenant.url(row), body=tenant.body(row))
    nobodys = neighbour(row, none.url(row), body=none.body(row))
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.content == nobodys.content
    assert dict(answer.headers) == dict(nobodys.headers)
    assert state(connection, tenant) == before


def test_a_camera_of_another_tenant_in_a_query_is_like_nobodys(
    clients: list[TestClient], issuer: Issuer, tenant: Tenant, connection: Connection
) -> None:
    mine = make_store(connection)
    caller = Caller(clients, issuer.headers(make_member(connection, mine)))
    row = next(row for row in OWNER_ROUTES if row.path.endswith("/footfall"))
    found = [
        caller(row, f"/stores/{mine}/footfall{row.query}&camera_id={camera_id}")
        for camera_id in (tenant.camera_id, uuid4())
    ]
    assert found[0].content == found[1].content
    assert found[0].status_code == found[1].status_code


@pytest.mark.parametrize("row", [row for row in CLOSED if row not in OF_A_STORE], ids=ids)
def test_no_list_count_or_total_shows_anything_of_another_tenant(neighbour: Caller, tenant: Tenant, row: Row) -> None:
    answer = neighbour(row, tenant.url(row))
    assert answer.status_code == 404 if row.path.startswith("/admin") else answer.is_success
    shown = answer.text + str(dict(answer.headers))
    assert SECRET.lower() not in shown.lower()
    for identifier in (
        tenant.store_id,
        tenant.camera_id,
        tenant.user_id,
        tenant.invite_id,
        tenant.worker_key_id,
        tenant.channel_id,
    ):
        assert str(identifier) not in shown


@pytest.mark.parametrize("row", [row for row in CLOSED if not row.path.startswith("/admin")], ids=ids)
def test_a_superadmin_is_no_owner(
    clients: list[TestClient], issuer: Issuer, connection: Connection, tenant: Tenant, row: Row
) -> None:
    answer = Caller(clients, issuer.headers(make_superadmin(connection)))(row, tenant.url(row), body=tenant.body(row))
    assert answer.status_code == 404 if names_a_store(row) else answer.is_success
    assert SECRET.lower() not in answer.text.lower()


@pytest.mark.parametrize("row", OWNER_ROUTES + ADMIN_ROUTES, ids=ids)
def test_another_method_is_405_with_the_methods_there_are(clients: list[TestClient], issuer: Issuer, row: Row) -> None:
    rows = OWNER_ROUTES + ADMIN_ROUTES
    allowed = {other.method for other in rows if other.path == row.path}
    caller = Caller(clients, issuer.headers(superadmin=True))
    for method in set(METHODS) - allowed:
        answer = caller(row, nobody().url(row), method=method)
        assert (answer.status_code, answer.json()["type"]) == (405, "method_not_allowed")
        assert answer.headers["allow"]
