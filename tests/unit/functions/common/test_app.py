"""What is ready when a FastAPI Lambda has started."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pydantic
import pytest
from starlette.testclient import TestClient

from functions.admin.app import build as build_admin
from functions.api.app import build as build_api
from functions.common.app import Application
from functions.common.settings import ADMIN_SETTINGS, Settings, load_settings

ENVIRONMENT = {
    "METRICA_ENV": "test",
    "DATABASE_URL": "postgresql://api@127.0.0.1:1/metrica",
    "SUPABASE_URL": "http://127.0.0.1:9",
    "SUPABASE_SERVICE_ROLE_KEY": "key",
    "DASHBOARD_URL": "http://127.0.0.1:3000",
}


@pytest.mark.parametrize("build", [build_api, build_admin])
def test_the_first_request_builds_no_route(
    build: Callable[[Settings], Application], monkeypatch: pytest.MonkeyPatch
) -> None:
    built: list[Any] = []
    build_adapter = pydantic.TypeAdapter.__init__

    def noted(adapter: pydantic.TypeAdapter[Any], of: Any, **options: Any) -> None:
        built.append(of)
        build_adapter(adapter, of, **options)

    monkeypatch.setattr(pydantic.TypeAdapter, "__init__", noted)
    app = build(load_settings(ADMIN_SETTINGS, ENVIRONMENT))
    assert built
    built.clear()
    client = TestClient(app)
    assert client.get("/no-such-route").status_code == 404
    assert built == []
