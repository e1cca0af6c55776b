"""Every route: closed to strangers, blind to other tenants, and described as it answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from fastapi.routing import APIRoute

from functions.api import openapi
from functions.api.app import ROOMS
from functions.common.app import Application
from tests.integration.functions.api.shop import Shop
from tests.signing import Issuer

Open = Callable[..., Shop]
OPEN_ROUTES = {"/healthz"}
ROUTES = [
    (method, route.path)
    for room in ROOMS
    for route in room.router.routes
    if isinstance(route, APIRoute)
    for method in sorted(route.methods or ())
]
CLOSED = [(method, path) for method, path in ROUTES if path not in OPEN_ROUTES]
OF_A_STORE = [(method, path) for method, path in CLOSED if "{store_id}" in path]


def url(path: str, store_id: UUID) -> str:
    return path.format(store_id=store_id) + "?from=2026-11-17&to=2026-11-18"


def test_all_routes_of_the_contract_are_there() -> None:
    assert set(ROUTES) == {
        ("GET", "/me"),
        ("GET", "/stores"),
        ("POST", "/stores/{store_id}/occupancy-reset"),
        ("GET", "/live/{store_id}"),
        ("GET", "/dashboard/{store_id}"),
        ("GET", "/stores/{store_id}/footfall"),
        ("GET", "/stores/{store_id}/forecast"),
        ("GET", "/healthz"),
    }


@pytest.mark.parametrize(("method", "path"), CLOSED)
@pytest.mark.parametrize("credential", [None, "Bearer nonsense", "Basic dTpw"])
def test_a_stranger_gets_401_whatever_else_is_wrong(shop: Open, method: str, path: str, credential: str | None) -> None:
    headers = {"Authorization": credential} if credential else {}
    for store_id in (shop().store_id, "no-uuid"):
        answer = shop().client.request(method, path.format(store_id=store_id), headers=headers, content=b"{")
        assert answer.status_code == 401
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(("method", "path"), OF_A_STORE)
def test_a_store_of_somebody_else_does_not_exist(shop: Open, issuer: Issuer, method: str, path: str) -> None:
    theirs, mine = shop(), shop()
    answers = [
        mine.client.request(method, url(path, store_id), headers=headers, json={"occupancy": 3})
        for headers in (mine.headers, issuer.headers(superadmin=True))
        for store_id in (theirs.store_id, uuid4())
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


@pytest.mark.parametrize(("method", "path"), OF_A_STORE)
def test_a_store_of_mine_answers(shop: Open, method: str, path: str) -> None:
    store = shop()
    answer = store.client.request(method, url(path, store.store_id), headers=store.headers, json={"occupancy": 3})
    assert answer.status_code in {200, 201}


@pytest.mark.parametrize(("method", "path"), OF_A_STORE)
def test_an_id_that_is_none_is_refused(shop: Open, method: str, path: str) -> None:
    store = shop()
    answer = store.client.request(method, path.format(store_id="7"), headers=store.headers, json={"occupancy": 3})
    assert answer.status_code == 422
    assert ["path", "store_id"] in [error["loc"] for error in answer.json()["errors"]]


def test_who_i_am(shop: Open, issuer: Issuer) -> None:
    store = shop(name="Aroha")
    assert store.get("/me") == {
        "user_id": str(store.owner),
        "email": f"{store.owner}@example.com",
        "is_superadmin": False,
        "stores": [{"store_id": str(store.store_id), "name": "Aroha", "timezone": "UTC", "role": "owner"}],
    }
    superadmin = store.client.get("/me", headers=issuer.headers(superadmin=True)).json()
    assert superadmin["is_superadmin"]
    assert superadmin["stores"] == []


def test_health_needs_no_token_and_asks_the_database(shop: Open) -> None:
    assert shop().client.get("/healthz").json() == {"status": "ok", "database": "ok"}


def test_the_printed_document_is_the_one_that_is_served(
    app: Application, shop: Open, capsys: pytest.CaptureFixture[str]
) -> None:
    openapi.main()
    assert json.loads(capsys.readouterr().out) == shop().client.get("/openapi.json").json() == app.openapi()


def test_every_operation_has_a_summary_a_description_and_typed_answers(app: Application) -> None:
    for path, operations in app.openapi()["paths"].items():
        for operation in operations.values():
            assert operation["summary"], path
            assert operation["description"], path
            done = operation["responses"].get("200") or operation["responses"]["201"]
            assert "$ref" in json.dumps(done["content"]["application/json"]["schema"]), path
