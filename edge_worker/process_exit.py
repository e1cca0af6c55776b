"""The end of a process whose threads may be inside native code.

When a daemon thread returns from native code while the interpreter finalizes, CPython before 3.14 ends it with
``pthread_exit``. The unwinding through C++ frames, those of OpenCV or of an inference engine, calls ``std::terminate``,
and the process dies of SIGABRT (https://github.com/python/cpython/issues/87135). So no such thread may be left when the
interpreter finalizes.
"""

from __future__ import annotations

import atexit
import os
import sys
import threading
import weakref
from collections.abc import Callable
from contextlib import suppress
from time import monotonic
from typing import NoReturn

EXIT_WAIT_S = 1.0
"""How long `exit_process` waits for threads before it ends the process without finalizing the interpreter."""
NATIVE_WAIT_S = 12.0
"""How long a program without `exit_process` waits for native threads: FFmpeg returns from a silent camera earlier."""

_native_threads: weakref.WeakSet[NativeThread] = weakref.WeakSet()


class NativeThread(threading.Thread):
    """A daemon thread that calls native code which may block, such as the decoder of a camera.

    A program that does not end with `exit_process` stops these threads and waits for them at its exit.

    Args:
        run: The function to run in the thread.
        stop: Asks the function to return. It must not block.
        name: The name of the thread.
    """

    def __init__(self, run: Callable[[], None], *, stop: Callable[[], None], name: str) -> None:
        super().__init__(target=run, name=name, daemon=True)
        self.stop = stop
        _native_threads.add(self)


def exit_process(code: int) -> NoReturn:
    """End the process with an exit code, whatever its threads do.

    If a thread still runs after `EXIT_WAIT_S`, the process ends without finalizing the interpreter. The caller has
    closed everything that must be closed.
    """
    for thread in list(_native_threads):
        thread.stop()
    if _wait_for([thread for thread in threading.enumerate() if thread is not threading.main_thread()], EXIT_WAIT_S):
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    os._exit(code)


@atexit.register
def _end_native_threads() -> None:
    threads = list(_native_threads)
    for thread in threads:
        thread.stop()
    _wait_for(threads, NATIVE_WAIT_S)


def _wait_for(threads: list[threading.Thread] | list[NativeThread], timeout_s: float) -> bool:
    """Wait for threads and return whether all have ended."""
    deadline = monotonic() + timeout_s
    for thread in threads:
        if thread.is_alive():
            thread.join(max(deadline - monotonic(), 0.0))
    return not any(thread.is_alive() for thread in threads)
