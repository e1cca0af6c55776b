"""Check the backend, the worker key, the line, the clock and the network."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import perf_counter
from urllib.parse import urlsplit

import httpx

from edge_worker.clock import TOLERANCE_S
from edge_worker.doctor.result import CheckResult, fail, ok, warn
from edge_worker.running.options import is_loopback

TIMEOUT = httpx.Timeout(8.0)
SLOW_S = 2.0


def check_backend(api_url: str, key: str, camera_id: str) -> list[CheckResult]:
    """Request the config of the camera, as the worker does, and check the answer."""
    began = perf_counter()
    try:
        response = httpx.get(f"{api_url}/cameras/{camera_id}/config", headers={"X-Worker-Key": key}, timeout=TIMEOUT)
    except httpx.HTTPError as error:
        return [_unreachable(api_url, error)]
    took = perf_counter() - began
    return [_network(api_url, took), *_answer(response, camera_id), *_clock(response, took)]


def _network(api_url: str, took_s: float) -> CheckResult:
    parts = urlsplit(api_url)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        return warn(
            "network", f"{api_url} is not encrypted", "everyone on the network path can read the key: use https"
        )
    if took_s > SLOW_S:
        return warn("network", f"an answer took {took_s:.1f} s", "crossings arrive late; check the internet connection")
    return ok("network", f"an answer took {took_s * 1000:.0f} ms")


def _answer(response: httpx.Response, camera_id: str) -> list[CheckResult]:
    match response.status_code:
        case 200:
            return _config(response)
        case 401 | 403:
            found = f"the backend refuses the worker key ({response.status_code})"
            return [fail("key", found, "copy it again from the admin, or create a new one there")]
        case 404 if _is_problem(response):
            found = f"the backend knows no camera {camera_id} under this key (404)"
            return [fail("key", found, "check the id of the camera, and that the key belongs to its store")]
        case 404:
            return [fail("backend", "there is no Metrica backend at this address (404)", "check --api")]
        case status if status >= 500 or status == 429:
            return [
                warn(
                    "backend",
                    f"the backend answers {status}",
                    "it is overloaded or failing; crossings wait in the outbox until it works",
                )
            ]
        case status:
            return [
                fail("backend", f"the backend answers {status}", "check --api; after a redirect, use the new address")
            ]


def _config(response: httpx.Response) -> list[CheckResult]:
    from edge_worker.remote_config.camera_config import CameraConfig, ConfigError

    try:
        config = CameraConfig.parse(response.text)
    except ConfigError as error:
        return [fail("backend", str(error), "check --api: this is not the answer of a Metrica backend")]
    checks = [ok("backend", f"knows this camera as “{config.name}”"), ok("key", "accepted")]
    if config.line is None:
        checks.append(warn("line", "no line is drawn for this camera", "draw it in the admin, or give --line"))
    if not config.is_counting_line:
        checks.append(warn("line", "this camera is not counted", "switch on its counting line in the admin"))
    return checks


def _clock(response: httpx.Response, took_s: float) -> list[CheckResult]:
    try:
        backend_time = parsedate_to_datetime(response.headers["date"])
    except (KeyError, ValueError):
        return []
    ahead_s = (datetime.now(UTC) - backend_time.astimezone(UTC)).total_seconds() - took_s / 2
    if abs(ahead_s) > TOLERANCE_S:
        side = "ahead of" if ahead_s > 0 else "behind"
        return [
            fail(
                "clock",
                f"{abs(ahead_s):.0f} s {side} the backend",
                "run timedatectl set-ntp true; check that the firewall allows NTP (UDP 123)",
            )
        ]
    return [ok("clock", "agrees with the backend")]


def _is_problem(response: httpx.Response) -> bool:
    return str(response.headers.get("content-type", "")).startswith("application/problem+json")


def _unreachable(api_url: str, error: httpx.HTTPError) -> CheckResult:
    cause = _root_of(error)
    if isinstance(error, httpx.ConnectTimeout):
        return fail("backend", f"{api_url} does not answer", "check the internet connection and the firewall")
    if isinstance(error, httpx.TimeoutException):
        return fail(
            "backend",
            f"{api_url} accepts the connection but does not answer",
            "try again; check for a proxy in between",
        )
    if isinstance(cause, socket.gaierror):
        return fail("backend", f"{api_url}: the host name is unknown", "check --api and the DNS settings")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return fail(
            "backend",
            f"{api_url}: its certificate is not trusted",
            "check the clock, and for a proxy in between; for an authority of your own, name its file in SSL_CERT_FILE",
        )
    if isinstance(cause, ConnectionRefusedError):
        return fail("backend", f"{api_url} refuses the connection", "check that the backend is running, and the port")
    return fail("backend", f"{api_url} cannot be reached ({error})", "check the network, and --api")


def _root_of(error: BaseException) -> BaseException:
    seen = error
    while (inner := seen.__cause__ or seen.__context__) is not None:
        seen = inner
    return seen
