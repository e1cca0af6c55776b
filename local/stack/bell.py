"""Wakes the main thread: rung by signal handlers and by other threads, which an Event does not survive."""

from __future__ import annotations

import contextlib
import os
import select


class Bell:
    """A pipe. Ringing never blocks, and ringing twice is as good as once."""

    def __init__(self) -> None:
        self._ear, self._rope = os.pipe()
        os.set_blocking(self._rope, False)
        os.set_blocking(self._ear, False)

    def ring(self) -> None:
        """Safe in a signal handler and in any thread."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._rope, b"!")

    def wait(self, timeout_s: float | None) -> None:
        """Return when the bell was rung since the last time, or after the timeout."""
        if select.select([self._ear], [], [], timeout_s)[0]:
            os.read(self._ear, 1024)

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._ear)
        os.close(self._rope)
