"""A caller of `Stack` that gets a signal: ``python -m tests.integration.local.stack.signalled WHAT HOME DATABASE_URL``.

A process of its own, because a signal is one to the whole process, and that of the tests has other work. Prints what
came of it: `waiting` gets SIGTERM while it waits, `working` gets SIGINT between two steps of its own.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from threading import Thread

from local.stack import Part, Stack, StackSettings
from local.stack.bell import Bell
from local.stack.guard import alive

FOR_EVER = (sys.executable, "-S", "-c", "import signal; signal.pause()")


def waiting(settings: StackSettings) -> str:
    with Stack.start(settings, report=lambda _: None, database_only=True) as small:
        before = small.wait(0)
        Thread(target=_terminate_once_it_waits, args=[threading.get_ident()]).start()
        return f"{before}, then {small.wait(30)}"


def working(settings: StackSettings) -> str:
    done = "nothing after the signal"
    pid = None
    with Stack.start(settings, report=lambda _: None, database_only=True) as small:
        small.add(Part("part", FOR_EVER))
        pid = small.part_pid("part")
        os.kill(os.getpid(), signal.SIGINT)
        done = "work after the signal"
    return f"{done}, part {'alive' if pid is None or alive(pid) else 'stopped'}"


def _terminate_once_it_waits(thread: int) -> None:
    while sys._current_frames()[thread].f_code is not Bell.wait.__code__:
        os.sched_yield()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    what = {"waiting": waiting, "working": working}[sys.argv[1]]
    print(what(StackSettings.for_test(Path(sys.argv[2]), database_url=sys.argv[3])))
