"""Supervisors of small real programs, with an orphan cleaner of their own."""

from __future__ import annotations

import os
import queue
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from local.errors import LocalError
from local.stack.orphan_cleaner import OrphanCleaner
from local.stack.service import ReadinessCheck, Service
from local.stack.supervisor import ServiceSupervisor, SupervisorContext


class Reports:
    """What supervisors reported, to be waited for."""

    def __init__(self) -> None:
        self.lines: queue.Queue[str] = queue.Queue()
        self.failures: queue.Queue[LocalError] = queue.Queue()

    def line_with(self, text: str) -> str:
        """Return the next reported line with this text; fails after 30 s."""
        while True:
            line = self.lines.get(timeout=30)
            if text in line:
                return line


@pytest.fixture
def reports() -> Reports:
    """Return an empty one for each test."""
    return Reports()


@pytest.fixture
def supervise(tmp_path: Path, reports: Reports) -> Iterator[Callable[..., ServiceSupervisor]]:
    """Make supervisors of Python programs given as text; stop them afterwards."""
    descriptor = os.open(tmp_path / "lock", os.O_CREAT | os.O_RDWR)
    cleaner = OrphanCleaner(descriptor)
    context = SupervisorContext(tmp_path, tmp_path / "logs", cleaner, reports.lines.put, reports.failures.put)
    supervisors: list[ServiceSupervisor] = []

    def make(
        program: str, *, check_ready: ReadinessCheck | None = None, ready_timeout_s: float = 10
    ) -> ServiceSupervisor:
        command = (sys.executable, "-S", "-c", program)
        service = Service(
            "service", command, check_ready=check_ready, ready_timeout_s=ready_timeout_s, stop_timeout_s=1
        )
        supervisors.append(ServiceSupervisor(service, context))
        return supervisors[-1]

    yield make
    for supervisor in supervisors:
        supervisor.stop()
    cleaner.close()
    os.close(descriptor)
