"""The security headers of our pages.

Source: OWASP Secure Headers Project. HSTS is left to the TLS front of production: over plain HTTP it must not be sent
(RFC 6797, section 7.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit


def content_security_policy(*, connect: Iterable[str], images: Iterable[str]) -> str:
    """No inline script, no eval, no frames, no foreign origin besides those given (URLs; their origins are used)."""
    directives = {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:", *map(_origin, images)],
        "font-src": ["'self'"],
        "connect-src": ["'self'", *map(_origin, connect)],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())


def security_headers(*, connect: Iterable[str], images: Iterable[str]) -> dict[str, str]:
    """What every answer carries. No referrer: invitation links hold a secret in their query."""
    return {
        "Content-Security-Policy": content_security_policy(connect=connect, images=images),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
