"""Entry point of the ingest Lambda. Every exception becomes a response."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any

from functions.common import logs
from functions.common.metrics import measured
from functions.common.problems import InternalError, Problem
from functions.common.request_id import HEADER, choose_request_id, handling
from functions.common.secret import SecretUnavailableError
from functions.common.settings import INGEST_SETTINGS, Settings, load_settings

from .database import Database
from .endpoints import Ingest
from .http_api import Response, Router, format_response, parse_event, problem_response

logger = logging.getLogger("metrica.ingest")

Handler = Callable[[Mapping[str, Any], object], dict[str, Any]]


def make_handler(settings: Settings) -> Handler:
    """Return a handler with its own connection and key cache. It connects at the first request that needs it."""
    return make_endpoint_handler(Ingest(settings, Database(settings.database_url)))


def make_endpoint_handler(ingest: Ingest) -> Handler:
    """Return the endpoints as a handler of API Gateway HTTP API events (payload format 2.0)."""
    router = Router(ingest.routes())

    def respond(event: Mapping[str, Any]) -> Response:
        try:
            return router(parse_event(event))
        except Problem as problem:
            return problem_response(problem)
        except SecretUnavailableError as error:
            logger.error("%s", error)  # noqa: TRY400 - the message is complete
            return problem_response(InternalError())
        except Exception:
            logger.exception("unexpected error")
            return problem_response(InternalError())

    @measured("ingest")
    def handle(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
        started = time.perf_counter()
        request_id = choose_request_id(_sent_request_id(event))
        with handling(request_id):
            response = respond(event)
            _log_request(event, router, response, time.perf_counter() - started)
        formatted = format_response(response)
        formatted["headers"][HEADER] = request_id
        return formatted

    return handle


def _sent_request_id(event: Mapping[str, Any]) -> str | None:
    headers = event.get("headers") or {}
    return next((value for name, value in headers.items() if name.lower() == HEADER.lower()), None)


def _log_request(event: Mapping[str, Any], router: Router, response: Response, elapsed_s: float) -> None:
    http = event["requestContext"]["http"]
    gateway_id = event["requestContext"].get("requestId")  # its access log has this id
    logger.info(
        "request",
        extra={
            "method": http["method"],
            "route": router.route_path(event.get("rawPath") or http["path"]),
            "status": response.status,
            "ms": round(elapsed_s * 1000, 1),
            **response.log_fields,
            **({} if gateway_id is None else {"gateway_request_id": gateway_id}),
        },
    )


logs.set_up()
handler = make_handler(load_settings(INGEST_SETTINGS))
