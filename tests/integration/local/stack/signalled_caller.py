"""A caller of `Stack` that gets a signal: `python -m tests.integration.local.stack.signalled_caller WHAT HOME URL`.

It is a process of its own, because a signal reaches the whole process. It prints what happened: `waiting` gets SIGTERM
while it waits, `working` gets SIGINT between two of its own statements.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path
from threading import Thread

from local.stack.processes import is_running
from local.stack.service import Service
from local.stack.settings import StackSettings
from local.stack.signals import WakeupPipe
from local.stack.stack import Stack
from tests.stack import stack_settings

SLEEP = (sys.executable, "-S", "-c", "import signal; signal.pause()")


def waiting(settings: StackSettings) -> str:
    with Stack.start(settings, report=lambda _: None, database_only=True) as small:
        before = small.wait(0)
        Thread(target=_terminate_once_it_waits, args=[threading.get_ident()]).start()
        after = small.wait(30)
    return f"{before}, then {after}"


def working(settings: StackSettings) -> str:
    done = "nothing after the signal"
    pid = None
    with Stack.start(settings, report=lambda _: None, database_only=True) as small:
        small.add_service(Service("service", SLEEP))
        pid = small.service_pid("service")
        os.kill(os.getpid(), signal.SIGINT)
        done = "work after the signal"
    return f"{done}, service {'alive' if pid is None or is_running(pid) else 'stopped'}"


def _terminate_once_it_waits(thread: int) -> None:
    while sys._current_frames()[thread].f_code is not WakeupPipe.wait.__code__:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    what = {"waiting": waiting, "working": working}[sys.argv[1]]
    print(what(stack_settings(Path(sys.argv[2]), database_url=sys.argv[3])))
