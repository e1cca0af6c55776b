"""The Lambda's entry: an httpApi event in, an answer out, never an exception."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping
from typing import Any

from functions.common.problems import InternalError, Problem
from functions.common.secret import SecretUnavailableError
from functions.common.settings import INGEST_SETTINGS, Settings, load_settings

from .connection import Database
from .endpoints import Ingest
from .gateway import answer_of, event_answer, request_of
from .router import Router

logger = logging.getLogger("metrica.ingest")

Handler = Callable[[Mapping[str, Any], object], dict[str, Any]]


def make_handler(settings: Settings) -> Handler:
    """A handler with its own connection and memory of keys; connects when the first request needs it."""
    return serve(Ingest(settings, Database(settings.database_url)))


def serve(ingest: Ingest) -> Handler:
    """The endpoints as a handler of httpApi events (payload 2.0)."""
    route = Router(ingest.routes())

    def handle(event: Mapping[str, Any], _context: object) -> dict[str, Any]:
        try:
            answer = route(request_of(event))
        except Problem as problem:
            answer = answer_of(problem)
        except SecretUnavailableError as error:
            logger.error("%s", error)  # noqa: TRY400 - its message is the whole story
            answer = answer_of(InternalError())
        except Exception:
            logger.exception("unexpected")
            answer = answer_of(InternalError())
        return event_answer(answer)

    return handle


logging.getLogger().setLevel(os.environ.get("METRICA_LOG_LEVEL", "INFO"))
handler = make_handler(load_settings(INGEST_SETTINGS))
