"""Whether too many of the newest people or passages at a line were judged badly. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Generic, TypeVar

from edge_worker.picture_health.parameters import JudgementLimits

Fault = TypeVar("Fault")


class Judgements(Generic[Fault]):
    """The newest judgements.

    Args:
        limits: The thresholds.

    Attributes:
        is_reported: Whether too many of them have a fault.
    """

    def __init__(self, limits: JudgementLimits) -> None:
        self._limits = limits
        self._judged: deque[tuple[float, Fault | None]] = deque()
        self.is_reported = False

    def __len__(self) -> int:
        return len(self._judged)

    @property
    def faults(self) -> Iterator[Fault]:
        """Return the faults of the newest judgements, oldest first."""
        return (fault for _, fault in self._judged if fault is not None)

    @property
    def faulty(self) -> int:
        """Return how many of them have a fault."""
        return sum(1 for _ in self.faults)

    def add(self, t: float, fault: Fault | None) -> None:
        """Add a judgement.

        Args:
            t: When the person or the passage was at the line, in seconds; not before the previous one.
            fault: What was wrong; None if nothing was.
        """
        self._judged.append((t, fault))
        limits = self._limits
        while len(self._judged) > limits.newest and t - self._judged[1][0] >= limits.min_span_s:
            self._judged.popleft()

    def decide(self, t: float) -> None:
        """Forget what is too old at a time, in seconds, and decide whether the faults are reported."""
        limits = self._limits
        while self._judged and t - self._judged[0][0] > limits.memory_s:
            self._judged.popleft()
        if not self._judged:
            self.is_reported = False
            return
        share = self.faulty / len(self._judged)
        if self.is_reported:
            self.is_reported = share > limits.ended_share
            return
        span_s = self._judged[-1][0] - self._judged[0][0]
        is_enough = len(self._judged) >= limits.least and span_s >= limits.min_span_s
        self.is_reported = is_enough and share >= limits.reported_share
