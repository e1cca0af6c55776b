"""What counts as this machine and nothing else."""

from __future__ import annotations

import ipaddress

from local.errors import SettingsError


def is_loopback(host: str) -> bool:
    """Whether a host name or address can only mean this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def require_loopback(host: str, what: str) -> None:
    """Raises SettingsError unless `host` can only be reached from this machine."""
    if not is_loopback(host):
        raise SettingsError(
            f"{what} stands in for a hosted service and would be open to the network on {host}: use 127.0.0.1"
        )
