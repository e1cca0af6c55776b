"""Requests in a loop, and by how much one of them took longer than usual.

How long requests take says as much about how busy the machine is. So a test runs the same load before and after,
without what it tests: the difference is the cost. It is measured by the clock, in seconds of a machine with a core to
spare: where processes wait for a core, everything takes longer by the same factor.
"""

from __future__ import annotations

import math
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median

SPIN = """
import select, sys, time

wall = cpu = 0.0
while not select.select([sys.stdin], [], [], 0.02)[0]:
    started, used = time.monotonic(), time.process_time()
    while time.process_time() - used < 0.003:
        pass
    wall += time.monotonic() - started
    cpu += time.process_time() - used
print(wall / cpu if cpu else 1.0)
"""
"""Until stdin is closed, works for 3 ms of CPU time every 20 ms. Prints the time that this took by the CPU time."""
MIN_ROUNDS = 5
"""Requests of each kind before the migration begins and after it has ended."""


@dataclass
class Load:
    """Requests in a loop, each timed.

    Attributes:
        seconds: How long each request took, by its kind.
        failures: What did not answer as it should.
    """

    requests: dict[str, Callable[[], int]]
    seconds: dict[str, list[float]] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Send requests of every kind in threads of their own during the block."""
        self.seconds = {name: [] for name in self.requests}
        with ThreadPoolExecutor(len(self.requests)) as pool:
            threads = [pool.submit(self._repeat, name, send) for name, send in self.requests.items()]
            try:
                self.wait_rounds(MIN_ROUNDS)
                yield
                self.wait_rounds(MIN_ROUNDS)
            finally:
                self._stop.set()
            for thread in threads:
                thread.result()

    def run(self, duration_s: float) -> None:
        """Send requests for some seconds."""
        with self.running():
            time.sleep(duration_s)

    def wait_rounds(self, rounds: int) -> None:
        """Wait until every kind was answered so many times more."""
        goal = {name: len(times) + rounds for name, times in self.seconds.items()}
        deadline = time.monotonic() + 60
        while any(len(self.seconds[name]) < goal[name] for name in goal):
            assert time.monotonic() < deadline, (self.seconds, self.failures)
            time.sleep(0.01)

    def _repeat(self, name: str, send: Callable[[], int]) -> None:
        while not self._stop.is_set():
            started = time.monotonic()
            status = send()
            self.seconds[name].append(time.monotonic() - started)
            if status != 200:
                self.failures.append(f"{name}: {status}")
            time.sleep(0.01)


@contextmanager
def busy_factor() -> Iterator[Callable[[], float]]:
    """Measure during the block how much longer than its CPU time a process takes, because others have the cores.

    A process of its own works for a few milliseconds at a time. The factor is 1 on a machine with a core to spare.
    """
    with subprocess.Popen([sys.executable, "-c", SPIN], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        found: list[float] = []
        try:
            yield lambda: found[0]
        finally:
            output, _ = process.communicate()
            found.append(max(1.0, float(output)))


@dataclass(frozen=True)
class WallTimes:
    """How long the requests of a kind took, by the clock, in seconds: without a migration, and with one."""

    kind: str
    without: list[float]
    during: list[float]

    @property
    def cost_s(self) -> float:
        """By how much the slowest request during the migration exceeds the slowest hundredth without one."""
        return max(self.during) - _p99(self.without)

    def __str__(self) -> str:
        parts = [
            f"{name}: {len(times)} requests, median {median(times) * 1000:.0f}, p99 {_p99(times) * 1000:.0f}, "
            f"longest {max(times) * 1000:.0f} ms"
            for name, times in (("without", self.without), ("during", self.during))
        ]
        return f"{self.kind}: {'; '.join(parts)}; ratio of the medians {median(self.during) / median(self.without):.2f}"


def _p99(times: list[float]) -> float:
    return sorted(times)[math.ceil(len(times) * 0.99) - 1]


def wall_times(controls: list[Load], load: Load) -> list[WallTimes]:
    """Compare a load during a migration with the same load without one, by the kind of the requests."""
    return [
        WallTimes(kind, [one for control in controls for one in control.seconds[kind]], times)
        for kind, times in load.seconds.items()
    ]
