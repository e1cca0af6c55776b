"""One service of the local stack: the program, how to check that it is ready, and its time limits."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlsplit

ReadinessCheck: TypeAlias = Callable[[], None]
"""Returns when the service is ready, raises NotReady while it is not."""

_TIMEOUT_S = 5.0


class NotReady(Exception):  # noqa: N818 a state, not an error
    """The service is not ready yet; the message says what the check saw instead."""


@dataclass(frozen=True, slots=True)
class Service:
    """A program that the stack keeps running.

    Attributes:
        name: Names the log file and appears in messages.
        command: Program and arguments. It runs in the clone, in a process group of its own.
        environment: Variables added to those of the stack's process.
        check_ready: Called until it returns; None when a running process is enough.
        ready_timeout_s: Seconds after which a service that is not ready has failed.
        stop_timeout_s: Seconds between SIGTERM and SIGKILL.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str] = field(default_factory=dict)
    check_ready: ReadinessCheck | None = None
    ready_timeout_s: float = 60.0
    stop_timeout_s: float = 10.0


def http_check(url: str, *, timeout_s: float = _TIMEOUT_S) -> ReadinessCheck:
    """Return a check that passes when GET answers 2xx.

    Args:
        url: The address to get.
        timeout_s: Limit of one request in seconds; the first answer of a Lambda takes longer than others.
    """
    parts = urlsplit(url)

    def check() -> None:
        connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=timeout_s)
        try:
            connection.request("GET", f"{parts.path}?{parts.query}" if parts.query else parts.path)
            response = connection.getresponse()
            body = response.read(200).decode(errors="replace")
        except (OSError, http.client.HTTPException) as error:
            raise NotReady(f"GET {url}: {error}") from error
        finally:
            connection.close()
        if not 200 <= response.status < 300:
            raise NotReady(f"GET {url} answers {response.status} {body}".strip())

    return check


def smtp_check(host: str, port: int) -> ReadinessCheck:
    """Return a check that passes when an SMTP server greets."""
    import smtplib

    def check() -> None:
        try:
            with smtplib.SMTP(host, port, timeout=_TIMEOUT_S) as server:
                server.noop()
        except (OSError, smtplib.SMTPException) as error:
            raise NotReady(f"SMTP on {host}:{port}: {error}") from error

    return check


def postgres_check(url: str) -> ReadinessCheck:
    """Return a check that passes when the database answers `select 1`."""
    import psycopg

    def check() -> None:
        try:
            with psycopg.connect(url, connect_timeout=int(_TIMEOUT_S), prepare_threshold=None) as connection:
                connection.execute("select 1")
        except psycopg.Error as error:
            raise NotReady(f"select 1: {' '.join(str(error).split())}") from error

    return check
