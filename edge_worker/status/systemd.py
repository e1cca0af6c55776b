"""Notify systemd that the process is ready, alive and stopping (sd_notify(3)); do nothing without systemd."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping


class SystemdNotifier:
    """Sends messages to the socket in ``NOTIFY_SOCKET``.

    Attributes:
        watchdog_s: The watchdog timeout of systemd, in seconds; None without a watchdog.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        microseconds = environment.get("WATCHDOG_USEC", "")
        self.watchdog_s = int(microseconds) / 1e6 if microseconds.isdigit() and int(microseconds) else None

    def ready(self) -> None:
        """Report that the start is complete."""
        self._notify("READY=1")

    def alive(self) -> None:
        """Reset the watchdog."""
        if self.watchdog_s is not None:
            self._notify("WATCHDOG=1")

    def stopping(self) -> None:
        """Report that the process is about to end."""
        self._notify("STOPPING=1")

    def _notify(self, message: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
                notify.sendto(message.encode(), self._address)
        except OSError:
            return  # systemd is restarting
