"""Cache of the issuer's public keys (JWKS).

- A key set is used for `FRESH_S` (10 minutes); after that, a key that the issuer has withdrawn stops working.
- An unknown `kid` causes a fetch at most once in `MIN_FETCH_INTERVAL_S` (30 s), however many requests have one.
- While the issuer is slow, down or responds with something else, known keys are used for up to `STALE_S` (a day).
  Requests with a known key wait for a failing fetch at most once in 30 s.
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
FRESH_S = 600.0
STALE_S = 86_400.0
MIN_FETCH_INTERVAL_S = 30.0
TIMEOUT_S = 3.0
MAX_BODY_BYTES = 64 * 1024
MAX_KEYS = 16

Fetch = Callable[[str], bytes]


class KeysUnavailableError(Exception):
    """The issuer's keys cannot be fetched at the moment, and no cached key has the `kid`."""


class UnknownKeyError(Exception):
    """The issuer's key set did not contain this `kid` when it was last fetched."""


class KeySet:
    """The signing keys behind one JWKS URL. Thread-safe; one fetch at a time.

    Args:
        url: address of the key set.
        fetch: returns the body behind a URL; replaced in tests.
        now: monotonic clock, seconds; replaced in tests.
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

    def get_key(self, kid: str) -> PyJWK:
        """Return the key with this id.

        Raises:
            UnknownKeyError: the issuer has no such key.
            KeysUnavailableError: the issuer cannot be reached and the key is not cached.
        """
        known = self._keys.get(kid)
        age = self._now() - self._fetched_at
        if known is not None and age < FRESH_S:
            return known
        # With a cached key a request does not wait for a slow fetch; without one it has to.
        self._refresh(wait=known is None)
        known = self._keys.get(kid)
        age = self._now() - self._fetched_at
        if known is not None and age < STALE_S:
            return known
        if self._last_attempt_failed or not self._keys or age >= STALE_S:
            raise KeysUnavailableError(self._url)
        raise UnknownKeyError(kid)

    def _refresh(self, *, wait: bool) -> None:
        if not self._fetching.acquire(blocking=wait):
            return
        try:
            if self._now() - self._attempted_at < MIN_FETCH_INTERVAL_S:
                return
            self._attempted_at = self._now()
            try:
                self._keys = parse_keys(self._fetch(self._url))
            except (OSError, ValueError) as error:
                self._last_attempt_failed = True
                logger.warning("cannot fetch the keys at %s (%s); cached keys stay in use", self._url, error)
            else:
                self._last_attempt_failed = False
                self._fetched_at = self._now()
        finally:
            self._fetching.release()


def parse_keys(body: bytes) -> dict[str, PyJWK]:
    """Return the usable keys of a JWKS document by `kid`: elliptic curve P-256, for signatures.

    Other keys are ignored: an issuer may publish several kinds.

    Raises:
        ValueError: the body is no JWKS or has no usable key; such a response must not replace the cached keys.
    """
    try:
        document: Any = json.loads(body)
    except (RecursionError, UnicodeDecodeError) as error:
        raise ValueError(f"not a key set: {type(error).__name__}") from None
    entries = document.get("keys") if isinstance(document, dict) else None
    keys: dict[str, PyJWK] = {}
    for entry in entries[:MAX_KEYS] if isinstance(entries, list) else []:
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
        and "d" not in entry  # a published private key proves nothing
    )


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


def fetch_over_http(url: str) -> bytes:
    """Return the body behind a URL, without redirects, of at most 64 KiB, within 3 s.

    Raises:
        OSError: the request failed (errors of urllib are OSErrors).
        ValueError: the URL is neither http nor https, or the body is too large.
    """
    if not url.startswith(("https://", "http://")):
        raise ValueError("the address of the keys is neither http nor https")
    opener = urllib.request.build_opener(_NoRedirects())
    deadline = time.monotonic() + TIMEOUT_S
    request = urllib.request.Request(url, headers={"Accept": "application/json"})  # noqa: S310 - checked above
    body = bytearray()
    with opener.open(request, timeout=TIMEOUT_S) as response:
        # The socket's timeout applies to one read: a server that sends byte by byte would block forever.
        while chunk := response.read1(8192):
            body += chunk
            if len(body) > MAX_BODY_BYTES:
                raise ValueError("the key set is larger than 64 KiB")
            if time.monotonic() > deadline:
                raise TimeoutError("the key set took too long")
    return bytes(body)
