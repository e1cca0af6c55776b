"""One worker at a time uses an outbox, and a killed one does not keep it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from edge_worker.outbox.errors import OutboxInUseError
from edge_worker.outbox.failover_outbox import FailoverOutbox
from tests.unit.edge_worker.events import event


def test_a_second_worker_on_the_same_outbox_is_refused_by_name_and_the_first_goes_on(outbox_path: Path) -> None:
    outbox = FailoverOutbox(outbox_path)
    program = f"""
from pathlib import Path
from edge_worker.outbox.errors import OutboxInUseError
from edge_worker.outbox.failover_outbox import FailoverOutbox
try:
    FailoverOutbox(Path({str(outbox_path)!r}))
except OutboxInUseError as error:
    print(error)
"""
    second = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert f"another worker (process {os.getpid()}) already uses the outbox {outbox_path}" in second.stdout
    outbox.add([event()])
    assert outbox.storage().unstored == 0
    outbox.close()


def test_a_killed_worker_leaves_no_lock_behind(outbox_path: Path) -> None:
    program = f"""
import os, signal
from pathlib import Path
from edge_worker.outbox.failover_outbox import FailoverOutbox
from tests.unit.edge_worker.events import events
FailoverOutbox(Path({str(outbox_path)!r})).add(events(1))
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -9
    outbox = FailoverOutbox(outbox_path)
    assert outbox.backlog().events == 1
    with pytest.raises(OutboxInUseError):
        FailoverOutbox(outbox_path)
    outbox.close()
