"""Checks of the API: reachable, over TLS, with its headers, closed to strangers, and with the right time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from uuid import uuid4

import httpx

from edge_worker.doctor.result import CheckResult, fail, ok, skip, warn
from functions.common.http_headers import SECURITY_HEADERS
from local.doctor.deployment import Deployment
from local.doctor.requests import Unreachable, certificate_expires_at, json_object, send
from local.loopback import is_loopback

RENEW_WITHIN_DAYS = 21
LARGEST_CLOCK_OFFSET_S = 5.0
ALLOWED_HEADERS = ("authorization", "content-type", "if-match", "if-none-match", "idempotency-key")


def check_api(deployment: Deployment) -> Iterator[CheckResult]:
    """Yield the results; only the first if the API does not answer."""
    url = deployment.api_url
    answer = send("GET", f"{url}/healthz")
    if isinstance(answer, Unreachable):
        yield fail("API", answer.reason, "check DNS, the certificate and the custom domain of the API")
        return
    if answer.status_code != httpx.codes.OK:
        yield fail("API", f"GET /healthz answers {answer.status_code}", "look at the log of the function `api`")
        return
    yield ok("API", f"{url} answers, and reaches its database")
    yield check_tls("API TLS", url)
    yield _headers(answer)
    yield _clock(answer)
    yield from _closed(url)
    yield from _cors(deployment)


def check_tls(name: str, url: str) -> CheckResult:
    """Return whether an address is encrypted, and for how long its certificate is valid."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        if is_loopback(parts.hostname or ""):
            return skip(name, f"{url} is on this machine", "nothing to do")
        return fail(name, f"{url} is not encrypted", "use an address with https://")
    try:
        expires_at = certificate_expires_at(url)
    except OSError as error:
        return fail(name, f"{parts.hostname}: {error}", "renew the certificate, and send its whole chain")
    days = (expires_at - datetime.now(UTC)).days
    if days < RENEW_WITHIN_DAYS:
        return warn(
            name, f"the certificate of {parts.hostname} expires in {days} days", "find out why it is not renewed"
        )
    return ok(name, f"the certificate of {parts.hostname} is valid for {days} days")


def _headers(answer: httpx.Response) -> CheckResult:
    missing = [name for name, value in SECURITY_HEADERS.items() if answer.headers.get(name) != value]
    if missing:
        return fail(
            "API headers",
            f"missing or changed: {', '.join(missing)}",
            "something between browser and function removes them: look at the distribution or the proxy",
        )
    return ok("API headers", f"all {len(SECURITY_HEADERS)} security headers")


def _clock(answer: httpx.Response) -> CheckResult:
    sent = answer.headers.get("date")
    if sent is None:
        return skip("clock", "the API sends no Date", "compare the clocks of the servers yourself")
    offset = (datetime.now(UTC) - parsedate_to_datetime(sent)).total_seconds() - answer.elapsed.total_seconds() / 2
    # `Date` has whole seconds.
    if abs(offset - 0.5) > LARGEST_CLOCK_OFFSET_S:
        return warn(
            "clock",
            f"this machine and the API differ by {offset:.0f} s",
            "synchronise both by NTP: crossings carry times",
        )
    return ok("clock", "this machine and the API have the same time")


def _closed(url: str) -> Iterator[CheckResult]:
    """Yield whether strangers are refused. Nothing is written: the requests have no token and no key."""
    requests = (
        ("GET", "/me", "owner API"),
        ("GET", "/admin/health", "admin API"),
        ("POST", "/events", "ingest"),
    )
    for method, path, name in requests:
        answer = send(method, url + path, json={"events": []} if method == "POST" else None)
        if isinstance(answer, Unreachable):
            yield fail(name, answer.reason, "look at the log of the function")
        elif answer.status_code != httpx.codes.UNAUTHORIZED or "type" not in json_object(answer):
            yield fail(
                name,
                f"{method} {path} without a token answers {answer.status_code} instead of 401",
                "the route leads to another function, or a proxy answers: compare with serverless.yml",
            )
        else:
            yield ok(name, f"{method} {path} refuses strangers")


def _cors(deployment: Deployment) -> Iterator[CheckResult]:
    for origin in deployment.origins:
        answer = _preflight(deployment.api_url, origin)
        if isinstance(answer, Unreachable):
            yield fail("CORS", answer.reason, "look at the HTTP API")
            continue
        problem = _cors_problem(answer, origin)
        if problem:
            yield fail("CORS", f"{origin}: {problem}", "deploy with this origin in CORS_ORIGINS")
        else:
            yield ok("CORS", f"{origin} may use the API")
    stranger = f"https://{uuid4()}.example"
    answer = _preflight(deployment.api_url, stranger)
    if isinstance(answer, httpx.Response) and answer.headers.get("access-control-allow-origin") in ("*", stranger):
        yield fail("CORS", "any origin may use the API", "name the origins in CORS_ORIGINS")


def _preflight(url: str, origin: str) -> httpx.Response | Unreachable:
    return send(
        "OPTIONS",
        f"{url}/me",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": "PATCH",
            "Access-Control-Request-Headers": ", ".join(ALLOWED_HEADERS),
        },
    )


def _cors_problem(answer: httpx.Response, origin: str) -> str | None:
    if answer.headers.get("access-control-allow-origin") != origin:
        return "the preflight request is refused"
    methods = _listed(answer, "access-control-allow-methods")
    if "patch" not in methods and "*" not in methods:
        return "PATCH is not allowed"
    allowed = _listed(answer, "access-control-allow-headers")
    missing = [name for name in ALLOWED_HEADERS if name not in allowed]
    return f"these headers are not allowed: {', '.join(missing)}" if missing else None


def _listed(answer: httpx.Response, name: str) -> set[str]:
    return {one.strip().lower() for one in answer.headers.get(name, "").split(",")}
