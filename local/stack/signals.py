"""Stop requests by signal, and a pipe that wakes the main thread from signal handlers and other threads."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopSignals:
    """Call a function on SIGINT, SIGTERM and SIGHUP while installed.

    In a thread other than the main one it does nothing, because Python delivers signals to the main thread only.
    """

    def __init__(self, on_stop: Callable[[], None]) -> None:
        self._on_stop = on_stop
        self._previous_handlers: dict[signal.Signals, Any] = {}

    def install(self) -> None:
        """Replace the handlers of the signals."""
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                # nohup ignores SIGHUP; keep it ignored.
                if number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
                    continue
                self._previous_handlers[number] = signal.signal(number, self._handle)

    def restore(self) -> None:
        """Put the previous handlers back."""
        for number, handler in self._previous_handlers.items():
            signal.signal(number, handler)
        self._previous_handlers.clear()

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        self._on_stop()


class WakeupPipe:
    """A self-pipe: `wake` ends a `wait` in another thread, also from a signal handler.

    A threading.Event is not enough: setting one in a signal handler can deadlock on its lock.
    """

    def __init__(self) -> None:
        self._read_end, self._write_end = os.pipe()
        os.set_blocking(self._write_end, False)
        os.set_blocking(self._read_end, False)

    def wake(self) -> None:
        """End the current or the next `wait`. Never blocks; safe in signal handlers and in any thread."""
        with contextlib.suppress(BlockingIOError):
            os.write(self._write_end, b"!")

    def wait(self, timeout_s: float | None) -> None:
        """Return when `wake` was called since the last `wait`, or after the timeout in seconds."""
        if select.select([self._read_end], [], [], timeout_s)[0]:
            os.read(self._read_end, 1024)

    def close(self) -> None:
        """Close both ends of the pipe."""
        os.close(self._read_end)
        os.close(self._write_end)
