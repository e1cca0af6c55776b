"""The application: routes, CORS, the check of the API key, and errors in the two formats of Supabase."""

from __future__ import annotations

import logging
import sqlite3
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from local.auth import admin_endpoints, user_endpoints
from local.auth.errors import AuthError, WeakPasswordError
from local.auth.keys import AuthKeys
from local.auth.requests import require_api_key
from local.auth.service import AuthService

_log = logging.getLogger(__name__)

API_VERSION_HEADER: Final = "X-Supabase-Api-Version"
API_VERSION: Final = "2024-01-01"
# Fetched by browsers and JWT libraries without an API key.
_KEYLESS_PATHS: Final = ("/auth/v1/.well-known/jwks.json", "/auth/v1/health", "/auth/v1/verify")
# What a project that is set up as docs/supabase.md says answers, and what is true of this service.
_SETTINGS: Final = {
    "external": {"anonymous_users": False, "email": True, "phone": False},
    "disable_signup": True,
    "mailer_autoconfirm": False,
    "phone_autoconfirm": False,
    "saml_enabled": False,
}


def create_app(service: AuthService) -> Starlette:
    """Return the application that serves `/auth/v1`."""

    async def jwks(_: Request) -> Response:
        return JSONResponse(service.keys.jwks(), headers={"Cache-Control": "public, max-age=600"})

    async def health(_: Request) -> Response:
        return JSONResponse({"name": "GoTrue", "description": "local replacement of Supabase Auth"})

    async def settings(_: Request) -> Response:
        return JSONResponse(_SETTINGS)

    return Starlette(
        routes=[
            Mount(
                "/auth/v1",
                routes=[
                    Route("/.well-known/jwks.json", jwks),
                    Route("/health", health),
                    Route("/settings", settings),
                    *user_endpoints.routes(service),
                    *admin_endpoints.routes(service),
                ],
            )
        ],
        middleware=[
            # As Supabase: any origin is allowed, because no cookie authenticates a request.
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "POST", "PUT", "DELETE", "OPTIONS"],
                allow_headers=["authorization", "apikey", "content-type", "x-client-info", API_VERSION_HEADER],
                expose_headers=[API_VERSION_HEADER, "X-Total-Count", "Link"],
            ),
            Middleware(_ApiKeyMiddleware, keys=service.keys),
        ],
        exception_handlers={
            AuthError: _handle_auth_error,
            HTTPException: _handle_http_error,
            sqlite3.Error: _handle_database_error,
        },
    )


class _ApiKeyMiddleware:
    """Refuse requests without an API key, as the gateway in front of Supabase Auth does."""

    def __init__(self, app: ASGIApp, keys: AuthKeys) -> None:
        self._app = app
        self._keys = keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] not in _KEYLESS_PATHS:
            request = Request(scope)
            try:
                require_api_key(request, self._keys)
            except AuthError as error:
                await _error_response(request, error)(scope, receive, send)
                return
        await self._app(scope, receive, send)


async def _handle_auth_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, AuthError):
        raise error
    return _error_response(request, error)


async def _handle_http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    return _error_response(request, AuthError(error.status_code, "not_found", error.detail))


async def _handle_database_error(request: Request, error: Exception) -> Response:
    """Answer 500 for a full disk or a locked file; supabase-js keeps its session and retries after any 5xx."""
    _log.error("%s %s: %s", request.method, request.url.path, error)
    return _error_response(request, AuthError(500, "unexpected_failure", "Unexpected failure, please check the logs"))


def _error_response(request: Request, error: AuthError) -> Response:
    """Use the format of the API version that the client requests: supabase-js sends one, plain HTTP clients do not."""
    weak = {"weak_password": {"reasons": error.reasons}} if isinstance(error, WeakPasswordError) else {}
    headers = {"X-Sb-Error-Code": error.code}
    if request.headers.get(API_VERSION_HEADER, "") >= API_VERSION:
        headers[API_VERSION_HEADER] = API_VERSION
        return JSONResponse({"code": error.code, "message": error.message} | weak, error.status, headers)
    legacy = {"code": error.status, "error_code": error.code, "msg": error.message}
    return JSONResponse(legacy | weak, error.status, headers)
