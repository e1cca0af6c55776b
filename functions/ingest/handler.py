"""Entry point of the ingest Lambda. Every exception becomes a response."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from typing import Any

from functions.common.metrics import measured
from functions.common.problems import InternalError, Problem
from functions.common.secret import SecretUnavailableError
from functions.common.settings import INGEST_SETTINGS, Settings, load_settings

from .database import Database
from .endpoints import Ingest
from .http_api import Router, format_response, parse_event, problem_response

logger = logging.getLogger("metrica.ingest")

Handler = Callable[[Mapping[str, Any], object], dict[str, Any]]


def make_handler(settings: Settings) -> Handler:
    """Return a handler with its own connection and key cache. It connects at the first request that needs it."""
    return make_endpoint_handler(Ingest(settings, Database(settings.database_url)))


def make_endpoint_handler(ingest: Ingest) -> Handler:
    """Return the endpoints as a handler of API Gateway HTTP API events (payload format 2.0)."""
    router = Router(ingest.routes())

    @measured("ingest")
    def handle(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
        try:
            response = router(parse_event(event))
        except Problem as problem:
            response = problem_response(problem)
        except SecretUnavailableError as error:
            logger.error("%s", error)  # noqa: TRY400 - the message is complete
            response = problem_response(InternalError())
        except Exception:
            logger.exception("unexpected error")
            response = problem_response(InternalError())
        return format_response(response)

    return handle


logging.getLogger().setLevel(os.environ.get("METRICA_LOG_LEVEL", "INFO"))
handler = make_handler(load_settings(INGEST_SETTINGS))
