"""Decision whether people cross the line without being detected. Pure."""

from __future__ import annotations

from collections import deque
from math import inf

from edge_worker.picture_health.parameters import UnseenPeopleParameters


class UnseenPeople:
    """Compares motion across the line with the tracks that touched it.

    Args:
        parameters: The thresholds.

    Attributes:
        is_reported: Whether people cross the line without being detected.
    """

    def __init__(self, parameters: UnseenPeopleParameters | None = None) -> None:
        self.parameters = parameters or UnseenPeopleParameters()
        self.is_reported = False
        self._seen_at = -inf
        self._open: deque[float] = deque()
        self._judged: deque[tuple[float, bool]] = deque(maxlen=self.parameters.passages)

    @property
    def unseen(self) -> int:
        """Return how many of the newest passages were not seen."""
        return sum(not was_seen for _, was_seen in self._judged)

    @property
    def passages(self) -> int:
        """Return the number of the newest passages."""
        return len(self._judged)

    def add(self, t: float, *, has_passed: bool, is_seen: bool) -> None:
        """Process a frame.

        Args:
            t: Its time in seconds; not before the previous one.
            has_passed: Something has passed the line.
            is_seen: A moving track touches the line.
        """
        within_s = self.parameters.seen_within_s
        if is_seen:
            self._seen_at = t
            while self._open and t - self._open[0] <= within_s:
                self._judged.append((self._open.popleft(), True))
        if has_passed and t - self._seen_at <= within_s:
            self._judged.append((t, True))
        elif has_passed:
            self._open.append(t)
        while self._open and t - self._open[0] > within_s:
            self._judged.append((self._open.popleft(), False))
        while self._judged and t - self._judged[0][0] > self.parameters.memory_s:
            self._judged.popleft()
        self._decide()

    def _decide(self) -> None:
        if not self._judged:
            self.is_reported = False
            return
        share = self.unseen / len(self._judged)
        if self.is_reported:
            self.is_reported = share > self.parameters.seen_share
            return
        span_s = self._judged[-1][0] - self._judged[0][0]
        is_enough = len(self._judged) >= self.parameters.min_passages and span_s >= self.parameters.min_span_s
        self.is_reported = is_enough and share >= self.parameters.unseen_share
