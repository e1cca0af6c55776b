"""Which frames of a camera lost packets have damaged, and how many. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from statistics import median

WINDOW_S = 60
"""The share of damaged frames is that of so many seconds."""
REPORTED_SHARE = 0.01
"""From this share on people may be missed: with 1 % of the packets lost, 7 to 15 % of the frames are damaged."""
MIN_DAMAGED_SECONDS = 5
"""Damage within fewer seconds is a disturbance that is over."""
ENDED_SHARE = 0.005
"""The report ends when the share is smaller."""
LEFT_OUT_S = 0.5
"""Frames in a row that are damaged are left out for this long at most: a person who walks has moved by half a height
then, so the boxes before and after overlap. A decoder that marks every frame must not stop the count."""
COMPARED_STEPS = 50
REGULAR_SHARE = 0.8
REGULAR_TOLERANCE = 0.25
"""A camera sends regularly if so many of the last steps between two frames differ from their median by this share of it
at most."""
MISSING_STEPS = 1.5
"""Between two frames of a camera that sends regularly one is missing if the step is longer than so many usual ones."""


@dataclass(frozen=True, slots=True)
class Damage:
    """The damage within the last minute.

    Attributes:
        damaged: Frames that are damaged, and those that are missing where that is the only sign.
        frames: These and all other frames.
        is_reported: Whether so many are damaged that people may be missed.
    """

    damaged: int = 0
    frames: int = 0
    is_reported: bool = False

    @property
    def share(self) -> float:
        """Return the share of the frames that are damaged, 0..1."""
        return self.damaged / self.frames if self.frames else 0.0


@dataclass(slots=True)
class _Second:
    number: int
    frames: int = 0
    damaged: int = 0


class DamageMeter:
    """Judges the frames of a camera, and counts the damaged ones over the last minute.

    A frame is damaged if the decoder has marked it. Where the decoder marks none, lost packets show as missing frames,
    which are counted as damaged.

    Attributes:
        damage: The present damage. Replaced as a whole, so any thread may read it.

    Example:
        >>> meter = DamageMeter()
        >>> meter.add(0.0, is_marked=False), meter.add(0.1, is_marked=True)
        (False, True)
        >>> meter.damage.share
        0.5
    """

    def __init__(self) -> None:
        self.damage = Damage()
        self._seconds: deque[_Second] = deque()
        self._frames = 0
        self._damaged = 0
        self._steps: deque[float] = deque(maxlen=COMPARED_STEPS)
        self._t: float | None = None
        self._damaged_since: float | None = None

    def add(self, t: float, *, is_marked: bool, counts_missing: bool = False) -> bool:
        """Count a decoded frame and return whether to leave it out.

        Args:
            t: Its time in seconds; not earlier than that of the frame before.
            is_marked: Whether the decoder has marked it.
            counts_missing: Whether to count the frames that are missing before it as damaged.
        """
        self._count(t, int(is_marked), self._missing_before(t) if counts_missing else 0)
        if not is_marked:
            self._damaged_since = None
            return False
        if self._damaged_since is None:
            self._damaged_since = t
        return t - self._damaged_since < LEFT_OUT_S

    def _count(self, t: float, marked: int, missing: int) -> None:
        number = int(t)
        if not self._seconds or self._seconds[-1].number != number:
            self._seconds.append(_Second(number))
        while self._seconds[0].number <= number - WINDOW_S:
            oldest = self._seconds.popleft()
            self._frames -= oldest.frames
            self._damaged -= oldest.damaged
        self._seconds[-1].frames += 1 + missing
        self._seconds[-1].damaged += marked + missing
        self._frames += 1 + missing
        self._damaged += marked + missing
        self.damage = Damage(self._damaged, self._frames, self._is_reported())

    def _is_reported(self) -> bool:
        share = self._damaged / self._frames
        if self.damage.is_reported:
            return share >= ENDED_SHARE
        return share >= REPORTED_SHARE and sum(one.damaged > 0 for one in self._seconds) >= MIN_DAMAGED_SECONDS

    def _missing_before(self, t: float) -> int:
        """Return how many frames of a camera that sends regularly are missing since the frame before."""
        before, self._t = self._t, t
        if before is None:
            return 0
        step = t - before
        missing = 0
        if len(self._steps) == COMPARED_STEPS:
            usual = median(self._steps)
            if step > MISSING_STEPS * usual:
                regular = sum(abs(one - usual) <= REGULAR_TOLERANCE * usual for one in self._steps)
                missing = round(step / usual) - 1 if regular >= REGULAR_SHARE * COMPARED_STEPS else 0
        self._steps.append(step)
        return missing
