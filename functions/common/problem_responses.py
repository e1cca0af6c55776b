"""Every error of a FastAPI Lambda as problem+json, and the documents' description of them."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from . import problems
from .problems import Problem

logger = logging.getLogger(__name__)

# read_only_sql_transaction, in_failed_sql_transaction, idle_in_transaction_session_timeout
_TRANSACTION_ENDED = frozenset({"25006", "25P02", "25P03"})


class ErrorItem(BaseModel):
    loc: list[str | int] = Field(description="Where: the part of the request, then the path to the member.")
    type: str = Field(description="Stable slug of what is wrong.")
    message: str


class ProblemDetails(BaseModel):
    """RFC 9457. Switch on `type`: it is stable."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ErrorItem] | None = None


def problem_response(problem: Problem) -> JSONResponse:
    return JSONResponse(problem.body(), problem.status, headers=problem.headers, media_type=problems.MEDIA_TYPE)


def answers(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route that can end in these problems.

    >>> sorted(answers(problems.NotFound, problems.Conflict))
    [404, 409]
    """
    documented: dict[int | str, dict[str, Any]] = {}
    for kind in kinds:
        types = [*documented.get(kind.status, {}).get("x-types", []), kind.type]
        documented[kind.status] = {
            "description": kind.title,
            "content": {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
            "x-types": types,
        }
    return documented


def install_problem_handlers(app: FastAPI) -> None:
    app.add_exception_handler(Problem, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _validation)
    for unavailable in (OperationalError, InterfaceError, PoolTimeout):
        app.add_exception_handler(unavailable, _database)
    app.add_exception_handler(InternalError, _internal)
    app.add_exception_handler(DataError, _unstorable)


async def _known(_request: Request, problem: Exception) -> JSONResponse:
    if not isinstance(problem, Problem):
        raise problem
    if reason := getattr(problem, "reason", None):
        logger.info("refused a credential: %s", reason)
    return problem_response(problem)


async def _http(_request: Request, error: Exception) -> JSONResponse:
    """Starlette's own: no such route, no such method, a body that is not JSON."""
    if not isinstance(error, HTTPException):
        raise error
    kinds: dict[int, type[Problem]] = {
        400: problems.BadRequest,
        404: problems.NotFound,
        405: problems.MethodNotAllowed,
        413: problems.TooLarge,
        415: problems.UnsupportedMedia,
    }
    kind = kinds.get(error.status_code, problems.InternalError)
    return problem_response(kind(headers=error.headers))


async def _validation(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    # Only where and what: `input` and `ctx` would send back what came in.
    items = [problems.field_error(item["loc"], item["type"], item["msg"]) for item in error.errors()]
    return problem_response(problems.Invalid(items))


async def _database(_request: Request, error: Exception) -> JSONResponse:
    logger.warning("the database did not answer: %s", type(error).__name__)
    return problem_response(problems.DatabaseUnavailable())


async def _internal(request: Request, error: Exception) -> JSONResponse:
    """The server's own trouble: a transaction that waited too long was cut off, or a replica took over read-only."""
    if getattr(getattr(error, "orig", None), "sqlstate", None) in _TRANSACTION_ENDED:
        return await _database(request, error)
    raise error


async def _unstorable(_request: Request, error: Exception) -> JSONResponse:
    logger.warning("a value passed validation that the database refuses", exc_info=error)
    return problem_response(
        problems.Invalid([problems.field_error(["body"], "unstorable_value", "A value cannot be stored.")])
    )
