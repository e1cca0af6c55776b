"""Errors of the FastAPI Lambdas as problem+json responses, and their description in the OpenAPI documents."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from . import problems
from .field_errors import FieldErrorType, find_params
from .problems import Problem

logger = logging.getLogger(__name__)

# read_only_sql_transaction, in_failed_sql_transaction, idle_in_transaction_session_timeout
_TRANSACTION_ENDED = frozenset({"25006", "25P02", "25P03"})


PROBLEMS_OF_EVERY_ROUTE: tuple[type[Problem], ...] = (
    problems.BadRequest,
    problems.NotFound,
    problems.MethodNotAllowed,
    problems.TooLarge,
    problems.UnsupportedMedia,
    problems.Invalid,
    problems.InternalError,
    problems.DatabaseUnavailable,
)
"""What the handlers of this module respond with, also where a route does not list it."""


class ErrorItem(BaseModel):
    """One error of a request that failed validation."""

    loc: list[str | int] = Field(description="Part of the request, then the path to the member.")
    type: FieldErrorType = Field(description="Stable slug of the error.")
    message: str = Field(description="An English sentence for a person.")
    params: dict[str, str | float] | None = Field(
        None, description="The numbers and names of the sentence.", examples=[{"max_length": 120}]
    )


class ProblemDetails(BaseModel):
    """A problem (RFC 9457). `type` is stable; clients should decide by it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[ErrorItem] | None = None
    current: dict[str, Any] | None = Field(None, description="Of `precondition_failed`: the resource as it is now.")
    changed_by: str | None = Field(None, description="Of `precondition_failed`: who changed it last.")
    changed_at: datetime | None = Field(None, description="Of `precondition_failed`: when.")


def problem_response(problem: Problem) -> JSONResponse:
    """Return the response of a problem."""
    return JSONResponse(problem.body(), problem.status, headers=problem.headers, media_type=problems.MEDIA_TYPE)


def document_problems(*kinds: type[Problem]) -> dict[int | str, dict[str, Any]]:
    """Return the `responses=` of a route that can respond with these problems.

    >>> sorted(document_problems(problems.NotFound, problems.Conflict))
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
    """Register the handlers that turn exceptions into problem responses."""
    app.add_exception_handler(Problem, _handle_problem)
    app.add_exception_handler(HTTPException, _handle_http_exception)
    app.add_exception_handler(RequestValidationError, _handle_validation_error)
    for unavailable in (OperationalError, InterfaceError, PoolTimeout):
        app.add_exception_handler(unavailable, _handle_unavailable_database)
    app.add_exception_handler(InternalError, _handle_internal_error)
    app.add_exception_handler(DataError, _handle_data_error)


async def _handle_problem(_request: Request, problem: Exception) -> JSONResponse:
    if not isinstance(problem, Problem):
        raise problem
    if reason := getattr(problem, "reason", None):
        logger.info("access token refused: %s", reason)
    return problem_response(problem)


async def _handle_http_exception(_request: Request, error: Exception) -> JSONResponse:
    """Starlette's exceptions: unknown path, unknown method, a body that is not JSON."""
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


async def _handle_validation_error(_request: Request, error: Exception) -> JSONResponse:
    if not isinstance(error, RequestValidationError):
        raise error
    return problem_response(problems.Invalid([_field_error(item) for item in error.errors()]))


def _field_error(item: Mapping[str, Any]) -> problems.FieldError:
    """Return an error of Pydantic without `input` and what repeats it: it would send back what the client sent."""
    type_, params = find_params(item["type"], item.get("ctx", {}))
    return problems.field_error(item["loc"], type_, _sentence(item["msg"]), params)


def _sentence(message: str) -> str:
    """Return a message of Pydantic without the prefix that it gives to the messages of our validators."""
    message = message.removeprefix("Value error, ")
    return message[:1].upper() + message[1:]


async def _handle_unavailable_database(_request: Request, error: Exception) -> JSONResponse:
    logger.warning("database unavailable: %s", type(error).__name__)
    return problem_response(problems.DatabaseUnavailable())


async def _handle_internal_error(request: Request, error: Exception) -> JSONResponse:
    """Errors inside the server: it ended a transaction that was idle too long, or became a read-only replica."""
    if getattr(getattr(error, "orig", None), "sqlstate", None) in _TRANSACTION_ENDED:
        return await _handle_unavailable_database(request, error)
    raise error


async def _handle_data_error(_request: Request, error: Exception) -> JSONResponse:
    logger.warning("the database refused a value that passed validation", exc_info=error)
    return problem_response(
        problems.Invalid(
            [problems.field_error(["body"], FieldErrorType.UNSTORABLE_VALUE, "The value cannot be stored.")]
        )
    )
