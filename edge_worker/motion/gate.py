"""Whether the detector has to look at a frame: pure."""

from __future__ import annotations

from collections import deque
from math import inf

from edge_worker.motion.policy import MotionPolicy
from edge_worker.video.frame import Frame

Decided = tuple[Frame, bool]
"""A frame, and whether to look at it."""


class MotionGate:
    """Frames go in one by one and come out in the same order, each with the decision.

    While the gate is shut, the newest `MotionPolicy.look_back_frames` are held back: if the next one moves, they are
    looked at as well.
    """

    def __init__(self, policy: MotionPolicy) -> None:
        self._policy = policy
        self._held: deque[Frame] = deque()
        self._busy_at = -inf
        self._looked_at = -inf

    def add(self, frame: Frame, *, moves: bool, somebody: bool) -> list[Decided]:
        """What can be decided by now.

        Args:
            frame: later than the one before, by its media time.
            moves: something in it moves.
            somebody: anybody was remembered when the counting last told.
        """
        self._held.append(frame)
        if moves or somebody:
            self._busy_at = frame.media_s
        if frame.media_s - self._busy_at < self._policy.still_s:
            return [self._looked() for _ in range(len(self._held))]
        return [self._due()] if len(self._held) > self._policy.look_back_frames else []

    def rest(self) -> list[Decided]:
        """Those still held back, when no frame comes any more."""
        return [self._due() for _ in range(len(self._held))]

    def _due(self) -> Decided:
        if self._held[0].media_s - self._looked_at >= self._policy.look_every_s:
            return self._looked()
        return self._held.popleft(), False

    def _looked(self) -> Decided:
        frame = self._held.popleft()
        self._looked_at = frame.media_s
        return frame, True
