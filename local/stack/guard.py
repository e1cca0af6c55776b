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
    """Whether the process is there, other than as a zombie that nobody has looked after yet."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = _state_and_group(str(pid))
    return state is None or state[0] != "Z"


def group_alive(group: int) -> bool:
    """Whether any process of the group is, other than as a zombie."""
    try:
        os.killpg(group, 0)
    except (ProcessLookupError, PermissionError):
        return False
    if not os.path.isdir("/proc/self"):  # noqa: PTH112 pathlib would double the start-up time
        return True
    states = (_state_and_group(name) for name in os.listdir("/proc") if name.isdecimal())  # noqa: PTH208
    return any(state is not None and state[1] == group and state[0] != "Z" for state in states)


def _state_and_group(pid: str) -> tuple[str, int] | None:
    """From /proc: a letter, and the process group; None where there is no /proc, or no such process any more."""
    try:
        with open(f"/proc/{pid}/stat") as file:  # noqa: PTH123
            state, _, group, *_ = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return state, int(group)


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
