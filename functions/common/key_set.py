"""The issuer's public keys (JWKS), fetched rarely and kept through an outage.

- A key set is trusted for `FRESH_FOR_S` (10 minutes): after that, a key that the issuer has withdrawn stops working.
- An unknown `kid` asks again at most every `ATTEMPT_EVERY_S` (30 s), however many requests carry one.
- While the issuer is slow, down or answers rubbish, known keys go on for up to `STALE_FOR_S` (a day), and requests that
  carry one do not wait more than once in 30 s for the failing fetch.
"""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from typing import Any

from jwt import PyJWK
from jwt.exceptions import PyJWTError

logger = logging.getLogger(__name__)

ALGORITHM = "ES256"
FRESH_FOR_S = 600.0
STALE_FOR_S = 86_400.0
ATTEMPT_EVERY_S = 30.0
TIMEOUT_S = 3.0
LARGEST_BODY = 64 * 1024
MOST_KEYS = 16

Fetch = Callable[[str], bytes]


class KeysUnavailableError(Exception):
    """The issuer's keys cannot be had at the moment, and no kept key answers the question."""


class UnknownKeyError(Exception):
    """The issuer does not know this `kid` (or did not when it was last asked)."""


class KeySet:
    """The signing keys behind one JWKS address. Safe for several threads; one fetch at a time.

    `fetch` and `now` (seconds, monotonic) are arguments so that outages and ten minutes can be tested without either.
    """

    def __init__(self, url: str, *, fetch: Fetch | None = None, now: Callable[[], float] = time.monotonic) -> None:
        self._url = url
        self._fetch = fetch or fetch_over_http
        self._now = now
        self._fetching = threading.Lock()
        self._keys: Mapping[str, PyJWK] = {}
        self._fetched_at = float("-inf")
        self._attempted_at = float("-inf")
        self._last_attempt_failed = False

    def key(self, kid: str) -> PyJWK:
        """The key of that id. Raises UnknownKeyError, or KeysUnavailableError when the issuer cannot be asked."""
        known = self._keys.get(kid)
        age = self._now() - self._fetched_at
        if known is not None and age < FRESH_FOR_S:
            return known
        # With a kept key in hand nobody queues behind a slow fetch; without one there is nothing else to do.
        self._refresh(wait=known is None)
        known = self._keys.get(kid)
        age = self._now() - self._fetched_at
        if known is not None and age < STALE_FOR_S:
            return known
        if self._last_attempt_failed or not self._keys or age >= STALE_FOR_S:
            raise KeysUnavailableError(self._url)
        raise UnknownKeyError(kid)

    def _refresh(self, *, wait: bool) -> None:
        if not self._fetching.acquire(blocking=wait):
            return
        try:
            if self._now() - self._attempted_at < ATTEMPT_EVERY_S:
                return
            self._attempted_at = self._now()
            try:
                self._keys = parse_keys(self._fetch(self._url))
            except (OSError, ValueError) as error:
                self._last_attempt_failed = True
                logger.warning("the keys at %s cannot be fetched (%s); known keys go on", self._url, error)
            else:
                self._last_attempt_failed = False
                self._fetched_at = self._now()
        finally:
            self._fetching.release()


def parse_keys(body: bytes) -> dict[str, PyJWK]:
    """The usable keys of a JWKS document: elliptic, P-256, for signatures, with a `kid`.

    Keys of other kinds are passed over (an issuer may publish several). Raises ValueError when the body is no JWKS or
    holds no usable key: an answer like that must not push out the keys that are known.
    """
    try:
        document: Any = json.loads(body)
    except (RecursionError, UnicodeDecodeError) as error:
        raise ValueError(f"not a key set: {type(error).__name__}") from None
    entries = document.get("keys") if isinstance(document, dict) else None
    keys: dict[str, PyJWK] = {}
    for entry in entries[:MOST_KEYS] if isinstance(entries, list) else []:
        if not isinstance(entry, dict) or not _is_usable(entry):
            continue
        try:
            keys[entry["kid"]] = PyJWK(entry, ALGORITHM)
        except (PyJWTError, ValueError, TypeError):
            continue
    if not keys:
        raise ValueError(f"the key set holds no usable {ALGORITHM} key")
    return keys


def _is_usable(entry: Mapping[str, Any]) -> bool:
    return (
        isinstance(entry.get("kid"), str)
        and entry.get("kty") == "EC"
        and entry.get("crv") == "P-256"
        and entry.get("alg", ALGORITHM) == ALGORITHM
        and entry.get("use", "sig") == "sig"
        and "d" not in entry  # a private key in public is nobody's signature any more
    )


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def fetch_over_http(url: str) -> bytes:
    """The body behind the address: no redirects, at most 64 KiB, 3 s for the whole of it.

    Raises OSError (urllib's errors are) or ValueError.
    """
    if not url.startswith(("https://", "http://")):
        raise ValueError("the address of the keys is neither http nor https")
    opener = urllib.request.build_opener(_NoRedirects())
    deadline = time.monotonic() + TIMEOUT_S
    request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 - checked above
    body = bytearray()
    with opener.open(request, timeout=TIMEOUT_S) as answer:
        # The socket's timeout is per read: a server that drips would hold us for ever.
        while chunk := answer.read1(8192):
            body += chunk
            if len(body) > LARGEST_BODY:
                raise ValueError("the key set is larger than 64 KiB")
            if time.monotonic() > deadline:
                raise TimeoutError("the key set came too slowly")
    return bytes(body)
