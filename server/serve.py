"""The functions that answer requests, each in a process of its own behind uvicorn."""

from __future__ import annotations

from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

from server.errors import InstallationError
from server.functions import Function
from server.process_environment import load_environment

CONNECTIONS = 5
"""Connections to the database of a process, so requests at once: as the pool in functions/common/database.py."""


def serve(function: Function, configuration: Path, host: str, port: int) -> None:
    """Serve `ingest`, `api` or `admin` until SIGTERM.

    Args:
        function: the function.
        configuration: the folder with its environment.
        host: address to listen on.
        port: port to listen on.

    Raises:
        InstallationError: the environment is missing, or a setting in it is not valid.
    """
    load_environment(function, configuration)
    from functions.common.settings import SettingsError

    try:
        app = make_app(function.name)
    except SettingsError as error:
        raise InstallationError(str(error)) from error
    uvicorn.run(
        app,
        host=host,
        port=port,
        lifespan="off",
        access_log=False,  # paths contain tokens of wall links
        log_level="warning",
        log_config=None,  # its records go where those of the function go
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=function.timeout_s,
    )


def make_app(name: str) -> ASGIApp:
    """Return the ASGI application of a function. Its settings are read from the environment now."""
    match name:
        case "ingest":
            return _with_health(_ingest())
        case "api":
            return _api()
        case "admin":
            return _admin()
        case _:
            raise ValueError(f"{name} answers no requests")


def _ingest() -> ASGIApp:
    from functions.common.settings import INGEST_SETTINGS, load_settings
    from functions.ingest.handler import make_handler
    from server.lambda_gateway import LambdaGateway

    settings = load_settings(INGEST_SETTINGS)
    return LambdaGateway([make_handler(settings) for _ in range(CONNECTIONS)])


def _api() -> ASGIApp:
    from functions.api.app import build
    from functions.common.settings import API_SETTINGS, load_settings
    from server.request_limit import RequestLimit

    return RequestLimit(build(load_settings(API_SETTINGS)), CONNECTIONS)  # it has a /healthz of its own


def _admin() -> ASGIApp:
    from functions.admin.app import build
    from functions.common.settings import ADMIN_SETTINGS, load_settings
    from server.request_limit import RequestLimit
    from server.snapshot_files import snapshot_route

    settings = load_settings(ADMIN_SETTINGS)
    return _with_health(RequestLimit(build(settings), CONNECTIONS), snapshot_route(settings))


def _with_health(app: ASGIApp, *routes: Route) -> Starlette:
    async def healthz(_: Request) -> Response:
        return PlainTextResponse("ok")

    return Starlette(routes=[Route("/healthz", healthz), *routes, Mount("/", app)])
