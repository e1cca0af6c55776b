"""Construction of the FastAPI applications and of their Lambda handlers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from mangum import Mangum
from mangum.adapter import DEFAULT_TEXT_MIME_TYPES
from starlette.middleware.cors import CORSMiddleware

from . import logs, problems
from .database import Database
from .key_set import KeySet
from .metrics import measured
from .middleware import SecurityMiddleware
from .problem_responses import PROBLEMS_OF_EVERY_ROUTE, ProblemDetails, install_problem_handlers
from .request_id import HEADER as REQUEST_ID
from .request_log import RequestLogMiddleware
from .settings import Settings
from .tokens import TokenVerifier

LambdaHandler = Callable[[dict[str, Any], Any], dict[str, Any]]


class Application(FastAPI):
    """A FastAPI application whose OpenAPI document describes problem+json responses."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI document, with `ProblemDetails` in place of FastAPI's validation errors."""
        if self.openapi_schema is None:
            document = super().openapi()
            schemas = document.setdefault("components", {}).setdefault("schemas", {})
            described = ProblemDetails.model_json_schema(ref_template="#/components/schemas/{model}")
            schemas.update(described.pop("$defs"))
            schemas["ProblemDetails"] = described
            described["properties"]["type"]["enum"] = _problem_types(document)
            # FastAPI's schemas of a validation error: no route responds with them.
            for unused in ("HTTPValidationError", "ValidationError"):
                schemas.pop(unused, None)
        return self.openapi_schema or {}


def make_app(
    settings: Settings, routers: Iterable[APIRouter], *, title: str, openapi_url: str | None = None
) -> Application:
    """Return an application with the middleware, the problem handlers and the state that the Lambdas share.

    Opens no connection.

    Args:
        settings: settings of the Lambda.
        routers: routers to include.
        title: title of the OpenAPI document.
        openapi_url: path that serves the document; None serves none.
    """
    app = Application(
        title=title,
        version="1",
        docs_url=None,
        redoc_url=None,
        openapi_url=openapi_url,
        redirect_slashes=False,
        generate_unique_id_function=_operation_id,
    )
    app.state.settings = settings
    app.state.database = Database(settings.database_url)
    app.state.tokens = TokenVerifier(settings.issuer, KeySet(settings.jwks_url))
    install_problem_handlers(app)
    app.add_middleware(SecurityMiddleware)
    app.add_middleware(
        CORSMiddleware,
        allow_origins=settings.cors_origins,
        allow_methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "If-None-Match"],
        expose_headers=["ETag", "Retry-After", "Content-Disposition", REQUEST_ID],
        max_age=600,
    )
    app.add_middleware(RequestLogMiddleware)
    for router in routers:
        app.include_router(router)
    _build_routes(app)
    return app


def lambda_handler(app: FastAPI, function: str) -> LambdaHandler:
    """Return the application as a handler of API Gateway HTTP API events (payload format 2.0).

    Args:
        app: the application.
        function: name of the function in serverless.yml, for its metrics.
    """
    logs.set_up()
    mangum = Mangum(
        app,
        lifespan="off",  # it would run at each invocation
        # Replaces Mangum's defaults, so they are listed again. Other media types are sent base64-encoded.
        text_mime_types=[*DEFAULT_TEXT_MIME_TYPES, problems.MEDIA_TYPE],
    )

    @measured(function)
    def handle(event: dict[str, Any], context: Any) -> dict[str, Any]:
        return mangum(event, context)

    return handle


def _build_routes(app: FastAPI) -> None:
    """Build the routes of the included routers, which FastAPI does in the first request otherwise.

    A Lambda has more CPU while it starts. And FastAPI hides warnings of pydantic meanwhile, which is safe in one thread
    only: `warnings.catch_warnings` changes the filters of the whole process.
    """
    for _ in iter_route_contexts(app.routes):
        pass


def _problem_types(document: Mapping[str, Any]) -> list[str]:
    """Return the types of the problems that the routes of a document respond with, and of those that any route can."""
    responses = [
        response
        for path in document["paths"].values()
        for operation in path.values()
        for response in operation["responses"].values()
    ]
    documented = {type_ for response in responses for type_ in response.get("x-types", ())}
    return sorted(documented | {kind.type for kind in PROBLEMS_OF_EVERY_ROUTE})


def _operation_id(route: APIRoute) -> str:
    return route.name
