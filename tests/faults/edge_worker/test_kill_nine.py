"""``kill -9`` at a hundred random moments, against a real outbox and a real HTTP server."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from edge_worker.clock import TrustedClock
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.uplink.client import BackendClient
from edge_worker.uplink.delivery import Delivery
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, serving

KILLS = 100
SEED = 20261122
LEDGER_LINE = re.compile(
    r"^([?!])(\S{36}) (\S+Z)$", re.MULTILINE
)  # SIGKILL can cut a line: what does not match was cut


def test_a_worker_killed_a_hundred_times_loses_and_doubles_nothing(tmp_path: Path) -> None:
    outbox, ledger = tmp_path / "outbox.db", tmp_path / "ledger"
    with serving(RecordingBackend()) as backend:
        arguments = [outbox, backend.url, backend.camera_id, backend.store_id, ledger, KILLS, SEED]
        subprocess.run(
            [sys.executable, "-m", "tests.faults.edge_worker.victim", *map(str, arguments)], check=True, timeout=120
        )
        deliver_the_rest(outbox, backend)
    entries = LEDGER_LINE.findall(ledger.read_text())
    begun, recorded = ({(event_id, ts) for mark, event_id, ts in entries if mark == wanted} for wanted in ("?", "!"))
    arrived = {(event_id, ts) for _, event_id, ts in backend.stored}
    assert len(recorded) > KILLS, "the lives were too short to prove anything"
    assert recorded - arrived == set(), "lost"
    assert arrived - begun == set(), "invented"
    assert len({event_id for event_id, _ in arrived}) == len(arrived), "doubled: one event under two moments"


def deliver_the_rest(path: Path, backend: RecordingBackend) -> None:
    outbox, clock = FailoverOutbox(path), TrustedClock()
    with BackendClient(backend.url, KEY, clock) as client:
        delivery = Delivery(outbox, client, clock)
        while delivery.step() is not None:
            pass
    storage = outbox.close()
    assert storage.damaged_files == (), "a killed process damaged the file"
    assert storage.problem is None
