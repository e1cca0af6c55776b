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
"""A first start creates the data folder in about 4 s on a small machine; recovery after a kill takes about 2 s."""
STOP_TIMEOUT_S = 15.0
"""The server waits up to 10 s for a running statement."""


class EmbeddedServerError(Exception):
    """The embedded server did not start; the message has the reason and what to do."""


@dataclass(frozen=True)
class EmbeddedServer:
    """A running server.

    Attributes:
        url: `postgresql://…`, usable by libpq, psycopg and (with `+psycopg`) SQLAlchemy.
        process: The Node process.
    """

    url: str
    process: subprocess.Popen[str]

    @property
    def pid(self) -> int:
        """The pid of the Node process."""
        return self.process.pid

    def stop(self) -> None:
        """Stop the server; kill it when it does not stop within STOP_TIMEOUT_S, which loses no committed row."""
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
    analyst_statement_s: float | None = None,
    jobs_every_s: float | None = None,
    durable: bool = True,
) -> list[str]:
    """Return the command line of the server.

    Args:
        data: The data folder, which is created when it is missing.
        port: The port on 127.0.0.1; 0 for any free one.
        idle_in_transaction_s: How long a client may be idle in a transaction while others wait (default of the
            server: 5).
        analyst_statement_s: How long a statement of an analyst may run (default of the server: 30).
        jobs_every_s: The interval of the checks for due jobs (default of the server: 5); 0 for none.
        durable: Whether a commit survives a power cut, which takes a few ms; tests do without.

    Raises:
        EmbeddedServerError: Node is not installed.
    """
    node = shutil.which("node")
    if node is None:
        raise EmbeddedServerError(
            "Node is not installed (`node` is not on PATH): install Node 20 or newer, or set DATABASE_URL."
        )
    arguments = [node, str(SERVER), "--data", str(data), "--port", str(port)]
    if idle_in_transaction_s is not None:
        arguments += ["--idle-in-transaction", str(idle_in_transaction_s)]
    if analyst_statement_s is not None:
        arguments += ["--analyst-statement", str(analyst_statement_s)]
    if jobs_every_s is not None:
        arguments += ["--jobs-every", str(jobs_every_s)]
    return arguments if durable else [*arguments, "--no-flush"]


def start(
    data: Path,
    port: int = 0,
    *,
    idle_in_transaction_s: float | None = None,
    analyst_statement_s: float | None = None,
    jobs_every_s: float | None = None,
    durable: bool = True,
    log: IO[bytes] | None = None,
) -> EmbeddedServer:
    """Start the server and wait until it accepts connections. It stops when this process ends, even by a kill.

    Args:
        data: See `command`.
        port: See `command`.
        idle_in_transaction_s: See `command`.
        analyst_statement_s: See `command`.
        jobs_every_s: See `command`.
        durable: See `command`.
        log: A binary file for its messages; without one only the messages before the start are used, for the error.

    Raises:
        EmbeddedServerError: It did not start; the message is the server's own.
    """
    arguments = command(
        data,
        port,
        idle_in_transaction_s=idle_in_transaction_s,
        analyst_statement_s=analyst_statement_s,
        jobs_every_s=jobs_every_s,
        durable=durable,
    )
    with tempfile.TemporaryFile() as temporary:
        messages = log or temporary
        offset = messages.seek(0, os.SEEK_END)
        process = subprocess.Popen(
            [*arguments, "--stop-with-parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=messages,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None  # noqa: S101  # set by PIPE
        timeout = threading.Timer(START_TIMEOUT_S, process.kill)
        timeout.start()
        line = process.stdout.readline()
        timeout.cancel()
        if line.startswith("ready "):
            return EmbeddedServer(url=line.split()[1], process=process)
        process.wait()
        EmbeddedServer(url="", process=process).stop()
        raise EmbeddedServerError(_failure_reason(messages, offset, process.returncode))


@contextmanager
def running(
    data: Path, port: int = 0, *, jobs_every_s: float | None = None, durable: bool = True
) -> Iterator[EmbeddedServer]:
    """Yield a server that runs during the `with` block; see `command` for the arguments."""
    server = start(data, port, jobs_every_s=jobs_every_s, durable=durable)
    try:
        yield server
    finally:
        server.stop()


def _failure_reason(messages: IO[bytes], offset: int, status: int) -> str:
    if not messages.readable():
        return f"The embedded database did not start (exit status {status}); see its log."
    messages.seek(offset)
    text = messages.read().decode(errors="replace").strip()
    if status == -signal.SIGKILL:
        return f"The embedded database was not ready within {START_TIMEOUT_S:.0f} s. {text}".strip()
    return text or f"The embedded database ended with exit status {status} and no message."
