"""The backend, the key, the clock and the way between."""

from __future__ import annotations

import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import perf_counter
from urllib.parse import urlsplit

import httpx

from edge_worker.clock import TOLERANCE_S
from edge_worker.doctor.check import Check, fail, ok, warn

TIMEOUT = httpx.Timeout(8.0)
SLOW_S = 2.0
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def check_backend(api_url: str, key: str, camera_id: str) -> list[Check]:
    """Asks for the camera's config, as the worker would."""
    began = perf_counter()
    try:
        response = httpx.get(f"{api_url}/cameras/{camera_id}/config", headers={"X-Worker-Key": key}, timeout=TIMEOUT)
    except httpx.HTTPError as error:
        return [_unreachable(api_url, error)]
    took = perf_counter() - began
    return [_network(api_url, took), *_answer(response, camera_id), *_clock(response, took)]


def _network(api_url: str, took_s: float) -> Check:
    parts = urlsplit(api_url)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return warn("network", f"{api_url} is not encrypted", "everybody on the way can read the key: use https")
    if took_s > SLOW_S:
        return warn("network", f"an answer took {took_s:.1f} s", "crossings arrive late but arrive; check the line")
    return ok("network", f"an answer took {took_s * 1000:.0f} ms")


def _answer(response: httpx.Response, camera_id: str) -> list[Check]:
    match response.status_code:
        case 200:
            return _config(response)
        case 401 | 403:
            found = f"the backend refuses the worker key ({response.status_code})"
            return [fail("key", found, "copy it again from the admin, or make a new one there")]
        case 404 if _is_problem(response):
            found = f"the backend knows no camera {camera_id} under this key (404)"
            return [fail("key", found, "check the camera's id, and that the key is of the same store")]
        case 404:
            return [fail("backend", "nothing of Metrica's is at this address (404)", "check --api")]
        case status if status >= 500 or status == 429:
            return [
                warn("backend", f"the backend answers {status}", "it is busy or broken; crossings wait until it is not")
            ]
        case status:
            return [fail("backend", f"the backend answers {status}", "check --api; a redirect wants its target there")]


def _config(response: httpx.Response) -> list[Check]:
    from edge_worker.remote_config.camera_config import CameraConfig, ConfigError

    try:
        config = CameraConfig.parse(response.text)
    except ConfigError as error:
        return [fail("backend", str(error), "check --api: this does not answer like Metrica's backend")]
    checks = [ok("backend", f"knows this camera as “{config.name}”"), ok("key", "accepted")]
    if config.line is None:
        checks.append(warn("line", "none is drawn for this camera", "draw it in the admin, or give --line"))
    if not config.is_counting_line:
        checks.append(warn("line", "this camera is not one that counts", "switch its counting line on in the admin"))
    return checks


def _clock(response: httpx.Response, took_s: float) -> list[Check]:
    try:
        backend_time = parsedate_to_datetime(response.headers["date"])
    except (KeyError, ValueError):
        return []
    ahead_s = (datetime.now(UTC) - backend_time.astimezone(UTC)).total_seconds() - took_s / 2
    if abs(ahead_s) > TOLERANCE_S:
        side = "ahead of" if ahead_s > 0 else "behind"
        return [
            fail("clock", f"{abs(ahead_s):.0f} s {side} the backend", "timedatectl set-ntp true; is NTP let through?")
        ]
    return [ok("clock", "agrees with the backend")]


def _is_problem(response: httpx.Response) -> bool:
    return str(response.headers.get("content-type", "")).startswith("application/problem+json")


def _unreachable(api_url: str, error: httpx.HTTPError) -> Check:
    cause = _root_of(error)
    if isinstance(error, httpx.ConnectTimeout):
        return fail("backend", f"{api_url} does not answer", "is this box online, and may it go out by this port?")
    if isinstance(error, httpx.TimeoutException):
        return fail(
            "backend", f"{api_url} takes the connection but does not answer", "try again; is a proxy in the way?"
        )
    if isinstance(cause, socket.gaierror):
        return fail("backend", f"{api_url}: no such name", "check --api and the DNS of this box")
    if isinstance(cause, ssl.SSLCertVerificationError):
        return fail(
            "backend", f"{api_url}: its certificate is not trusted", "is the clock right? Is a proxy in the way?"
        )
    if isinstance(cause, ConnectionRefusedError):
        return fail("backend", f"{api_url} refuses the connection", "is the backend running, and is the port right?")
    return fail("backend", f"{api_url} cannot be reached ({error})", "check the network of this box, and --api")


def _root_of(error: BaseException) -> BaseException:
    seen = error
    while (inner := seen.__cause__ or seen.__context__) is not None:
        seen = inner
    return seen
