"""The status file of the worker, as the demo reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from local.demo.worker import WorkerCounts, WorkerStatus
from local.stack.service import NotReady


def _write(path: Path, started_at: str, ins: int, outs: int, state: str = "running") -> None:
    path.write_text(json.dumps({"started_at": started_at, "in": ins, "out": outs, "frames": 10, "state": state}))


def test_without_a_status_file_the_counts_are_zero(tmp_path: Path) -> None:
    assert WorkerStatus(tmp_path / "status.json").read() == WorkerCounts()


def test_counts_add_up_when_the_worker_is_restarted(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    status = WorkerStatus(path)
    _write(path, "09:00", 3, 1)
    assert status.read().crossings == 4
    _write(path, "09:00", 4, 1)
    assert status.read().crossings == 5
    _write(path, "09:05", 0, 2)
    assert status.read() == WorkerCounts(ins=4, outs=3, frames=20)
    assert status.read().crossings == 7


def test_the_status_file_of_an_earlier_demo_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    _write(path, "08:00", 9, 9)
    status = WorkerStatus(path)
    status.delete_old_file()
    assert status.read() == WorkerCounts()


def test_the_worker_is_ready_once_it_counts(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    status = WorkerStatus(path)
    with pytest.raises(NotReady):
        status.check_ready()
    _write(path, "09:00", 0, 0, state="starting")
    with pytest.raises(NotReady):
        status.check_ready()
    _write(path, "09:00", 0, 0)
    status.check_ready()
