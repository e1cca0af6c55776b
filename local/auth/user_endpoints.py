"""Endpoints for users: sign in, refresh, read and change the own user, sign out, request and follow links."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from local.auth import errors, responses
from local.auth.links import LINK_TYPES, LinkType
from local.auth.requests import bearer_token, read_body
from local.auth.sessions import SignOutScope

if TYPE_CHECKING:
    from local.auth.service import AuthService

_SCOPES: Final[dict[str, SignOutScope]] = {"global": "global", "local": "local", "others": "others"}
# supabase-js uses the type `email` for any link that came by mail and signs in.
_VERIFY_TYPES: Final[dict[str, tuple[LinkType, ...]]] = {name: (name,) for name in LINK_TYPES} | {
    "email": ("magiclink", "invite"),
    "signup": ("invite",),
}


def routes(service: AuthService) -> list[Route]:
    """Return the routes under `/auth/v1` that need no service key."""
    return [*_session_routes(service), *_link_routes(service)]


def _session_routes(service: AuthService) -> list[Route]:

    async def token(request: Request) -> Response:
        grant = request.query_params.get("grant_type")
        body = await read_body(request)
        if grant == "password":
            email, password = body.required("email", str), body.required("password", str)
            answer = await run_in_threadpool(service.sign_in, email, password)
        elif grant == "refresh_token":
            answer = await run_in_threadpool(service.refresh, body.required("refresh_token", str))
        else:
            raise errors.validation_failed("unsupported_grant_type")
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def read_user(request: Request) -> Response:
        caller = await run_in_threadpool(service.authenticate, bearer_token(request))
        return JSONResponse(responses.user(caller.account))

    async def update_user(request: Request) -> Response:
        caller = await run_in_threadpool(service.authenticate, bearer_token(request))
        body = await read_body(request)
        email = body.optional("email", str)
        if email is not None and email.strip().lower() != caller.account.email:
            raise errors.validation_failed("The local auth does not support changing the e-mail address")
        password, metadata = body.optional("password", str), body.optional("data", dict)
        answer = await run_in_threadpool(service.update_user, caller, password=password, user_metadata=metadata)
        return JSONResponse(answer)

    async def sign_out(request: Request) -> Response:
        scope = _SCOPES.get(request.query_params.get("scope", "global"))
        if scope is None:
            raise errors.validation_failed("Unsupported logout scope")
        caller = await run_in_threadpool(service.authenticate, bearer_token(request))
        await run_in_threadpool(service.sign_out, caller, scope)
        return Response(status_code=204)

    async def sign_up(_: Request) -> Response:
        raise errors.AuthError(422, "signup_disabled", "Signups not allowed for this instance")

    return [
        Route("/token", token, methods=["POST"]),
        Route("/user", read_user, methods=["GET"]),
        Route("/user", update_user, methods=["PUT"]),
        Route("/logout", sign_out, methods=["POST"]),
        Route("/signup", sign_up, methods=["POST"]),
        Route("/otp", sign_up, methods=["POST"]),
    ]


def _link_routes(service: AuthService) -> list[Route]:
    async def verify(request: Request) -> Response:
        body = await read_body(request)
        types = _link_types(body.required("type", str))
        token_hash = body.optional("token_hash", str)
        if token_hash is not None:
            answer = await run_in_threadpool(service.verify, token_hash, types)
        else:
            email, password = body.required("email", str), body.required("token", str)
            answer = await run_in_threadpool(service.verify_one_time_password, email, password, types)
        return JSONResponse(answer, headers={"Cache-Control": "no-store"})

    async def follow_link(request: Request) -> Response:
        """Verify the `action_link` of a generated link and redirect to the page, with the session in the fragment."""
        types = _link_types(request.query_params.get("type", ""))
        page = service.allowed_page(request.query_params.get("redirect_to"))
        try:
            session = await run_in_threadpool(service.verify, request.query_params.get("token", ""), types)
        except errors.AuthError as error:
            fragment = {"error": "access_denied", "error_code": error.code, "error_description": error.message}
        else:
            fields = ("access_token", "expires_at", "expires_in", "refresh_token", "token_type")
            fragment = {name: str(session[name]) for name in fields} | {"type": types[0]}
        return RedirectResponse(f"{page}#{urlencode(fragment)}", status_code=303)

    async def recover(request: Request) -> Response:
        body = await read_body(request)
        await run_in_threadpool(service.recover, body.required("email", str), request.query_params.get("redirect_to"))
        return JSONResponse({})

    return [
        Route("/verify", verify, methods=["POST"]),
        Route("/verify", follow_link, methods=["GET"]),
        Route("/recover", recover, methods=["POST"]),
    ]


def _link_types(name: str) -> tuple[LinkType, ...]:
    types = _VERIFY_TYPES.get(name)
    if types is None:
        raise errors.validation_failed("Verify requires a verification type")
    return types
