"""A worker that counts as fast as it can, to be killed again and again: the body of `test_kill_nine.py`.

Usage: ``python -m tests.faults.edge_worker.victim OUTBOX URL CAMERA STORE LEDGER KILLS SEED``

The process imports everything once and forks a child for every life, because starting Python a hundred times would
take longer than the test. Each child opens the outbox, records crossings, delivers them in a second thread, and notes
in the ledger what it is about to record (``?``) and what it has recorded (``!``). What was appended to a file survives
SIGKILL.
The kernel may cut a write at the end of a page when the process is killed, so each entry starts on a line of its own.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from edge_worker.clock import TrustedClock, format_utc
from edge_worker.crossing import Direction
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.records import Event
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.delivery import Delivery
from tests.integration.edge_worker.recording_backend import KEY


def live(path: Path, client: BackendClient, camera_id: str, store_id: str, *, ledger: int, pulse: int) -> None:
    """Counts until it is killed; a byte on ``pulse`` for every crossing."""
    outbox = FailoverOutbox(path)
    delivery = Delivery(outbox, client, TrustedClock())
    threading.Thread(target=deliver_for_ever, args=(delivery,), daemon=True).start()
    while True:
        event = Event(str(uuid4()), format_utc(datetime.now(UTC)), camera_id, store_id, Direction.IN, 1)
        os.write(ledger, f"\n?{event.event_id} {event.ts}\n".encode())
        outbox.add([event])
        os.write(ledger, f"\n!{event.event_id} {event.ts}\n".encode())
        os.write(pulse, b".")


def deliver_for_ever(delivery: Delivery) -> None:
    while True:
        pause = delivery.step()
        if pause:
            raise SystemExit("the backend of this test never fails")
        if pause is None:
            time.sleep(0.002)


def main() -> None:
    outbox, url, camera_id, store_id, ledger_path, kills, seed = sys.argv[1:]
    dice = random.Random(int(seed))  # noqa: S311 - moments to die at, no secrets
    ledger = os.open(ledger_path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    client = BackendClient(url, KEY, TrustedClock())  # made once, it has no connection yet
    for _ in range(int(kills)):
        listen, pulse = os.pipe()
        child = os.fork()
        if not child:
            try:
                live(Path(outbox), client, camera_id, store_id, ledger=ledger, pulse=pulse)
            finally:
                os._exit(1)
        # A life is as long as some crossings (so that a busy machine changes nothing), and then some milliseconds more;
        # every fifth ends while the outbox is being opened.
        for _ in range(dice.choice([0, 1, 1, 2, 6])):
            os.read(listen, 1)
        time.sleep(dice.uniform(0.0, 0.01))
        os.kill(child, signal.SIGKILL)
        os.close(listen)
        os.close(pulse)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(f"a life ended by itself with {status}")


if __name__ == "__main__":
    main()
