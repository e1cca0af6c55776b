"""Keepers of small real programs, with a guard of their own."""

from __future__ import annotations

import os
import queue
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.errors import LocalError
from local.stack.guarded import Guard
from local.stack.keeper import Keeper, Surroundings
from local.stack.part import Part, Probe


class Watch:
    """What keepers said, to be waited for."""

    def __init__(self) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.lost: queue.Queue[LocalError] = queue.Queue()

    def line_with(self, words: str) -> str:
        """The next reported line that holds these words; fails after 30 s."""
        while True:
            line = self.lines.get(timeout=30)
            if words in line:
                return line


@pytest.fixture
def watch() -> Watch:
    """Fresh for each test."""
    return Watch()


@pytest.fixture
def keep(tmp_path: Path, watch: Watch) -> Iterator[Callable[..., Keeper]]:
    """Makes keepers of Python programs given as text; stops them afterwards."""
    descriptor = os.open(tmp_path / "lock", os.O_CREAT | os.O_RDWR)
    guard = Guard(descriptor)
    surroundings = Surroundings(tmp_path, tmp_path / "logs", guard, watch.lines.put, watch.lost.put)
    keepers: list[Keeper] = []

    def make(program: str, *, ready: Probe | None = None, within_s: float = 10, restart: bool = True) -> Keeper:
        command = (sys.executable, "-S", "-c", program)
        part = Part("part", command, ready=ready, ready_within_s=within_s, stop_within_s=1, restart=restart)
        keepers.append(Keeper(part, surroundings))
        return keepers[-1]

    yield make
    for keeper in keepers:
        keeper.stop()
    guard.close()
    os.close(descriptor)
