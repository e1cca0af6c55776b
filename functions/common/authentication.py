"""Authentication of owners and superadmins by the bearer token of the request.

Routers come from `authenticated_router`. Its routes verify the token before they read path, query or body, so that an
anonymous caller always gets 401. `CurrentUser` and `SuperadminDep` work in such routes only.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from enum import Enum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from .database import ConnectionDep
from .identity import Caller, Identity, Superadmin
from .problem_responses import document_problems
from .problems import (
    BadRequest,
    DatabaseUnavailable,
    Invalid,
    MethodNotAllowed,
    NotFound,
    Problem,
    TooLarge,
    Unauthorized,
)
from .superadmins import SuperadminRemoved, authorize_superadmin
from .tokens import ExpiredToken, IdentityUnavailable, InvalidToken, TokenVerifier
from .users import get_or_create_user

_documented_scheme = HTTPBearer(
    scheme_name="owner", description="Supabase access token (ES256).", bearerFormat="JWT", auto_error=False
)


class AuthenticatedRoute(APIRoute):
    """A route that verifies the access token first and sets `request.state.identity`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler of the route, behind the verification of the token."""
        handle = super().get_route_handler()

        async def verify_then_handle(request: Request) -> Response:
            tokens: TokenVerifier = request.app.state.tokens
            # In a thread: verification may fetch the issuer's keys.
            request.state.identity = await run_in_threadpool(tokens.verify, bearer_token(request))
            return await handle(request)

        return verify_then_handle


def authenticated_router(
    *, prefix: str = "", tags: Sequence[str | Enum] = (), problems: Sequence[type[Problem]] = ()
) -> APIRouter:
    """Return a router whose routes require a valid token, with the problems that any of them can respond with.

    Args:
        prefix: path prefix of the routes.
        tags: tags of the routes in the OpenAPI document.
        problems: problems that the routes can respond with besides those of authentication and validation.
    """
    return APIRouter(
        prefix=prefix,
        tags=list(tags),
        route_class=AuthenticatedRoute,
        dependencies=[Depends(_documented_scheme)],
        responses=document_problems(
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
            *problems,
        ),
    )


def superadmin_router(*, prefix: str, tags: Sequence[str | Enum]) -> APIRouter:
    """Return an authenticated router for routes that take a `SuperadminDep`.

    Args:
        prefix: path prefix of the routes.
        tags: tags of the routes in the OpenAPI document.
    """
    return authenticated_router(prefix=prefix, tags=tags, problems=[SuperadminRemoved])


def bearer_token(request: Request) -> str:
    """Return the token of the request's single Authorization header.

    Raises:
        Unauthorized: there is no such header, more than one, or it is not a bearer token.
    """
    headers = request.headers.getlist("authorization")
    if len(headers) != 1:
        raise Unauthorized("Send one Authorization header: `Bearer`, a space and the access token.")
    scheme, _, token = headers[0].partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized("Send one Authorization header: `Bearer`, a space and the access token.")
    return token.strip()


def current_identity(request: Request) -> Identity:
    """Return the identity that the route has verified."""
    identity: Identity = request.state.identity
    return identity


IdentityDep = Annotated[Identity, Depends(current_identity)]


def current_user(identity: IdentityDep, connection: ConnectionDep) -> Caller:
    """Return the caller. The first request of a user creates the row and accepts pending invitations."""
    return get_or_create_user(connection, identity)


CurrentUser = Annotated[Caller, Depends(current_user)]


def superadmin(identity: IdentityDep, connection: ConnectionDep) -> Superadmin:
    """Return the caller as a superadmin, read from the database at each request.

    Raises:
        NotFound: the caller is no superadmin. The admin API does not show other users which paths exist.
        SuperadminRemoved: the caller was a superadmin.
    """
    if not authorize_superadmin(connection, identity):
        raise NotFound
    caller = get_or_create_user(connection, identity)
    return Superadmin(caller.user_id, caller.email)


SuperadminDep = Annotated[Superadmin, Depends(superadmin)]
