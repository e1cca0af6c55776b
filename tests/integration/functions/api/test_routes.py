"""Every route: 401 without a token, 404 for another tenant, and documented in OpenAPI."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from fastapi.routing import APIRoute

from functions.api import openapi
from functions.api.app import ROUTERS
from functions.common.app import Application
from tests.factories import make_superadmin
from tests.integration.functions.api.store_fixture import StoreFixture
from tests.signing import Issuer

CreateStore = Callable[..., StoreFixture]
PUBLIC_PATHS = {"/healthz"}
ROUTES = [
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
]
PROTECTED = [(method, path) for method, path in ROUTES if path not in PUBLIC_PATHS]
STORE_ROUTES = [(method, path) for method, path in PROTECTED if "{store_id}" in path]
BODIES = {"POST": {"occupancy": 3}, "PUT": {"note": "Sale"}, "PATCH": {"closed": True}}


def fill(path: str, store_id: UUID | str) -> str:
    return path.format(store_id=store_id, date="2026-11-20", incident_id=uuid4())


def url(path: str, store_id: UUID) -> str:
    return fill(path, store_id) + "?from=2026-11-17&to=2026-11-18"


def test_all_routes_of_the_contract_are_there() -> None:
    assert set(ROUTES) == {
        ("GET", "/me"),
        ("GET", "/stores"),
        ("POST", "/stores/{store_id}/occupancy-reset"),
        ("GET", "/stores/{store_id}/calendar"),
        ("PUT", "/stores/{store_id}/calendar/{date}"),
        ("DELETE", "/stores/{store_id}/calendar/{date}"),
        ("GET", "/stores/{store_id}/incidents"),
        ("PATCH", "/stores/{store_id}/incidents/{incident_id}"),
        ("GET", "/live/{store_id}"),
        ("GET", "/dashboard/{store_id}"),
        ("GET", "/stores/{store_id}/footfall"),
        ("GET", "/stores/{store_id}/forecast"),
        ("GET", "/healthz"),
    }


@pytest.mark.parametrize(("method", "path"), PROTECTED)
@pytest.mark.parametrize("credential", [None, "Bearer nonsense", "Basic dTpw"])
def test_a_caller_without_a_valid_token_gets_401_whatever_else_is_wrong(
    create_store: CreateStore, method: str, path: str, credential: str | None
) -> None:
    headers = {"Authorization": credential} if credential else {}
    for store_id in (create_store().store_id, "no-uuid"):
        answer = create_store().client.request(method, fill(path, store_id), headers=headers, content=b"{")
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path"), STORE_ROUTES)
def test_a_store_of_another_tenant_does_not_exist(
    create_store: CreateStore, issuer: Issuer, connection: psycopg.Connection[Any], method: str, path: str
) -> None:
    theirs, mine = create_store(), create_store()
    answers = [
        mine.client.request(method, url(path, store_id), headers=headers, json=BODIES.get(method))
        for headers in (mine.headers, issuer.headers(make_superadmin(connection)))
        for store_id in (theirs.store_id, uuid4())
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(("method", "path"), [route for route in STORE_ROUTES if "{incident_id}" not in route[1]])
def test_the_owner_gets_an_answer(create_store: CreateStore, method: str, path: str) -> None:
    store = create_store()
    answer = store.client.request(method, url(path, store.store_id), headers=store.headers, json=BODIES.get(method))
    assert answer.status_code in {200, 201, 204}


@pytest.mark.parametrize(("method", "path"), STORE_ROUTES)
def test_an_id_that_is_no_uuid_is_refused(create_store: CreateStore, method: str, path: str) -> None:
    store = create_store()
    answer = store.client.request(method, fill(path, "7"), headers=store.headers, json=BODIES.get(method))
    assert answer.status_code == 422
    assert ["path", "store_id"] in [error["loc"] for error in answer.json()["errors"]]


def test_me_returns_the_caller_and_their_stores(create_store: CreateStore, issuer: Issuer) -> None:
    store = create_store(name="Aroha")
    assert store.get("/me") == {
        "user_id": str(store.owner),
        "email": f"{store.owner}@example.com",
        "is_superadmin": False,
        "stores": [{"store_id": str(store.store_id), "name": "Aroha", "timezone": "UTC", "role": "owner"}],
    }


def test_me_says_whether_the_caller_is_a_superadmin(
    create_store: CreateStore, issuer: Issuer, connection: psycopg.Connection[Any]
) -> None:
    store = create_store()
    superadmin = store.client.get("/me", headers=issuer.headers(make_superadmin(connection))).json()
    assert superadmin["is_superadmin"]
    assert superadmin["stores"] == []
    only_the_role = store.client.get("/me", headers=issuer.headers(superadmin=True)).json()
    assert not only_the_role["is_superadmin"]


def test_the_health_check_needs_no_token_and_queries_the_database(create_store: CreateStore) -> None:
    assert create_store().client.get("/healthz").json() == {"status": "ok", "database": "ok"}


def test_the_printed_document_is_the_one_that_is_served(
    app: Application, create_store: CreateStore, capsys: pytest.CaptureFixture[str]
) -> None:
    openapi.main()
    assert json.loads(capsys.readouterr().out) == create_store().client.get("/openapi.json").json() == app.openapi()


def test_every_operation_has_a_summary_a_description_and_typed_answers(app: Application) -> None:
    for path, operations in app.openapi()["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert operation["description"], path
            if "204" in operation["responses"]:  # no content
                continue
            done = operation["responses"].get("200") or operation["responses"]["201"]
            assert "$ref" in json.dumps(done["content"]["application/json"]["schema"]), path
