"""Checks of the Supabase project: the settings of `docs/supabase.md` that can be seen from outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx

from edge_worker.doctor.result import CheckResult, fail, ok, skip
from local.doctor.api_checks import check_tls
from local.doctor.deployment import Deployment
from local.doctor.requests import Unreachable, json_object, send

PAGE = "docs/supabase.md"


def check_auth(deployment: Deployment) -> Iterator[CheckResult]:
    """Yield the results; only the first if the service does not answer."""
    answer = send("GET", f"{deployment.auth_url}/auth/v1/.well-known/jwks.json")
    if isinstance(answer, Unreachable) or answer.status_code != httpx.codes.OK:
        found = answer.reason if isinstance(answer, Unreachable) else f"its keys answer {answer.status_code}"
        yield fail("Supabase", found, "check SUPABASE_URL, and that the project is not paused")
        return
    yield ok("Supabase", f"{deployment.auth_url} answers")
    yield check_tls("Supabase TLS", deployment.auth_url)
    yield _signing_key(json_object(answer))
    yield from _settings(deployment)
    yield skip(
        "mail", "its server, templates and redirect addresses cannot be seen from outside", f"see {PAGE}, 6 to 8"
    )


def _signing_key(keys: dict[str, Any]) -> CheckResult:
    listed = [key for key in keys.get("keys", []) if isinstance(key, dict)]
    if any(key.get("kty") == "EC" and key.get("crv") == "P-256" for key in listed):
        return ok("signing key", "ES256")
    found = "no public key: tokens are signed with the shared secret" if not listed else "no ES256 key"
    return fail("signing key", found, f"rotate to an ES256 signing key: see {PAGE}, 1")


def _settings(deployment: Deployment) -> Iterator[CheckResult]:
    configuration = send("GET", f"{deployment.dashboard_url}/config.json")
    key = "" if isinstance(configuration, Unreachable) else json_object(configuration).get("supabaseAnonKey", "")
    if not key:
        yield skip("accounts", "config.json of the dashboard has no anon key", "mend config.json first")
        return
    answer = send("GET", f"{deployment.auth_url}/auth/v1/settings", headers={"apikey": str(key)})
    if isinstance(answer, Unreachable) or answer.status_code != httpx.codes.OK:
        found = answer.reason if isinstance(answer, Unreachable) else f"its settings answer {answer.status_code}"
        yield fail("accounts", found, "the anon key in config.json is not one of this project")
        return
    settings = json_object(answer)
    external = settings.get("external")
    providers = external if isinstance(external, dict) else {}
    yield _setting("sign-ups", settings.get("disable_signup") is True, "off", "anybody can create an account", 2)
    yield _setting("confirm email", settings.get("mailer_autoconfirm") is False, "on", "addresses are not confirmed", 3)
    yield _setting(
        "anonymous sign-ins",
        providers.get("anonymous_users") is not True,
        "off",
        "anybody gets an anonymous account",
        4,
    )


def _setting(name: str, is_right: bool, state: str, problem: str, step: int) -> CheckResult:
    return ok(name, state) if is_right else fail(name, problem, f"switch it {state}: see {PAGE}, {step}")
