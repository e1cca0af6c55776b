"""Who is calling: the bearer token of the request, verified before anything else of the request is looked at.

Routers are made by `authenticated_router`: its routes refuse a missing or bad token before they read a path, a query or
a body, so that an anonymous caller learns nothing but 401. A route elsewhere has no `CurrentUser` to depend on.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from enum import Enum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from .callers import Caller, Superadmin
from .database import ConnectionDep
from .problem_responses import answers
from .problems import (
    BadRequest,
    DatabaseUnavailable,
    Invalid,
    MethodNotAllowed,
    NotFound,
    TooLarge,
    Unauthorized,
)
from .tokens import ExpiredToken, Identity, IdentityUnavailable, InvalidToken, TokenVerifier
from .users import get_or_create_user

_documented_scheme = HTTPBearer(
    scheme_name="owner", description="Supabase access token (ES256).", bearerFormat="JWT", auto_error=False
)


class AuthenticatedRoute(APIRoute):
    """A route that verifies the caller's token first and keeps the identity in `request.state.identity`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def verify_then_handle(request: Request) -> Response:
            tokens: TokenVerifier = request.app.state.tokens
            # In a thread: verifying may have to fetch the issuer's keys.
            request.state.identity = await run_in_threadpool(tokens.verify, bearer_token(request))
            return await handle(request)

        return verify_then_handle


def authenticated_router(*, prefix: str = "", tags: Sequence[str | Enum] = ()) -> APIRouter:
    """A router whose every route needs a valid token, with the problems that any of them can answer."""
    return APIRouter(
        prefix=prefix,
        tags=list(tags),
        route_class=AuthenticatedRoute,
        dependencies=[Depends(_documented_scheme)],
        responses=answers(
            BadRequest,
            Unauthorized,
            InvalidToken,
            ExpiredToken,
            NotFound,
            MethodNotAllowed,
            TooLarge,
            Invalid,
            DatabaseUnavailable,
            IdentityUnavailable,
        ),
    )


def bearer_token(request: Request) -> str:
    """The token of the one Authorization header. Raises Unauthorized."""
    headers = request.headers.getlist("authorization")
    if len(headers) != 1:
        raise Unauthorized("Send one Authorization header: Bearer and the access token.")
    scheme, _, token = headers[0].partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("Send one Authorization header: Bearer and the access token.")
    return token.strip()


def current_identity(request: Request) -> Identity:
    identity: Identity = request.state.identity
    return identity


IdentityDep = Annotated[Identity, Depends(current_identity)]


def current_user(identity: IdentityDep, connection: ConnectionDep) -> Caller:
    """The caller, known to the database: the first sign-in makes the row and accepts what waits for the address."""
    return get_or_create_user(connection, identity)


CurrentUser = Annotated[Caller, Depends(current_user)]


def superadmin(identity: IdentityDep, connection: ConnectionDep) -> Superadmin:
    """The caller, when they are superadmin. To everybody else nothing is here: NotFound, whatever the address."""
    if not identity.is_superadmin:
        raise NotFound
    caller = get_or_create_user(connection, identity)
    return Superadmin(caller.user_id, caller.email, is_superadmin=True)


SuperadminDep = Annotated[Superadmin, Depends(superadmin)]
