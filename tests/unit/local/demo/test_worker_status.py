"""The worker's status as the demo reads it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from local.demo.worker import Counted, WorkerStatus
from local.stack import NotReady


def _write(path: Path, started_at: str, ins: int, outs: int, state: str = "running") -> None:
    path.write_text(json.dumps({"started_at": started_at, "in": ins, "out": outs, "frames": 10, "state": state}))


def test_before_the_worker_says_anything_nothing_is_counted(tmp_path: Path) -> None:
    assert WorkerStatus(tmp_path / "status.json").read() == Counted()


def test_counts_go_on_when_the_worker_is_started_again(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    status = WorkerStatus(path)
    _write(path, "09:00", 3, 1)
    assert status.read().crossings == 4
    _write(path, "09:00", 4, 1)
    assert status.read().crossings == 5
    _write(path, "09:05", 0, 2)
    assert status.read() == Counted(ins=4, outs=3, frames=20)
    assert status.read().crossings == 7


def test_what_an_earlier_demo_left_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    _write(path, "08:00", 9, 9)
    status = WorkerStatus(path)
    status.forget()
    assert status.read() == Counted()


def test_it_is_up_once_it_counts(tmp_path: Path) -> None:
    path = tmp_path / "status.json"
    status = WorkerStatus(path)
    with pytest.raises(NotReady):
        status.is_up()
    _write(path, "09:00", 0, 0, state="starting")
    with pytest.raises(NotReady):
        status.is_up()
    _write(path, "09:00", 0, 0)
    status.is_up()
