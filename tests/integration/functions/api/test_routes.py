"""Every route answers its owner and is documented; `every_route/` tests what other callers get."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from fastapi.routing import APIRoute

from functions.api import openapi
from functions.api.app import ROUTERS
from functions.common.app import Application
from tests.factories import make_superadmin
from tests.integration.functions.api.store_fixture import CreateStore
from tests.signing import Issuer

STORE_ROUTES = [
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute) and "{store_id}" in route.path
    for method in sorted(route.methods or ())
]
BODIES = {"POST": {"occupancy": 3}, "PUT": {"note": "Sale"}, "PATCH": {"closed": True}}
NEEDS_MORE = ("{incident_id}", "{wall_link_id}", "{wall_token}")
"""Parameters of the paths of things that a new store does not have."""


def body(method: str, path: str) -> Any:
    return {"name": "Entrance"} if path.endswith("/wall-links") else BODIES.get(method)


def fill(path: str, store_id: UUID | str) -> str:
    return path.format(
        store_id=store_id, date="2026-11-20", incident_id=uuid4(), wall_link_id=uuid4(), wall_token="wl_"
    )


def url(path: str, store_id: UUID) -> str:
    return fill(path, store_id) + "?from=2026-11-17&to=2026-11-18"


@pytest.mark.parametrize(("method", "path"), [route for route in STORE_ROUTES if not route[1].endswith(NEEDS_MORE)])
def test_the_owner_gets_an_answer(create_store: CreateStore, method: str, path: str) -> None:
    store = create_store()
    answer = store.client.request(method, url(path, store.store_id), headers=store.headers, json=body(method, path))
    assert answer.status_code in {200, 201, 204}


@pytest.mark.parametrize(("method", "path"), STORE_ROUTES)
def test_an_id_that_is_no_uuid_is_refused(create_store: CreateStore, method: str, path: str) -> None:
    store = create_store()
    answer = store.client.request(method, fill(path, "7"), headers=store.headers, json=body(method, path))
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
