"""Tells systemd that the worker is ready, alive and stopping (sd_notify(3)); does nothing elsewhere."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping


class Systemd:
    """The notification socket that systemd names in ``NOTIFY_SOCKET``.

    Attributes:
        watchdog_s: how often systemd wants to hear that the worker lives; None when it does not.
    """

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        address = environment.get("NOTIFY_SOCKET", "")
        self._address = "\0" + address[1:] if address.startswith("@") else address
        microseconds = environment.get("WATCHDOG_USEC", "")
        self.watchdog_s = int(microseconds) / 1e6 if microseconds.isdigit() and int(microseconds) else None

    def ready(self) -> None:
        self._tell("READY=1")

    def alive(self) -> None:
        if self.watchdog_s is not None:
            self._tell("WATCHDOG=1")

    def says(self, sentence: str) -> None:
        """Shown by ``systemctl status``."""
        self._tell(f"STATUS={sentence}")

    def stopping(self) -> None:
        self._tell("STOPPING=1")

    def _tell(self, message: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
                notify.sendto(message.encode(), self._address)
        except OSError:
            return  # systemd is gone or restarts: there is nobody to tell that nobody can be told
