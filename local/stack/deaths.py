"""When to start a part again, and when to give up: pure arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

WINDOW_S: Final = 60.0
LIMIT: Final = 5
_FIRST_DELAY_S: Final = 0.25
_LONGEST_DELAY_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Deaths:
    """The moments, in seconds of any steady clock, at which a part died within the last `WINDOW_S`."""

    moments: tuple[float, ...] = ()

    def with_one_at(self, now: float) -> Deaths:
        """One more death; those older than `WINDOW_S` are forgiven."""
        return Deaths((*(moment for moment in self.moments if now - moment < WINDOW_S), now))

    @property
    def delay_s(self) -> float:
        """How long to wait before the next start: doubles with each death, from 0.25 s to 5 s."""
        return min(_FIRST_DELAY_S * 2.0 ** (len(self.moments) - 1), _LONGEST_DELAY_S) if self.moments else 0.0

    @property
    def hopeless(self) -> bool:
        """Whether `LIMIT` deaths came within `WINDOW_S`."""
        return len(self.moments) >= LIMIT
