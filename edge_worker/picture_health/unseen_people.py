"""Decision whether people cross the line without being detected. Pure."""

from __future__ import annotations

from collections import deque
from math import inf
from typing import Literal

from edge_worker.picture_health.judgements import Judgements
from edge_worker.picture_health.parameters import UnseenPeopleParameters


class UnseenPeople:
    """Compares motion across the line with the tracks that touched it.

    Args:
        parameters: The thresholds.
    """

    def __init__(self, parameters: UnseenPeopleParameters | None = None) -> None:
        self.parameters = parameters or UnseenPeopleParameters()
        self._seen_at = -inf
        self._open: deque[float] = deque()
        self._judged: Judgements[Literal["unseen"]] = Judgements(self.parameters.limits)

    @property
    def is_reported(self) -> bool:
        """Return whether people cross the line without being detected."""
        return self._judged.is_reported

    @property
    def unseen(self) -> int:
        """Return how many of the newest passages were not seen."""
        return self._judged.faulty

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
                self._judged.add(self._open.popleft(), None)
        if has_passed and t - self._seen_at <= within_s:
            self._judged.add(t, None)
        elif has_passed:
            self._open.append(t)
        while self._open and t - self._open[0] > within_s:
            self._judged.add(self._open.popleft(), "unseen")
        self._judged.decide(t)
