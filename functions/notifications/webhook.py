"""Delivery by webhook: a signed POST (Standard Webhooks) to a public address, and nothing but that.

A name is looked up once. Its addresses are checked, and the connection is made to a checked address, so that a name
which changes its address meanwhile leads nowhere else. Redirects are not followed, and proxies are not used.
"""

from __future__ import annotations

import http.client
import json
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from standardwebhooks import Webhook

from functions.common.webhook_address import WebhookUrl, WebhookUrlError, check_webhook_url, is_allowed_address
from functions.notifications.outcome import Outcome, OutcomeKind

TIMEOUT_S = 10.0
"""Longest time of an attempt from the connection to the end of the response, seconds."""

CONNECT_TIMEOUT_S = 3.0
MAX_ADDRESSES = 3
MAX_RESPONSE_BYTES = 4096
"""The response is read up to here. Its content is not used."""

_TEMPORARY_STATUSES = frozenset({408, 425, 429})

Resolver = Callable[[str, int], Sequence[str]]
"""Returns the addresses of a host name, by default those of the system's resolver. Raises OSError."""


class TargetRefusedError(Exception):
    """The name of a webhook leads to an address that no webhook may have."""


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of a host name, without duplicates."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class WebhookSender:
    """Delivers notifications to webhooks."""

    def __init__(
        self,
        *,
        allow_local: bool = False,
        resolver: Resolver = resolve,
        tls: ssl.SSLContext | None = None,
        timeout_s: float = TIMEOUT_S,
    ) -> None:
        """Prepare the sender.

        Args:
            allow_local: whether webhooks may be on this machine: for development.
            resolver: looks up names.
            tls: verifies the certificates of receivers; by default with the authorities of certifi.
            timeout_s: longest time of an attempt, seconds.
        """
        self._allow_local = allow_local
        self._resolve = resolver
        self._tls = tls or _default_tls()
        self._timeout_s = timeout_s

    def send(self, url: str, secret: str, delivery_id: UUID, content: dict[str, Any], now: datetime) -> Outcome:
        """Send a notification and return the outcome. Raises nothing that a receiver can cause.

        Args:
            url: URL of the webhook.
            secret: its secret, `whsec_…`.
            delivery_id: sent as `webhook-id` by each attempt.
            content: the JSON body.
            now: the time of the attempt, sent as `webhook-timestamp`.
        """
        try:
            target = check_webhook_url(url, allow_local=self._allow_local)
        except WebhookUrlError as error:
            return Outcome(OutcomeKind.PERMANENT, f"The URL of the webhook is refused. {error}")
        try:
            connection = self._connect(target)
        except TargetRefusedError as error:
            return Outcome(OutcomeKind.PERMANENT, str(error))
        except socket.gaierror:
            return Outcome(OutcomeKind.TEMPORARY, f"The name {target.host} cannot be resolved.")
        except TimeoutError:
            return Outcome(OutcomeKind.TEMPORARY, "The receiver accepts no connection.")
        except OSError as error:
            return Outcome(OutcomeKind.TEMPORARY, f"No connection: {error.strerror or type(error).__name__}.")
        body = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
        headers = {
            "Host": target.authority,
            "Content-Type": "application/json",
            "User-Agent": "Metrica-Webhooks/1",
            "Connection": "close",
            "webhook-id": str(delivery_id),
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": Webhook(secret).sign(str(delivery_id), now.astimezone(UTC), body),
        }
        return self._post(connection, target, body.encode(), headers)

    def _connect(self, target: WebhookUrl) -> socket.socket:
        addresses = self._resolve(target.host, target.port)
        for address in addresses:
            _require_allowed(address, target)
        failure: OSError = socket.gaierror(f"no address of {target.host}")
        for address in addresses[:MAX_ADDRESSES]:
            try:
                connection = socket.create_connection((address, target.port), min(CONNECT_TIMEOUT_S, self._timeout_s))
            except OSError as error:
                failure = error
                continue
            try:
                _require_allowed(connection.getpeername()[0], target)
            except BaseException:
                connection.close()
                raise
            return connection
        raise failure

    def _post(self, connection: socket.socket, target: WebhookUrl, body: bytes, headers: dict[str, str]) -> Outcome:
        """Send the request and read the response. The timer ends what the timeouts of single reads would not end."""
        timed_out = threading.Event()

        def end() -> None:
            timed_out.set()
            with suppress(OSError):
                # Of the class: SSLSocket.shutdown would first switch the encryption off.
                socket.socket.shutdown(connection, socket.SHUT_RDWR)

        connection.settimeout(self._timeout_s)
        timer = threading.Timer(self._timeout_s, end)
        timer.start()
        try:
            if target.is_tls:
                connection = self._tls.wrap_socket(
                    connection, server_hostname=target.host, do_handshake_on_connect=False
                )
                try:
                    connection.do_handshake()
                except ssl.SSLCertVerificationError as error:
                    return Outcome(OutcomeKind.TEMPORARY, f"The certificate is not valid: {error.verify_message}.")
                except OSError:
                    return Outcome(OutcomeKind.TEMPORARY, "The receiver does not speak TLS, or not in time.")
            status, retry_after = _exchange(connection, target, body, headers)
        except (OSError, http.client.HTTPException) as error:
            if timed_out.is_set() or isinstance(error, TimeoutError):
                return Outcome(OutcomeKind.UNKNOWN, "No response in time.")
            is_cut = isinstance(error, OSError)
            return Outcome(OutcomeKind.UNKNOWN, "The connection was cut." if is_cut else "The response is not HTTP.")
        finally:
            timer.cancel()
            connection.close()
        return _outcome_of(status, retry_after)


def _exchange(
    connection: socket.socket, target: WebhookUrl, body: bytes, headers: dict[str, str]
) -> tuple[int, str | None]:
    client = http.client.HTTPConnection(target.host, target.port)
    client.auto_open = 0  # never a second connection, which would look the name up again
    client.sock = connection
    client.request("POST", target.path, body, headers)
    response = client.getresponse()
    with suppress(OSError, http.client.HTTPException):  # the status is known
        response.read(MAX_RESPONSE_BYTES)
    return response.status, response.headers.get("Retry-After")


def _outcome_of(status: int, retry_after: str | None) -> Outcome:
    said = f"The receiver answered {status} {http.client.responses.get(status, '')}".strip()
    if 200 <= status < 300:
        return Outcome(OutcomeKind.DELIVERED, f"{said}.")
    if status == 410:
        return Outcome(OutcomeKind.GONE, f"{said}; the channel is disabled.")
    if 300 <= status < 400:
        return Outcome(OutcomeKind.PERMANENT, f"{said}. Redirects are not followed: set the final address.")
    if status >= 500 or status in _TEMPORARY_STATUSES:
        wait = timedelta(seconds=int(retry_after)) if retry_after and _is_number(retry_after) else None
        return Outcome(OutcomeKind.TEMPORARY, f"{said}.", wait)
    return Outcome(OutcomeKind.PERMANENT, f"{said}.")


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 6


def _require_allowed(address: str, target: WebhookUrl) -> None:
    if not is_allowed_address(address, target):
        raise TargetRefusedError(f"The name {target.host} leads to {address}, which is no public address.")


def _default_tls() -> ssl.SSLContext:
    import certifi

    return ssl.create_default_context(cafile=certifi.where())
