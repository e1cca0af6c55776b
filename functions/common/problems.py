"""Problems: the errors of the HTTP APIs, as `application/problem+json` (RFC 9457).

`type` is a stable slug (a relative reference, RFC 9457, section 3.1.1). Clients decide by it, not by `title` or
`detail`.

    Problem
    ├── BadRequest 400
    ├── Unauthorized 401
    ├── Forbidden 403
    ├── NotFound 404            also for resources of another tenant
    ├── MethodNotAllowed 405
    ├── Conflict 409
    ├── PreconditionFailed 412  preconditions.py; carries the present resource
    ├── TooLarge 413
    ├── UnsupportedMedia 415
    ├── Invalid 422             carries errors[]
    ├── TooManyRequests 429     Retry-After
    ├── InternalError 500
    ├── UpstreamFailed 502
    └── Unavailable 503         Retry-After
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, NotRequired, TypedDict

MEDIA_TYPE = "application/problem+json"


class FieldError(TypedDict):
    """One error of a request: its location (`["body", "name"]`), a stable slug and a sentence.

    `params` are the numbers and names of the sentence, so that it can be said in other languages.
    """

    loc: list[str | int]
    type: str
    message: str
    params: NotRequired[dict[str, str | float]]


class Problem(Exception):  # noqa: N818 - the term of RFC 9457
    """An error response. Subclasses set the class attributes.

    Args:
        detail: sentence for a person; `default_detail` when omitted.
        headers: additional response headers.
    """

    status: ClassVar[int] = 500
    type: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Internal error"
    default_detail: ClassVar[str] = "The server failed to handle the request. Try again later."

    def __init__(self, detail: str | None = None, *, headers: Mapping[str, str] | None = None) -> None:
        self.detail = detail or self.default_detail
        self.headers: dict[str, str] = dict(headers or {})
        super().__init__(self.detail)

    def body(self) -> dict[str, object]:
        """Return the JSON object of the response."""
        return {"type": self.type, "title": self.title, "status": self.status, "detail": self.detail}


class BadRequest(Problem):
    """The request cannot be parsed."""

    status, type, title = 400, "bad_request", "Bad request"
    default_detail = "The request cannot be parsed."


class Unauthorized(Problem):
    """The request has no valid credential."""

    status, type, title = 401, "unauthorized", "Not signed in"
    default_detail = "A valid credential is required."
    challenge: ClassVar[str] = "Bearer"

    def __init__(self, detail: str | None = None, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": self.challenge, **(headers or {})})


class Forbidden(Problem):
    """The caller may know the resource but not do this."""

    status, type, title = 403, "forbidden", "Not allowed"
    default_detail = "Your account is not allowed to do this."


class NotFound(Problem):
    """The resource does not exist for this caller."""

    status, type, title = 404, "not_found", "Not found"
    default_detail = "Resource not found."


class MethodNotAllowed(Problem):
    """The path exists, but not with this method."""

    status, type, title = 405, "method_not_allowed", "Method not allowed"
    default_detail = "This path does not support the method."


class Conflict(Problem):
    """The request conflicts with the state of the resource."""

    status, type, title = 409, "conflict", "Conflict"
    default_detail = "The request conflicts with the state of the resource."


class TooLarge(Problem):
    """The body is larger than allowed."""

    status, type, title = 413, "too_large", "Too large"
    default_detail = "The body is larger than allowed."


class UnsupportedMedia(Problem):
    """The media type or the encoding of the body is not supported."""

    status, type, title = 415, "unsupported_media_type", "Unsupported media type"
    default_detail = "The content type is not supported."


class Invalid(Problem):
    """The request failed validation; `errors` lists every error."""

    status, type, title = 422, "validation_error", "Not valid"
    default_detail = "The request is not valid; see errors."

    def __init__(self, errors: Sequence[FieldError], detail: str | None = None) -> None:
        super().__init__(detail)
        self.errors = list(errors)

    def body(self) -> dict[str, object]:
        """Return the JSON object of the response, with `errors`."""
        return {**super().body(), "errors": self.errors}


class _RetryLater(Problem):
    def __init__(self, detail: str | None = None, *, retry_after_s: int = 5) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after_s)})


class TooManyRequests(_RetryLater):
    """The client must send fewer requests."""

    status, type, title = 429, "too_many_requests", "Too many requests"
    default_detail = "Too many requests; wait before you retry."


class InternalError(Problem):
    """The server failed unexpectedly."""


class UpstreamFailed(Problem):
    """A service that the request needs failed."""

    status, type, title = 502, "upstream_failed", "Upstream service failed"
    default_detail = "A service that this request needs did not respond as expected."


class Unavailable(_RetryLater):
    """The service cannot handle the request at the moment."""

    status, type, title = 503, "unavailable", "Temporarily unavailable"
    default_detail = "The service is temporarily unavailable; try again later."


class DatabaseUnavailable(Unavailable):
    """The database cannot be reached or does not respond in time."""

    type = "database_unavailable"
    default_detail = "The database is temporarily unavailable; try again later."

    def __init__(self) -> None:
        super().__init__(retry_after_s=2)


def field_error(
    loc: Sequence[str | int], type_: str, message: str, params: Mapping[str, str | float] | None = None
) -> FieldError:
    """Return a field error.

    Args:
        loc: part of the request, then the path to the member.
        type_: stable slug.
        message: sentence for a person.
        params: the numbers and names of the sentence; left out without any.
    """
    error: FieldError = {"loc": list(loc), "type": type_, "message": message}
    return {**error, "params": dict(params)} if params else error
