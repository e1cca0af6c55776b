"""Response headers that every Lambda sends in the same way: security headers and entity tags."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

SECURITY_HEADERS: Mapping[str, str] = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Sent with every response."""

CACHE_CONTROL = "no-store"
"""`Cache-Control` of a response that does not set its own."""


def make_etag(parts: Iterable[bytes]) -> str:
    """Return the strong entity tag of a body that is given in parts, with its quotes (RFC 9110, section 8.8).

    >>> make_etag([b"a", b"b"])
    '"fb8e20fc2e4c3f248c60c39b"'
    """
    digest = sha256()
    for part in parts:
        digest.update(part)
    return f'"{digest.hexdigest()[:24]}"'


def etag_matches(if_none_match: str | None, etag: str) -> bool:
    """Return whether an `If-None-Match` header lists the tag, so that the response can be 304.

    Tags are compared weakly, as RFC 9110, section 13.1.2, requires.

    >>> etag_matches('W/"a", "b"', '"b"')
    True
    """
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or "*" in tags
