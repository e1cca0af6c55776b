"""The owner API in this process, called as its Lambda is: what the benchmarks of its routes share."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from time import perf_counter
from typing import Any
from unittest.mock import patch
from uuid import UUID

from functions.api import params
from functions.api.app import build
from functions.common.app import lambda_handler
from functions.common.cold_start import without_collector
from functions.common.database import Database
from functions.common.identity import Identity
from functions.common.settings import API_SETTINGS, load_settings

GATEWAY_REQUEST_ID = "JKJaXmPLvHcESHA="
"""An id of a request as API Gateway gives it, as in the examples of its documentation. It is in the log."""


class OwnerApi:
    """The handler of the owner API, for one owner. Tokens are not verified: signatures are not measured.

    Attributes:
        database: The database of the API.
    """

    database: Database

    def __init__(self, url: str, owner: UUID, now: datetime | None = None) -> None:
        """Build the API.

        Args:
            url: The URL of the database.
            owner: Who sends the requests.
            now: The time of all requests until `close`; by default the current time.
        """
        with without_collector():  # as in the Lambda
            app = build(load_settings(API_SETTINGS, {"METRICA_ENV": "test", "DATABASE_URL": url}))
        self._fixed_time = ExitStack()
        if now is not None:
            # Not an override of the dependency: with one, FastAPI analyses the parameters of the route at each request.
            self._fixed_time.enter_context(patch.object(params, "datetime", _FixedTime(now)))
        app.state.tokens = _OwnerTokens(owner)
        self.database = app.state.database
        self._handler = lambda_handler(app, "api")

    def get(self, route: str) -> dict[str, Any]:
        """Request a route, such as `/stores?period=month`, and return its JSON.

        Raises:
            RuntimeError: The answer is not 200.
        """
        path, _, query = route.partition("?")
        http = {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": ""}
        response = self._handler(
            {
                "version": "2.0",
                "routeKey": "$default",
                "rawPath": path,
                "rawQueryString": query,
                "headers": {"host": "localhost", "authorization": "Bearer x"},
                "requestContext": {"http": http, "requestId": GATEWAY_REQUEST_ID, "stage": "$default"},
                "isBase64Encoded": False,
            },
            None,
        )
        if response["statusCode"] != 200:
            raise RuntimeError(f"{route} returned {response['statusCode']}: {response['body'][:300]}")
        body: dict[str, Any] = json.loads(response["body"])
        return body

    def close(self) -> None:
        """Close the connections of the API, and let its clock run."""
        self._fixed_time.close()
        self.database.dispose()


class _FixedTime:
    """Stands for the class `datetime` in the module that asks it for the time of a request."""

    def __init__(self, now: datetime) -> None:
        self._now = now

    def now(self, _zone: object) -> datetime:
        return self._now


class _OwnerTokens:
    """Accepts every token as the owner's."""

    def __init__(self, owner: UUID) -> None:
        self._identity = Identity(owner, "benchmark@example.org", has_superadmin_role=False)

    def verify(self, _token: str) -> Identity:
        return self._identity


def milliseconds(work: Callable[[], object], runs: int) -> list[float]:
    """Return the time of each of several runs, after one that is not counted."""
    work()
    times = []
    for _ in range(runs):
        start = perf_counter()
        work()
        times.append((perf_counter() - start) * 1000)
    return times
