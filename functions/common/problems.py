"""Problems: every error of the HTTP interfaces, as `application/problem+json` (RFC 9457).

Framework-free. `type` is a stable slug (a relative reference in the sense of RFC 9457, section 3.1.1): clients switch
on it, never on `title` or `detail`.

    Problem
    ├── BadRequest 400
    ├── Unauthorized 401
    ├── Forbidden 403
    ├── NotFound 404            also everything that belongs to somebody else
    ├── MethodNotAllowed 405
    ├── Conflict 409
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
from typing import ClassVar, TypedDict

MEDIA_TYPE = "application/problem+json"


class FieldError(TypedDict):
    """One thing wrong with a request: where (`["body", "name"]`), a stable slug, and a sentence."""

    loc: list[str | int]
    type: str
    message: str


class Problem(Exception):  # noqa: N818 - RFC 9457's own word
    """An answer that is not the one asked for. Subclasses set the class attributes."""

    status: ClassVar[int] = 500
    type: ClassVar[str] = "internal_error"
    title: ClassVar[str] = "Internal error"
    default_detail: ClassVar[str] = "Something went wrong on our side. Try again later."

    def __init__(self, detail: str | None = None, *, headers: Mapping[str, str] | None = None) -> None:
        self.detail = detail or self.default_detail
        self.headers: dict[str, str] = dict(headers or {})
        super().__init__(self.detail)

    def body(self) -> dict[str, object]:
        """The JSON object of the answer."""
        return {"type": self.type, "title": self.title, "status": self.status, "detail": self.detail}


class BadRequest(Problem):
    status, type, title = 400, "bad_request", "Bad request"
    default_detail = "The request cannot be read."


class Unauthorized(Problem):
    status, type, title = 401, "unauthorized", "Not signed in"
    default_detail = "This needs a valid credential."
    challenge: ClassVar[str] = "Bearer"

    def __init__(self, detail: str | None = None, *, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail, headers={"WWW-Authenticate": self.challenge, **(headers or {})})


class Forbidden(Problem):
    status, type, title = 403, "forbidden", "Not allowed"
    default_detail = "You are signed in, but this is not open to you."


class NotFound(Problem):
    status, type, title = 404, "not_found", "Not found"
    default_detail = "There is nothing here."


class MethodNotAllowed(Problem):
    status, type, title = 405, "method_not_allowed", "Method not allowed"
    default_detail = "This address does not take that method."


class Conflict(Problem):
    status, type, title = 409, "conflict", "Conflict"
    default_detail = "The request conflicts with what is stored."


class TooLarge(Problem):
    status, type, title = 413, "too_large", "Too large"
    default_detail = "The body is larger than this address takes."


class UnsupportedMedia(Problem):
    status, type, title = 415, "unsupported_media_type", "Unsupported media type"
    default_detail = "This address does not take that kind of content."


class Invalid(Problem):
    status, type, title = 422, "validation_error", "Not valid"
    default_detail = "The request does not have the expected shape; see errors."

    def __init__(self, errors: Sequence[FieldError], detail: str | None = None) -> None:
        super().__init__(detail)
        self.errors = list(errors)

    def body(self) -> dict[str, object]:
        return {**super().body(), "errors": self.errors}


class _RetryLater(Problem):
    def __init__(self, detail: str | None = None, *, retry_after_s: int = 5) -> None:
        super().__init__(detail, headers={"Retry-After": str(retry_after_s)})


class TooManyRequests(_RetryLater):
    status, type, title = 429, "too_many_requests", "Too many requests"
    default_detail = "Too many requests; wait before the next one."


class InternalError(Problem):
    pass


class UpstreamFailed(Problem):
    status, type, title = 502, "upstream_failed", "A service behind us failed"
    default_detail = "A service this request needs did not answer as it should."


class Unavailable(_RetryLater):
    status, type, title = 503, "unavailable", "Not available right now"
    default_detail = "The service is not available right now; try again in a moment."


class DatabaseUnavailable(Unavailable):
    type = "database_unavailable"
    default_detail = "The database is not available right now; try again in a moment."

    def __init__(self) -> None:
        super().__init__(retry_after_s=2)


def field_error(loc: Sequence[str | int], type_: str, message: str) -> FieldError:
    return {"loc": list(loc), "type": type_, "message": message}
