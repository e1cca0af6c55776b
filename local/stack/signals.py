"""Ctrl-C, SIGTERM and SIGHUP as a wish to stop."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, Final

_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopSignals:
    """While installed, each of the signals calls `on_stop`; in a thread other than the main one it does nothing."""

    def __init__(self, on_stop: Callable[[], None]) -> None:
        self._on_stop = on_stop
        self._earlier: dict[signal.Signals, Any] = {}

    def install(self) -> None:
        """From now on."""
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                # Under nohup a hang-up is to be ignored, and stays so.
                if number is signal.SIGHUP and signal.getsignal(number) is signal.SIG_IGN:
                    continue
                self._earlier[number] = signal.signal(number, self._handle)

    def restore(self) -> None:
        """As it was before."""
        for number, handler in self._earlier.items():
            signal.signal(number, handler)
        self._earlier.clear()

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        self._on_stop()
