"""A process to be killed: supervises one service with a child, prints the pids, and waits."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Event

from local.stack.lock import FolderLock
from local.stack.orphan_cleaner import OrphanCleaner
from local.stack.service import NotReady, Service
from local.stack.supervisor import ServiceSupervisor, SupervisorContext

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
    pid_file = home / "pids"
    lock = FolderLock.acquire(home)
    cleaner = OrphanCleaner(lock.descriptor)
    context = SupervisorContext(home, home / "logs", cleaner, lambda _: None, lambda _: None)

    def check_ready() -> None:
        if not pid_file.exists() or " " not in pid_file.read_text():
            raise NotReady("the pids are not written")

    command = (sys.executable, "-S", "-c", PROGRAM, str(pid_file))
    ServiceSupervisor(Service("service", command, check_ready=check_ready), context).start()
    print(cleaner.pid, pid_file.read_text(), flush=True)
    Event().wait()


if __name__ == "__main__":
    main()
