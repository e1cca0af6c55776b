"""Endpoints for callers with the service key, such as the admin Lambda."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from local.auth import errors, responses
from local.auth.accounts import Account, normalise_email
from local.auth.links import LINK_TYPES, LinkType
from local.auth.passwords import check_strength, hash_password
from local.auth.requests import Body, read_body, require_service_key
from local.auth.service import merged

if TYPE_CHECKING:
    from local.auth.service import AuthService

_HOURS = {"s": 1 / 3600, "m": 1 / 60, "h": 1.0}


def routes(service: AuthService) -> list[Route]:
    """Return the routes under `/auth/v1` that need the service key."""
    accounts = service.accounts

    async def invite(request: Request) -> Response:
        require_service_key(request, service.keys)
        body = await read_body(request)
        email, metadata = body.required("email", str), body.optional("data", dict) or {}
        page = request.query_params.get("redirect_to") or request.headers.get("redirect_to")
        return JSONResponse(await run_in_threadpool(service.invite, email, metadata, page))

    async def generate_link(request: Request) -> Response:
        require_service_key(request, service.keys)
        body = await read_body(request)
        link_type = _link_type(body.required("type", str))
        page = body.optional("redirect_to", str) or request.query_params.get("redirect_to")
        email, metadata = body.required("email", str), body.optional("data", dict) or {}
        return JSONResponse(await run_in_threadpool(service.generate_link, link_type, email, metadata, page))

    async def list_users(request: Request) -> Response:
        require_service_key(request, service.keys)
        number, size = _integer(request, "page", 1, 10**6), _integer(request, "per_page", 50, 1000)
        found, total = await run_in_threadpool(accounts.page, number, size)
        return JSONResponse(
            {"users": [responses.user(account) for account in found], "aud": "authenticated"},
            headers={"X-Total-Count": str(total), "Link": _link_header(number, size, total)},
        )

    async def create_user(request: Request) -> Response:
        require_service_key(request, service.keys)
        body = await read_body(request)
        account = await run_in_threadpool(
            accounts.create,
            body.required("email", str),
            password=body.optional("password", str),
            confirmed=body.optional("email_confirm", bool) or False,
            app_metadata=body.optional("app_metadata", dict),
            user_metadata=body.optional("user_metadata", dict),
        )
        return JSONResponse(responses.user(account))

    async def read_user(request: Request) -> Response:
        require_service_key(request, service.keys)
        return JSONResponse(responses.user(await run_in_threadpool(_existing, service, request)))

    async def update_user(request: Request) -> Response:
        require_service_key(request, service.keys)
        body = await read_body(request)

        def update() -> Account:
            return accounts.save(_updated(_existing(service, request), body, service))

        return JSONResponse(responses.user(await run_in_threadpool(update)))

    async def delete_user(request: Request) -> Response:
        require_service_key(request, service.keys)
        await run_in_threadpool(accounts.delete, request.path_params["id"])
        return JSONResponse({})

    return [
        Route("/invite", invite, methods=["POST"]),
        Route("/admin/generate_link", generate_link, methods=["POST"]),
        Route("/admin/users", list_users, methods=["GET"]),
        Route("/admin/users", create_user, methods=["POST"]),
        Route("/admin/users/{id}", read_user, methods=["GET"]),
        Route("/admin/users/{id}", update_user, methods=["PUT"]),
        Route("/admin/users/{id}", delete_user, methods=["DELETE"]),
    ]


def _existing(service: AuthService, request: Request) -> Account:
    account = service.accounts.by_id(request.path_params["id"])
    if account is None:
        raise errors.user_not_found()
    return account


def _updated(account: Account, body: Body, service: AuthService) -> Account:
    email, password = body.optional("email", str), body.optional("password", str)
    if email is not None:
        account = replace(account, email=normalise_email(email))
    if password is not None:
        check_strength(password)
        account = replace(account, password_hash=hash_password(password))
    if body.optional("email_confirm", bool) and account.email_confirmed_at is None:
        account = replace(account, email_confirmed_at=service.now())
    app_metadata, user_metadata = body.optional("app_metadata", dict), body.optional("user_metadata", dict)
    if app_metadata is not None:
        account = replace(account, app_metadata=merged(account.app_metadata, app_metadata))
    if user_metadata is not None:
        account = replace(account, user_metadata=merged(account.user_metadata, user_metadata))
    ban = body.optional("ban_duration", str)
    if ban is not None:
        account = replace(account, banned_until=None if ban == "none" else service.now() + _duration(ban))
    return account


def _duration(text: str) -> timedelta:
    """Parse `24h`, `30m` or `90s`."""
    number, unit = text[:-1], text[-1:]
    if unit not in _HOURS or not number.isdigit():
        raise errors.validation_failed(f"invalid format for ban duration: {text}")
    return timedelta(hours=min(int(number) * _HOURS[unit], 24 * 365 * 1000))


def _link_type(name: str) -> LinkType:
    for link_type in LINK_TYPES:
        if link_type == name:
            return link_type
    raise errors.validation_failed(f"Invalid email action link type requested: {name}")


def _integer(request: Request, name: str, default: int, maximum: int) -> int:
    text = request.query_params.get(name) or str(default)
    if not text.isdigit() or not 1 <= int(text) <= maximum:
        raise errors.validation_failed(f"Bad Pagination Parameters: {name}={text}")
    return int(text)


def _link_header(page: int, size: int, total: int) -> str:
    """Return the `Link` header from which supabase-js reads the next and the last page."""
    last = max(1, -(-total // size))
    base = f"/admin/users?per_page={size}&page="
    next_page = [f'<{base}{page + 1}>; rel="next"'] if page < last else []
    return ", ".join([*next_page, f'<{base}{last}>; rel="last"'])
