"""Clears away the parts of a stack whose supervisor was killed.

Runs as a script beside the supervisor and reads from it, on stdin, lines `+PID` and `-PID` for each part that starts or
ends. When the pipe closes (also after `kill -9` of the supervisor), it stops what is left in reverse order: SIGTERM,
a while of patience, SIGKILL to the process group. It inherits the lock of the state folder, so that no new stack
starts before it is done. Standard library only: it starts at every `metrica up`.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterable

PATIENCE_S = 10.0


def alive(pid: int) -> bool:
    """Whether the process is there (and no zombie whose parent has not looked yet, where /proc can tell)."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123 pathlib would double the start-up time
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return True


def clear(groups: Iterable[int]) -> None:
    """End the process groups, the last one first."""
    for pid in reversed(list(groups)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE_S
        while alive(pid) and time.monotonic() < deadline:
            time.sleep(0.02)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def main() -> None:
    """Follow the supervisor until it is gone."""
    groups: dict[int, None] = {}
    for line in sys.stdin:
        pid = int(line[1:])
        if line[0] == "+":
            groups[pid] = None
        else:
            groups.pop(pid, None)
    clear(groups)


if __name__ == "__main__":
    main()
