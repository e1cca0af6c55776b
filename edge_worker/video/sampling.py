"""Which frames of a camera are looked at. Pure."""

from __future__ import annotations


class Sampler:
    """Lets through at most so many frames a second, by capture time, however unevenly they arrive.

    The due moments form a grid, so 25 frames/s sampled at 10 are 10 on average, not 8.3 (every third); after a gap the
    grid starts anew, so that a burst is not let through to catch up.
    """

    def __init__(self, fps: float | None) -> None:
        """``fps`` None lets everything through."""
        self._period = 1 / fps if fps else 0.0
        self._due: float | None = None

    def is_due(self, at: float) -> bool:
        """Whether the frame captured at this moment (seconds, growing) is taken."""
        if not self._period or self._due is None:
            self._due = at + self._period
            return True
        # Half a millisecond of grace: a camera at exactly this rate must not lose every other frame to rounding.
        if at < self._due - 5e-4:
            return False
        late = at - self._due
        self._due = self._due + self._period if late < self._period else at + self._period
        return True
