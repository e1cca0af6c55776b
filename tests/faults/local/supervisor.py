"""A supervisor to be killed: keeps one part with a child, tells their pids, and waits."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event

from local.stack.guarded import Guard
from local.stack.keeper import Keeper, Surroundings
from local.stack.lock import FolderLock
from local.stack.part import NotReady, Part

PROGRAM = """
import os, signal, sys
child = os.fork()
if child:
    with open(sys.argv[1], "w") as file:
        file.write(f"{os.getpid()} {child}")
signal.pause()
"""


def main() -> None:
    home = Path(sys.argv[1])
    told = home / "pids"
    lock = FolderLock.acquire(home)
    guard = Guard(lock.descriptor)
    surroundings = Surroundings(home, home / "logs", guard, lambda _: None, lambda _: None)

    def ready() -> None:
        if not told.exists() or " " not in told.read_text():
            raise NotReady("the pids are not told")

    part = Part("part", (sys.executable, "-S", "-c", PROGRAM, str(told)), ready=ready)
    Keeper(part, surroundings).start()
    print(guard.pid, told.read_text(), flush=True)
    Event().wait()


if __name__ == "__main__":
    main()
