"""Endpoints for people: sign in, refresh, read and change oneself, sign out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.auth import errors, shapes
from local.auth.requests import bearer_token, read_body
from local.auth.sessions import SignOutScope

if TYPE_CHECKING:
    from local.auth.service import AuthService

_SCOPES: Final[dict[str, SignOutScope]] = {"global": "global", "local": "local", "others": "others"}


def routes(service: AuthService) -> list[Route]:
    """The routes under `/auth/v1` that need no service key."""

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
        return JSONResponse(shapes.user(caller.account))

    async def change_user(request: Request) -> Response:
        caller = await run_in_threadpool(service.authenticate, bearer_token(request))
        body = await read_body(request)
        email = body.optional("email", str)
        if email is not None and email.strip().lower() != caller.account.email:
            raise errors.validation_failed("The local auth does not change e-mail addresses")
        password, metadata = body.optional("password", str), body.optional("data", dict)
        answer = await run_in_threadpool(service.change_own, caller, password=password, user_metadata=metadata)
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
        Route("/user", change_user, methods=["PUT"]),
        Route("/logout", sign_out, methods=["POST"]),
        Route("/signup", sign_up, methods=["POST"]),
        Route("/otp", sign_up, methods=["POST"]),
    ]
