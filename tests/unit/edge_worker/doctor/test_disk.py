from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from edge_worker.doctor.disk import check_disk
from edge_worker.doctor.result import Verdict
from edge_worker.outbox.failover_outbox import FailoverOutbox
from edge_worker.outbox.records import Settlement
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from tests.unit.edge_worker.events import event, events


class Usage(NamedTuple):
    total: int
    used: int
    free: int


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.db"


@pytest.fixture
def _roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge_worker.doctor.disk.shutil.disk_usage", lambda _: Usage(1 << 40, 0, 1 << 40))


@pytest.mark.usefixtures("_roomy")
def test_an_outbox_that_is_not_there_yet_is_looked_for_in_the_folder_that_is(path: Path) -> None:
    [disk] = check_disk(path.parent / "not" / "yet" / "outbox.db")
    assert (disk.name, disk.verdict) == ("disk", Verdict.OK)
    assert str(path.parent) in disk.found
    assert list(path.parent.iterdir()) == []


@pytest.mark.parametrize(("free", "verdict"), [(1 << 20, Verdict.FAIL), (1 << 29, Verdict.WARN), (1 << 33, Verdict.OK)])
def test_a_disk_is_fine_scarce_or_full(
    path: Path, monkeypatch: pytest.MonkeyPatch, free: int, verdict: Verdict
) -> None:
    monkeypatch.setattr("edge_worker.doctor.disk.shutil.disk_usage", lambda _: Usage(1 << 40, 0, free))
    [disk] = check_disk(path)
    assert disk.verdict is verdict
    assert bool(disk.hint) == (verdict is not Verdict.OK)


@pytest.mark.usefixtures("_roomy")
def test_waiting_and_refused_events_are_reported(path: Path) -> None:
    refused = event()
    with SqliteOutbox.open(path) as outbox:
        outbox.add([refused, *events(3)])
    [_, healthy] = check_disk(path)
    assert (healthy.verdict, healthy.found) == (Verdict.OK, "4 wait, 0 delivered")
    with SqliteOutbox.open(path) as outbox:
        outbox.settle(Settlement(refused=((refused.event_id, "too_old"),), at="2026-11-22T12:00:00.000000Z"))
    [_, ill] = check_disk(path)
    assert (ill.verdict, ill.found) == (Verdict.WARN, "3 wait, 0 delivered, 1 refused")


@pytest.mark.usefixtures("_roomy")
def test_an_outbox_in_use_is_reported_and_the_worker_not_disturbed(path: Path) -> None:
    outbox = FailoverOutbox(path)
    [_, check] = check_disk(path)
    assert "in use by a worker" in check.found
    outbox.add([event()])
    assert outbox.storage().problem is None
    outbox.close()


@pytest.mark.usefixtures("_roomy")
def test_a_damaged_outbox_is_reported_and_left_alone(path: Path) -> None:
    path.write_bytes(b"rubbish" * 1000)
    [_, check] = check_disk(path)
    assert check.verdict is Verdict.FAIL
    assert path.read_bytes() == b"rubbish" * 1000
