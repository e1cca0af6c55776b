"""Requests to a deployment: an answer, or why there is none."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

TIMEOUT_S = 10.0


@dataclass(frozen=True, slots=True)
class Unreachable:
    """There is no answer; `reason` is a sentence."""

    reason: str


def send(
    method: str, url: str, *, headers: Mapping[str, str] | None = None, json: object = None
) -> httpx.Response | Unreachable:
    """Send a request without following redirects. Certificates are verified as the system does."""
    try:
        with httpx.Client(timeout=TIMEOUT_S, follow_redirects=False, verify=ssl.create_default_context()) as client:
            return client.request(method, url, headers=dict(headers or {}), json=json)
    except httpx.HTTPError as error:
        return Unreachable(f"{method} {url}: {error or type(error).__name__}")


def json_object(response: httpx.Response) -> dict[str, Any]:
    """Return the JSON object of an answer; an empty one if it has none."""
    try:
        body = response.json()
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def certificate_expires_at(url: str) -> datetime:
    """Return until when the certificate of an address is valid.

    Raises:
        OSError: The host cannot be reached, or its certificate is not valid (`ssl.SSLError`).
    """
    parts = urlsplit(url)
    assert parts.hostname is not None  # noqa: S101  # checked when the deployment was read
    context = ssl.create_default_context()
    with (
        socket.create_connection((parts.hostname, parts.port or 443), timeout=TIMEOUT_S) as plain,
        context.wrap_socket(plain, server_hostname=parts.hostname) as connection,
    ):
        certificate = connection.getpeercert()
    assert certificate is not None  # noqa: S101  # it was verified
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(certificate["notAfter"])), UTC)
