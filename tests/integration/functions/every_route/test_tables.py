"""Every route of every app has its row in the tables, and is made with authentication."""

from __future__ import annotations

from typing import Any

from fastapi.routing import APIRoute

from functions.admin.app import ROUTERS as ADMIN_ROUTERS
from functions.api.app import ROUTERS as OWNER_ROUTERS
from functions.common.app import Application
from functions.common.authentication import AuthenticatedRoute
from functions.common.settings import load_settings
from functions.ingest.database import Database
from functions.ingest.endpoints import Ingest
from tests.integration.functions.every_route.routes import ADMIN_ROUTES, INGEST_ROUTES, OWNER_ROUTES


def routes_of(routers: Any) -> set[tuple[str, str]]:
    return {
        (method, route.path)
        for router in routers
        for route in router.routes
        if isinstance(route, APIRoute)
        for method in route.methods or ()
    }


def test_every_route_of_the_owner_api_has_its_row() -> None:
    assert routes_of(OWNER_ROUTERS) == {row.key for row in OWNER_ROUTES}


def test_every_route_of_the_admin_api_has_its_row() -> None:
    assert routes_of(ADMIN_ROUTERS) == {row.key for row in ADMIN_ROUTES}


def test_every_route_of_ingest_has_its_row() -> None:
    settings = load_settings([], {})
    assert set(Ingest(settings, Database(settings.database_url)).routes()) == {row.key for row in INGEST_ROUTES}


def test_nothing_else_is_mounted_but_the_owner_apis_document(apps: list[Application]) -> None:
    # Routers stand in app.routes as a whole; what has a path of its own was added beside them.
    others = [[route.path for route in app.routes if hasattr(route, "path")] for app in apps]
    assert others == [["/openapi.json"], []]


def test_every_route_is_in_the_document_of_its_app(apps: list[Application]) -> None:
    for app, rows in zip(apps, (OWNER_ROUTES, ADMIN_ROUTES), strict=True):
        documented = {(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods}
        assert documented == {row.key for row in rows}


def test_only_the_open_routes_are_made_without_authentication() -> None:
    open_paths = {row.path for row in OWNER_ROUTES if row.is_open}
    for router in (*OWNER_ROUTERS, *ADMIN_ROUTERS):
        for route in router.routes:
            if isinstance(route, APIRoute) and route.path not in open_paths:
                assert isinstance(route, AuthenticatedRoute), route.path
