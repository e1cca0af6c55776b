"""The security headers of the pages: the one place that defines them, pure.

The page server of the local stack and Caddy on one server send them, and `scripts/pages_template.py` writes them into
the template of CloudFront. Source: OWASP Secure Headers Project. Strict-Transport-Security is added where TLS ends; it
must not be sent over plain HTTP (RFC 6797, section 7.2).
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

STRICT_TRANSPORT_SECURITY = "max-age=63072000; includeSubDomains"
"""The header of that name."""


def content_security_policy(*, connect: Iterable[str], images: Iterable[str]) -> str:
    """Return a policy without inline scripts, eval, frames and other origins than those given.

    Args:
        connect: URLs of the services that the page calls; only their origins are used.
        images: URLs from which the page loads images.
    """
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
    """Return the headers of every response.

    No referrer is sent, because the links of invitations carry a secret in their query.

    Args:
        connect: URLs of the services that the page calls.
        images: URLs from which the page loads images.
    """
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
