"""The id of a request or of a run, which its log lines and its SQL statements carry.

An edge box sends the id of a batch in `X-Request-Id` and writes it into its own log, so that one id leads from the box
to the statement. Every response contains the id.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, TypeVar
from uuid import uuid4

HEADER = "X-Request-Id"
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)

_current: ContextVar[str | None] = ContextVar("request_id", default=None)
T = TypeVar("T")


def choose_request_id(sent: str | None) -> str:
    """Return the id that the caller sent, if it is a UUID in lower case, or else a new one.

    Nothing else is accepted, because the id goes into logs and into SQL comments.

    >>> choose_request_id("5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11")
    '5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11'
    """
    return sent if sent is not None and _UUID.fullmatch(sent) else str(uuid4())


def current_request_id() -> str | None:
    """Return the id of the request that this context handles, or None outside of a request."""
    return _current.get()


@contextmanager
def handling(request_id: str) -> Iterator[None]:
    """Give an id to what the block logs and executes.

    A thread that is started in the block has the id if it runs in a copy of the context (`contextvars.copy_context`).

    Args:
        request_id: an id that `choose_request_id` returned.
    """
    token = _current.set(request_id)
    try:
        yield
    finally:
        _current.reset(token)


def with_run_id(handler: Callable[[dict[str, Any], Any], T]) -> Callable[[dict[str, Any], Any], T]:
    """Give each run of a scheduled function the id that Lambda gave to the invocation."""

    @wraps(handler)
    def handle(event: dict[str, Any], context: Any) -> T:
        with handling(choose_request_id(getattr(context, "aws_request_id", None))):
            return handler(event, context)

    return handle
