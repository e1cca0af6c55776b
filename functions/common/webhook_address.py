"""Which addresses a webhook may have. Pure: no look-up of names, no connection.

The URL of a webhook is chosen by a user, and our network must not be reachable by it. `check_webhook_url` limits the
URL, `is_public_address` the addresses that its name resolves to. Delivery checks both, and connects to the checked
address.
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

MAX_URL_LENGTH = 2048
PORTS = frozenset({443, 8443})
"""The ports of a webhook. Others belong to services that are no receivers of webhooks."""

_HOST = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PRINTABLE = re.compile(r"[!-~]+")  # ASCII without spaces and control characters
_PRIVATE_SUFFIXES = (
    ".local",
    ".localhost",
    ".internal",
    ".intranet",
    ".home.arpa",
    ".lan",
    ".corp",
    ".test",
    ".invalid",
)
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1"})
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# Networks whose addresses contain an IPv4 address: 6to4 and Teredo. NAT64 is outside 2000::/3.
_TRANSLATED = tuple(map(ipaddress.IPv6Network, ("2002::/16", "2001::/32")))


class WebhookUrlRule(StrEnum):
    """What a URL of a webhook must be."""

    CHARACTERS = "characters"
    SYNTAX = "syntax"
    CREDENTIALS = "credentials"
    FRAGMENT = "fragment"
    SCHEME = "scheme"
    HOST = "host"
    PORT = "port"


class WebhookUrlError(ValueError):
    """The URL is not that of a webhook. The message is a sentence for the user, about the rule that it breaks."""

    def __init__(self, rule: WebhookUrlRule, message: str) -> None:
        super().__init__(message)
        self.rule = rule


@dataclass(frozen=True, slots=True)
class WebhookUrl:
    """The parts of the URL of a webhook.

    Attributes:
        host: lower case.
        port: one of `PORTS`.
        path: path and query.
        is_tls: false for http, which only local development allows.
        is_local: whether the host is this machine, which only local development allows.
    """

    host: str
    port: int
    path: str
    is_tls: bool = True
    is_local: bool = False

    @property
    def authority(self) -> str:
        """The value of the Host header."""
        default = 443 if self.is_tls else 80
        return self.host if self.port == default else f"{self.host}:{self.port}"


def check_webhook_url(url: str, *, allow_local: bool) -> WebhookUrl:
    """Return the parts of a URL that a webhook may have.

    Args:
        url: the URL.
        allow_local: whether this machine may be addressed, by http too and at any port: for development.

    Raises:
        WebhookUrlError: a webhook may not have this URL.
    """
    if len(url) > MAX_URL_LENGTH or not _PRINTABLE.fullmatch(url) or "\\" in url:
        raise WebhookUrlError(
            WebhookUrlRule.CHARACTERS, f"Must have at most {MAX_URL_LENGTH} characters, all of them printable ASCII."
        )
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise WebhookUrlError(WebhookUrlRule.SYNTAX, "Is not a URL such as https://example.com/hook.") from None
    if parts.username is not None or parts.password is not None or "@" in parts.netloc:
        raise WebhookUrlError(WebhookUrlRule.CREDENTIALS, "Must not contain a user name or a password.")
    if parts.fragment:
        raise WebhookUrlError(WebhookUrlRule.FRAGMENT, "Must not contain a fragment.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    if allow_local and host in _LOCAL_HOSTS and parts.scheme in {"http", "https"}:
        is_tls = parts.scheme == "https"
        return WebhookUrl(host, port or (443 if is_tls else 80), path, is_tls, is_local=True)
    if parts.scheme != "https":
        raise WebhookUrlError(WebhookUrlRule.SCHEME, "Must begin with https://.")
    if not _HOST.fullmatch(host) or host.endswith(_PRIVATE_SUFFIXES):
        raise WebhookUrlError(
            WebhookUrlRule.HOST,
            "Must name a public host, such as example.com; no address and no name of a local network.",
        )
    if (port or 443) not in PORTS:
        ports = ", ".join(map(str, sorted(PORTS)))
        raise WebhookUrlError(WebhookUrlRule.PORT, f"Must have one of the ports {ports}.")
    return WebhookUrl(host, port or 443, path)


def is_public_address(address: str) -> bool:
    """Return whether an address is one of the public internet.

    Loopback, private, link-local (with the metadata service of clouds), shared (CGNAT), unique local, multicast and
    reserved addresses are not, nor IPv6 addresses that a gateway would translate to an IPv4 address.

    >>> is_public_address("93.184.215.14"), is_public_address("::ffff:169.254.169.254")
    (True, False)
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            parsed = parsed.ipv4_mapped
        elif parsed not in _GLOBAL_UNICAST or any(parsed in network for network in _TRANSLATED):
            return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified)


def is_allowed_address(address: str, url: WebhookUrl) -> bool:
    """Return whether a webhook may be delivered to an address: a public one, or this machine in development."""
    if url.is_local:
        return ipaddress.ip_address(address).is_loopback
    return is_public_address(address)
