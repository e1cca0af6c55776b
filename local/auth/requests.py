"""Read requests: typed JSON bodies, bearer tokens, API keys."""

from __future__ import annotations

import hmac
import json
from dataclasses import dataclass
from typing import Any, TypeVar

from starlette.requests import Request

from local.auth import errors
from local.auth.keys import AuthKeys

_MAXIMUM_BODY_BYTES = 64 * 1024
_Field = TypeVar("_Field")


@dataclass(frozen=True, slots=True)
class Body:
    """A JSON object whose fields are read with their expected types."""

    fields: dict[str, Any]

    def required(self, name: str, kind: type[_Field]) -> _Field:
        """Return the field.

        Raises:
            AuthError: `validation_failed` when it is missing or of another type.
        """
        value = self.optional(name, kind)
        if value is None:
            raise errors.validation_failed(f"{name} is required")
        return value

    def optional(self, name: str, kind: type[_Field]) -> _Field | None:
        """Return the field; None when it is missing or null.

        Raises:
            AuthError: `validation_failed` when it is of another type.
        """
        value = self.fields.get(name)
        if value is not None and not isinstance(value, kind):
            raise errors.validation_failed(f"{name} must be a JSON {_JSON_NAMES.get(kind, kind.__name__)}")
        return value


_JSON_NAMES: dict[type, str] = {str: "string", dict: "object", bool: "boolean"}


async def read_body(request: Request) -> Body:
    """Return the JSON object of the request, `{}` for an empty body.

    Raises:
        AuthError: `bad_json` or `request_too_large`.
    """
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > _MAXIMUM_BODY_BYTES:
            raise errors.AuthError(413, "request_too_large", f"More than {_MAXIMUM_BODY_BYTES} bytes")
    try:
        fields = json.loads(bytes(raw) or b"{}")
    except (ValueError, RecursionError) as error:
        raise errors.bad_json(str(error)) from error
    if not isinstance(fields, dict):
        raise errors.bad_json("not an object")
    return Body(fields)


def bearer_token(request: Request) -> str:
    """Return the bearer token of the request.

    Raises:
        AuthError: `no_authorization` when there is none.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise errors.no_authorization()
    return token.strip()


def require_api_key(request: Request, keys: AuthKeys) -> None:
    """Check that the request carries one of the two API keys, as Supabase's gateway does.

    Raises:
        AuthError: `no_api_key` or `invalid_api_key`, status 401.
    """
    key = request.headers.get("apikey") or request.query_params.get("apikey")
    if key is None:
        raise errors.AuthError(401, "no_api_key", "No API key found in request")
    if not (_equal(key, keys.anon_key) or _equal(key, keys.service_role_key)):
        raise errors.AuthError(401, "invalid_api_key", "Invalid API key")


def require_service_key(request: Request, keys: AuthKeys) -> None:
    """Check that the request carries the service key, as `apikey` or as bearer token.

    Raises:
        AuthError: `not_admin`.
    """
    _, _, token = request.headers.get("authorization", "").partition(" ")
    if not (_equal(request.headers.get("apikey", ""), keys.service_role_key) or _equal(token, keys.service_role_key)):
        raise errors.not_admin()


def _equal(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())
