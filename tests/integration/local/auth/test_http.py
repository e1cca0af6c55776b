"""The local auth without supabase-js: as a gateway, a browser or a plain HTTP client uses it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest

from local.auth.accounts import Accounts
from local.auth.app import create_app
from local.auth.keys import load_or_create
from local.auth.service import AuthService
from local.errors import AccountError
from tests.integration.local.auth.running import PASSWORD, SITE_URL, LocalAuth
from tests.integration.local.serving import served

VERSION = {"X-Supabase-Api-Version": "2024-01-01"}


@pytest.fixture
def http(local_auth: LocalAuth) -> httpx.Client:
    """A client with the public key."""
    return httpx.Client(base_url=f"{local_auth.url}/auth/v1", headers={"apikey": local_auth.service.keys.anon_key})


def wrong_sign_in(http: httpx.Client, headers: dict[str, str] | None = None) -> httpx.Response:
    body = {"email": "nobody@example.com", "password": "wrong password"}
    return http.post("/token?grant_type=password", json=body, headers=headers)


def test_errors_have_the_format_of_the_requested_version(http: httpx.Client) -> None:
    answer = wrong_sign_in(http, VERSION)
    assert answer.status_code == 400
    assert answer.json() == {"code": "invalid_credentials", "message": "Invalid login credentials"}
    assert answer.headers["x-supabase-api-version"] == "2024-01-01"


def test_errors_have_the_older_format_without_a_version(http: httpx.Client) -> None:
    answer = wrong_sign_in(http)
    assert answer.json() == {"code": 400, "error_code": "invalid_credentials", "msg": "Invalid login credentials"}
    assert answer.headers["x-sb-error-code"] == "invalid_credentials"


@pytest.mark.parametrize("headers", [{}, {"apikey": "sb_publishable_wrong"}, {"apikey": ""}])
def test_requests_without_an_api_key_are_refused(local_auth: LocalAuth, headers: dict[str, str]) -> None:
    answer = httpx.post(f"{local_auth.url}/auth/v1/token?grant_type=password", json={}, headers=headers)
    assert answer.status_code == 401


def test_the_key_set_needs_no_api_key_and_has_no_private_key(local_auth: LocalAuth) -> None:
    keys = httpx.get(f"{local_auth.url}/auth/v1/.well-known/jwks.json").json()["keys"]
    assert len(keys) == 1
    assert keys[0]["alg"] == "ES256"
    assert "d" not in keys[0]


def test_cors_allows_every_header_that_supabase_js_sends(local_auth: LocalAuth) -> None:
    wanted = "authorization,apikey,content-type,x-client-info,x-supabase-api-version"
    asked = {
        "Origin": SITE_URL,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": wanted,
    }
    answer = httpx.options(f"{local_auth.url}/auth/v1/token", headers=asked)
    assert answer.status_code == 200
    allowed = answer.headers["access-control-allow-headers"].lower().replace(" ", "").split(",")
    assert set(wanted.split(",")) <= set(allowed)


def test_cors_exposes_the_version_of_an_error(http: httpx.Client) -> None:
    answer = wrong_sign_in(http, {"Origin": SITE_URL, **VERSION})
    assert "access-control-allow-origin" in answer.headers
    assert "x-supabase-api-version" in answer.headers["access-control-expose-headers"].lower()


def test_cors_headers_are_sent_with_a_missing_api_key(local_auth: LocalAuth) -> None:
    answer = httpx.get(f"{local_auth.url}/auth/v1/user", headers={"Origin": SITE_URL})
    assert answer.status_code == 401
    assert "access-control-allow-origin" in answer.headers


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b"\xff", b"[" * 30000, b'{"email": 7, "password": "x"}', b"{}"])
def test_an_unreadable_body_is_refused(http: httpx.Client, body: bytes) -> None:
    answer = http.post("/token?grant_type=password", content=body, headers=VERSION)
    assert answer.status_code == 400
    assert answer.json()["code"] in {"bad_json", "validation_failed"}


def test_an_endless_body_is_refused(http: httpx.Client) -> None:
    answer = http.post("/token?grant_type=password", content=b"x" * 100_000, headers=VERSION)
    assert (answer.status_code, answer.json()["code"]) == (413, "request_too_large")


@pytest.mark.parametrize("token", ["", "Bearer", "Basic eDp5", "Bearer not.a.token", "Bearer a.b.c.d"])
def test_an_invalid_token_is_refused(http: httpx.Client, token: str) -> None:
    assert http.get("/user", headers={"Authorization": token}).status_code in {401, 403}


def test_a_token_signed_with_another_key_is_refused(
    http: httpx.Client, local_auth: LocalAuth, owner: str, tmp_path: Path
) -> None:
    session = http.post("/token?grant_type=password", json={"email": owner, "password": PASSWORD}).json()
    claims = jwt.decode(session["access_token"], options={"verify_signature": False})
    stranger = load_or_create(tmp_path)
    kid = {"kid": local_auth.service.keys.key_id}
    forged = jwt.encode(claims, stranger.private_key, algorithm="ES256", headers=kid)
    answer = http.get("/user", headers={"Authorization": f"Bearer {forged}", **VERSION})
    assert (answer.status_code, answer.json()["code"]) == (403, "bad_jwt")


def test_an_action_link_redirects_to_the_page_with_a_session(
    http: httpx.Client, local_auth: LocalAuth, owner: str
) -> None:
    made = local_auth.service.generate_link("magiclink", owner, {}, f"{SITE_URL}/in")
    landing = httpx.get(made["action_link"]).headers["location"]
    assert landing.startswith(f"{SITE_URL}/in#access_token=")
    again = httpx.get(made["action_link"]).headers["location"]
    assert "error_code=otp_expired" in again
    assert "access_token" not in again


def test_a_failing_database_is_a_retryable_error(tmp_path: Path) -> None:
    (tmp_path / "auth").mkdir()
    service = AuthService.open(tmp_path / "auth", public_url="http://127.0.0.1:1", site_url=SITE_URL)
    with sqlite3.connect(tmp_path / "auth" / "auth.sqlite3") as database:
        database.execute("drop table users")
    with served(lambda _: create_app(service)) as url:
        headers = {"apikey": service.keys.anon_key, "Origin": SITE_URL, **VERSION}
        body = {"email": "a@example.com", "password": PASSWORD}
        answer = httpx.post(f"{url}/auth/v1/token?grant_type=password", json=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (500, "unexpected_failure")
    assert "access-control-allow-origin" in answer.headers
    assert "users" not in answer.text


def test_keys_and_users_survive_a_restart(tmp_path: Path) -> None:
    first = Accounts.open(tmp_path).ensure("Owner@Example.com", password=PASSWORD, role="superadmin")
    keys = load_or_create(tmp_path)
    again = Accounts.open(tmp_path).ensure("owner@example.com", password=PASSWORD, role="superadmin")
    assert again.id == first.id
    assert again.app_metadata["role"] == "superadmin"
    assert load_or_create(tmp_path).jwks() == keys.jwks()
    assert load_or_create(tmp_path).service_role_key == keys.service_role_key


def test_ensure_without_a_role_removes_the_role(tmp_path: Path) -> None:
    accounts = Accounts.open(tmp_path)
    accounts.ensure("a@example.com", password=PASSWORD, role="superadmin")
    assert "role" not in accounts.ensure("a@example.com", password=PASSWORD).app_metadata


@pytest.mark.parametrize(("email", "password"), [("no address", PASSWORD), ("a@example.com", "short")])
def test_an_invalid_account_is_refused_in_one_sentence(tmp_path: Path, email: str, password: str) -> None:
    with pytest.raises(AccountError, match="cannot be created: "):
        Accounts.open(tmp_path).ensure(email, password=password)


def test_secrets_are_readable_by_their_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "auth"
    load_or_create(folder)
    assert (folder / "keys.json").stat().st_mode & 0o077 == 0
    assert folder.stat().st_mode & 0o077 == 0
    secrets: dict[str, Any] = json.loads((folder / "keys.json").read_text())
    assert set(secrets) == {"private_key", "anon_key", "service_role_key"}
