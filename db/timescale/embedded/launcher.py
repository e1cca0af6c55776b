"""Start and stop the embedded TimescaleDB.

>>> with running(Path(".metrica/db")) as server:          # doctest: +SKIP
...     psycopg.connect(server.url)
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

SERVER = Path(__file__).with_name("server.mjs")
START_TIMEOUT_S = 60.0
"""A first start makes the data folder: about 4 s on a small machine; recovery after a kill about 2 s."""
STOP_TIMEOUT_S = 15.0
"""The server itself gives up on a running statement after 10 s."""


class EmbeddedServerError(Exception):
    """The embedded server did not start; the message says why and what to do."""


@dataclass(frozen=True)
class EmbeddedServer:
    """A running server.

    Attributes:
        url: `postgresql://…`, usable by libpq, psycopg and (with `+psycopg`) SQLAlchemy.
        process: the Node process; `pid` is its number.
    """

    url: str
    process: subprocess.Popen[str]

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self) -> None:
        """End the server cleanly; kill it when it does not end within STOP_TIMEOUT_S (nothing committed is lost)."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_TIMEOUT_S)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()


def command(
    data: Path,
    port: int = 0,
    *,
    idle_in_transaction_s: float | None = None,
    jobs_every_s: float | None = None,
    durable: bool = True,
) -> list[str]:
    """The command line of the server, for whoever supervises processes itself.

    Args:
        data: the data folder; made when it is not there.
        port: on 127.0.0.1; 0 = any free one.
        idle_in_transaction_s: how long a client may sit in a transaction while others wait (the server's default: 5).
        jobs_every_s: how often due policies are looked for (the server's default: 5; 0 = never).
        durable: safe against a power cut as well, a few ms a commit; tests do without.
    """
    node = shutil.which("node")
    if node is None:
        raise EmbeddedServerError(
            "Node is not installed (`node` is not on PATH): install Node 20 or newer, or set DATABASE_URL."
        )
    words = [node, str(SERVER), "--data", str(data), "--port", str(port)]
    if idle_in_transaction_s is not None:
        words += ["--idle-in-transaction", str(idle_in_transaction_s)]
    if jobs_every_s is not None:
        words += ["--jobs-every", str(jobs_every_s)]
    return words if durable else [*words, "--no-flush"]


def start(
    data: Path,
    port: int = 0,
    *,
    idle_in_transaction_s: float | None = None,
    jobs_every_s: float | None = None,
    durable: bool = True,
    log: IO[bytes] | None = None,
) -> EmbeddedServer:
    """Start the server and wait until it serves. It ends with this process at the latest, however that ends.

    Args:
        log: where its messages go (a binary file); else they are kept until it serves, and then dropped.

    Raises:
        EmbeddedServerError: with the server's own sentence.
    """
    words = command(data, port, idle_in_transaction_s=idle_in_transaction_s, jobs_every_s=jobs_every_s, durable=durable)
    with tempfile.TemporaryFile() as kept:
        messages = log or kept
        begins = messages.seek(0, os.SEEK_END)
        process = subprocess.Popen(
            [*words, "--stop-with-parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=messages,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None  # noqa: S101  # asked for with PIPE
        too_slow = threading.Timer(START_TIMEOUT_S, process.kill)
        too_slow.start()
        line = process.stdout.readline()
        too_slow.cancel()
        if line.startswith("ready "):
            return EmbeddedServer(url=line.split()[1], process=process)
        process.wait()
        EmbeddedServer(url="", process=process).stop()
        raise EmbeddedServerError(_why(messages, begins, process.returncode))


@contextmanager
def running(
    data: Path, port: int = 0, *, jobs_every_s: float | None = None, durable: bool = True
) -> Iterator[EmbeddedServer]:
    """The server for as long as the block runs."""
    server = start(data, port, jobs_every_s=jobs_every_s, durable=durable)
    try:
        yield server
    finally:
        server.stop()


def _why(messages: IO[bytes], begins: int, status: int) -> str:
    if not messages.readable():
        return f"The embedded database did not start (exit status {status}); see its log."
    messages.seek(begins)
    said = messages.read().decode(errors="replace").strip()
    if status == -signal.SIGKILL:
        return f"The embedded database did not serve within {START_TIMEOUT_S:.0f} s. {said}".strip()
    return said or f"The embedded database ended with exit status {status} and said nothing."
