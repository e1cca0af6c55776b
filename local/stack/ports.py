"""Who holds a port, said before anything is started."""

from __future__ import annotations

import shutil
import socket
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from local.errors import PortTakenError
from local.stack.settings import HOST, Port

_LISTEN = "0A"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that listens on a port; `command` is its command line, shortened."""

    pid: int
    command: str

    def __str__(self) -> str:
        return f"pid {self.pid} ({self.command})"


def require_free(ports: Iterable[Port], neighbour: int | None = None) -> None:
    """Raises PortTakenError, which names the first taken port, its holder, and the way out.

    `neighbour` is the pid of a stack that runs on our state folder: its parts come back when they are stopped alone.
    """
    for port in ports:
        if is_free(port.number):
            continue
        holder = holder_of(port.number)
        by = str(holder) if holder else "another user's process"
        taken = f"port {port.number} ({port.label}) is taken by {by}"
        if neighbour is not None:
            raise PortTakenError(
                f"{taken}, and pid {neighbour} ({command_of(neighbour)}) runs a stack on the same folder: stop it "
                f"(Ctrl-C there, or `kill {neighbour}`), or set METRICA_HOME and the PORT_… variables to others"
            )
        free = next(number for number in range(port.number + 1000, 65536) if is_free(number))
        raise PortTakenError(f"{taken}: stop it or set {port.variable}={free}")


def is_free(port: int) -> bool:
    """Whether we could listen there."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def holder_of(port: int) -> Holder | None:
    """The process that listens on the port, as far as we may see it."""
    pid = _holder_in_proc(port) if Path("/proc/net/tcp").exists() else _holder_by_lsof(port)
    return None if pid is None else Holder(pid, command_of(pid))


def command_of(pid: int) -> str:
    """A process's command line, shortened; `gone` when there is no such process any more."""
    words = _words_in_proc(pid) if Path("/proc/self/cmdline").exists() else _words_by_ps(pid)
    line = " ".join([words[0].rpartition("/")[2], *words[1:]]) if words else "gone"
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"


def _words_in_proc(pid: int) -> list[str]:
    try:
        command_line = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return command_line.decode(errors="replace").replace("\0", " ").split()


def _words_by_ps(pid: int) -> list[str]:
    listing = subprocess.run(["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listing.stdout.split()


def _holder_in_proc(port: int) -> int | None:
    inodes = set(_listening_inodes(port))
    for descriptor in Path("/proc").glob("[0-9]*/fd/*"):
        try:
            target = str(descriptor.readlink())
        except OSError:
            continue
        if target.startswith("socket:[") and target[8:-1] in inodes:
            return int(descriptor.parts[2])
    return None


def _listening_inodes(port: int) -> Iterable[str]:
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for line in table.read_text().splitlines()[1:]:
            columns = line.split()
            if columns[3] == _LISTEN and int(columns[1].rpartition(":")[2], 16) == port:
                yield columns[9]


def _holder_by_lsof(port: int) -> int | None:
    if shutil.which("lsof") is None:
        return None
    listing = subprocess.run(
        ["lsof", "-nP", "-t", f"-iTCP:{port}", "-sTCP:LISTEN"], capture_output=True, text=True, check=False
    )
    return int(listing.stdout.split()[0]) if listing.stdout.split() else None
