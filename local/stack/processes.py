"""Look up processes of this machine: whether they run, their command line, which one listens on a port."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass

import psutil

_COMMAND_LENGTH = 60


@dataclass(frozen=True, slots=True)
class ProcessInfo:
    """A process for messages; `command` is its command line, shortened."""

    pid: int
    command: str

    def __str__(self) -> str:
        return f"pid {self.pid} ({self.command})"


def is_running(pid: int) -> bool:
    """Return whether the process exists and is not a zombie."""
    try:
        return bool(psutil.Process(pid).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True


def is_group_running(group: int) -> bool:
    """Return whether the process group has a member that is not a zombie."""
    return any(is_running(pid) for pid in psutil.pids() if _group_of(pid) == group)


def describe(pid: int) -> ProcessInfo:
    """Return the process with its command line; the command is `gone` when there is no such process."""
    try:
        arguments = psutil.Process(pid).cmdline()
    except psutil.Error:
        arguments = []
    words = " ".join(arguments).split()
    line = " ".join([words[0].rpartition("/")[2], *words[1:]]) if words else "gone"
    return ProcessInfo(pid, line if len(line) <= _COMMAND_LENGTH else line[: _COMMAND_LENGTH - 1] + "…")


def listener_on(port: int) -> ProcessInfo | None:
    """Return the process that listens on a TCP port; None when there is none, or it belongs to another user."""
    for process in psutil.process_iter():
        # Process by process: the system-wide list of connections needs root on macOS.
        with contextlib.suppress(psutil.Error):
            for connection in process.net_connections("tcp"):
                if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port:
                    return describe(process.pid)
    return None


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except (ProcessLookupError, PermissionError):
        return None
