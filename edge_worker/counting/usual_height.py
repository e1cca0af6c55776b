"""How tall people usually look where they cross the line. Pure."""

from __future__ import annotations

from collections import deque
from itertools import combinations
from statistics import median

NEAR_SHARE = 0.125
"""People who crossed within this share of the line's length are near."""
APART_SHARE = 0.02
"""How height changes is learnt from people who crossed at least this share of the line's length apart."""
MIN_PEOPLE = 10
"""A person is judged where this many people have crossed near by; before that, everybody is as tall as usual."""
NEWEST_PEOPLE = 100
ADULT_RANK = 0.75
"""The height of an adult is this quantile of all heights, so that it is right while up to half of the people are
children."""
CHILD_SHARE = 0.7
"""A person below this share of the height of an adult is a child: about 1.2 m of 1.75 m, at the age of seven."""
LEAST_SHARE = 0.2
"""The height that is expected anywhere is at least this share of that in the middle, also where few have crossed."""


class UsualHeight:
    """Learns the heights of the people who cross, as they change along the line.

    On a flat floor, the height of a person in the picture is a linear function of where the feet are, and so of the
    place on the line, whichever way the camera is tilted (with the slope of Theil and Sen, which outliers do not move).

    Args:
        length: Length of the line in pixels.
    """

    def __init__(self, length: float) -> None:
        self._length = length
        self._people: deque[tuple[float, float]] = deque(maxlen=NEWEST_PEOPLE)

    def add(self, along: float, height: float) -> None:
        """Learn from a person who crosses.

        Args:
            along: Where, in pixels from the start of the line.
            height: Height of the person's box, in pixels.
        """
        self._people.append((along, height))

    def is_child(self, along: float, height: float) -> bool:
        """Return whether a person of this height is a child there; False while too few people have crossed there."""
        near = sum(abs(place - along) <= NEAR_SHARE * self._length for place, _ in self._people)
        if near < MIN_PEOPLE:
            return False
        middle, middle_height = (median(one[part] for one in self._people) for part in (0, 1))
        slope = self._slope()

        def expected(place: float) -> float:
            return max(middle_height + slope * (place - middle), LEAST_SHARE * middle_height)

        shares = sorted(one / expected(place) for place, one in self._people)
        adult = shares[int(ADULT_RANK * (len(shares) - 1))]
        return height < CHILD_SHARE * adult * expected(along)

    def _slope(self) -> float:
        """Return how much taller people look per pixel along the line."""
        slopes = [
            (height - other) / (place - elsewhere)
            for (place, height), (elsewhere, other) in combinations(self._people, 2)
            if abs(place - elsewhere) >= APART_SHARE * self._length
        ]
        return median(slopes) if slopes else 0.0
