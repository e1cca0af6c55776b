"""Endpoints for links that come by mail: ask for one, follow one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from local.auth import errors
from local.auth.links import LINK_TYPES, LinkType
from local.auth.requests import read_body

if TYPE_CHECKING:
    from local.auth.service import AuthService

# `email` is supabase-js's word for any link that came by mail and signs in.
_VERIFIABLE: Final[dict[str, tuple[LinkType, ...]]] = {kind: (kind,) for kind in LINK_TYPES} | {
    "email": ("magiclink", "invite"),
    "signup": ("invite",),
}


def routes(service: AuthService) -> list[Route]:
    """The routes under `/auth/v1` for recovery, and for links of every kind."""

    async def verify(request: Request) -> Response:
        body = await read_body(request)
        kinds = _kinds(body.required("type", str))
        token_hash = body.optional("token_hash", str)
        if token_hash is not None:
            answer = await run_in_threadpool(service.verify, token_hash, kinds)
        else:
            email, password = body.required("email", str), body.required("token", str)
            answer = await run_in_threadpool(service.verify_one_time_password, email, password, kinds)
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def follow_link(request: Request) -> Response:
        """The `action_link` of a generated link: verifies and goes on to the page with the session in the fragment."""
        kinds = _kinds(request.query_params.get("type", ""))
        landing = service.landing(request.query_params.get("redirect_to"))
        try:
            session = await run_in_threadpool(service.verify, request.query_params.get("token", ""), kinds)
        except errors.AuthError as error:
            fragment = {"error": "access_denied", "error_code": error.code, "error_description": error.message}
        else:
            fields = ("access_token", "expires_at", "expires_in", "refresh_token", "token_type")
            fragment = {name: str(session[name]) for name in fields} | {"type": kinds[0]}
        return RedirectResponse(f"{landing}#{urlencode(fragment)}", status_code=303)

    async def recover(request: Request) -> Response:
        body = await read_body(request)
        await run_in_threadpool(service.recover, body.required("email", str), request.query_params.get("redirect_to"))
        return JSONResponse({})

    return [
        Route("/verify", verify, methods=["POST"]),
        Route("/verify", follow_link, methods=["GET"]),
        Route("/recover", recover, methods=["POST"]),
    ]


def _kinds(name: str) -> tuple[LinkType, ...]:
    kinds = _VERIFIABLE.get(name)
    if kinds is None:
        raise errors.validation_failed("Verify requires a verification type")
    return kinds
