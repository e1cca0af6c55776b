"""Which pages may read the responses, and the headers that protect the pages."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from functions.common.app import Application
from tests.integration.functions.every_route.conftest import Caller
from tests.integration.functions.every_route.routes import ADMIN_ROUTES, OWNER_ROUTES, Row, ids
from tests.integration.functions.every_route.tenant import nobody


@pytest.mark.parametrize("row", OWNER_ROUTES + ADMIN_ROUTES, ids=ids)
def test_every_answer_has_the_security_headers(stranger: Caller, row: Row) -> None:
    answer = stranger(row, nobody().url(row))
    assert answer.headers["strict-transport-security"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("origin", ["http://127.0.0.1:8403", "http://127.0.0.1:8404"])
def test_our_pages_may_read_the_answers(apps: list[Application], origin: str) -> None:
    for app in apps:
        answer = TestClient(app).get("/me", headers={"Origin": origin})
        assert answer.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:8403.evil.example", "http://127.0.0.1:84033"]
)
def test_no_other_page_may(apps: list[Application], origin: str) -> None:
    for app in apps:
        client = TestClient(app)
        asked = {"Origin": origin, "Access-Control-Request-Method": "GET"}
        for answer in (client.get("/me", headers=asked), client.options("/me", headers=asked)):
            assert "access-control-allow-origin" not in answer.headers
            assert "access-control-allow-credentials" not in answer.headers
