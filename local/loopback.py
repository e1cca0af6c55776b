"""Restrict the servers of this package to loopback addresses: they must not be reachable from the network."""

from __future__ import annotations

import ipaddress

from local.errors import SettingsError


def is_loopback(host: str) -> bool:
    """Return whether a host name or address always means this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def require_loopback(host: str, server: str) -> None:
    """Check the address that a server is to listen on.

    Args:
        host: A host name or address.
        server: The name of the server, for the message.

    Raises:
        SettingsError: The address can be reached from the network.
    """
    if not is_loopback(host):
        raise SettingsError(
            f"{server} replaces a hosted service and would be open to the network on {host}: use 127.0.0.1"
        )
