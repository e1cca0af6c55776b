"""How tall people usually look at each part of the line. Pure."""

from __future__ import annotations

from collections import deque

PARTS = 4
"""The line is divided into this many parts: people at its far end look smaller than at its near end."""
MIN_PEOPLE = 10
"""A part is judged when this many people have crossed it; before that, everybody is as tall as usual."""
NEWEST_PEOPLE = 100
ADULT_RANK = 0.75
"""The height of an adult is this quantile of all heights, so that it is right while up to half of the people are
children."""
CHILD_SHARE = 0.7
"""A person below this share of the height of an adult is a child: about 1.2 m of 1.75 m, at the age of seven."""


class UsualHeight:
    """Learns the heights of the people who cross, in parts of the line.

    Args:
        length: Length of the line in pixels.
    """

    def __init__(self, length: float) -> None:
        self._length = length
        self._heights: tuple[deque[float], ...] = tuple(deque(maxlen=NEWEST_PEOPLE) for _ in range(PARTS))

    def add(self, along: float, height: float) -> None:
        """Learn from a person who crosses.

        Args:
            along: Where, in pixels from the start of the line.
            height: Height of the person's box, in pixels.
        """
        self._part(along).append(height)

    def is_child(self, along: float, height: float) -> bool:
        """Return whether a person of this height is a child there; False while too few people have crossed there."""
        heights = self._part(along)
        if len(heights) < MIN_PEOPLE:
            return False
        adult = sorted(heights)[int(ADULT_RANK * (len(heights) - 1))]
        return height < CHILD_SHARE * adult

    def _part(self, along: float) -> deque[float]:
        return self._heights[min(max(int(PARTS * along / self._length), 0), PARTS - 1)]
