"""People who cross the line side by side in one box. Pure.

A detector often gives one box for two people who walk close to each other. If a second track starts beside somebody who
has just crossed, and goes on with them, both have crossed: the second person was in the box of the first one.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import hypot

from edge_worker.counting.geometry import PixelLine
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import SAME_BODY_DISTANCE, PersonState

MIN_OBSERVATIONS = 2
SAME_VELOCITY = 0.5
"""Two people walk together if their velocities differ by at most this, in heights per second."""
LEAST_SIZE_RATIO = 0.75
"""A second box on one person, such as that of the upper body, is smaller than this, or in the same place."""


@dataclass(frozen=True, slots=True)
class SharedCrossing:
    """Somebody crossed the line.

    Attributes:
        person: Their state.
        t: When they crossed, in seconds.
        frame: The frame of that time.
        side: The side that they reached.
    """

    person: PersonState
    t: float
    frame: int
    side: int


@dataclass(frozen=True, slots=True)
class _Parting:
    """A track that started beside somebody who has just crossed.

    Attributes:
        found: The person of that track.
        seen: The one who crossed.
        crossing: Their crossing.
        began_at: When the track started, in seconds.
    """

    found: PersonState
    seen: PersonState
    crossing: SharedCrossing
    began_at: float


class Companions:
    """Finds people who crossed the line in the box of another person.

    Args:
        line: The counting line.
        parameters: The thresholds of the counter.
    """

    def __init__(self, line: PixelLine, parameters: CounterParameters) -> None:
        self._line = line
        self._parameters = parameters
        self._crossed: dict[int, SharedCrossing] = {}
        self._partings: list[_Parting] = []

    def add_crossing(self, person: PersonState, t: float, frame: int) -> None:
        """Record that a person has crossed to their present side."""
        self._crossed[person.tracker_id] = SharedCrossing(person, t, frame, person.side)

    def update(self, people: Collection[PersonState], t: float) -> list[SharedCrossing]:
        """Process a frame and return who crossed together with another person.

        Args:
            people: All people, after the observations of the frame.
            t: Time of the frame in seconds.
        """
        window_s = self._parameters.parted_window_s
        self._crossed = {key: one for key, one in self._crossed.items() if t - one.t <= window_s}
        shared = []
        still_open = []
        for parting in self._partings:
            elapsed_s = t - parting.began_at
            if elapsed_s >= self._parameters.parted_for_s and parting.found.t == parting.seen.t == t:
                if self._walk_on_together(parting):
                    crossing = parting.crossing
                    shared.append(SharedCrossing(parting.found, crossing.t, crossing.frame, crossing.side))
            elif elapsed_s <= 2 * self._parameters.parted_for_s:
                still_open.append(parting)
        self._partings = still_open
        if self._crossed:
            self._open(people, t)
        return shared

    def _open(self, people: Collection[PersonState], t: float) -> None:
        """Remember each person whose track starts in this frame beside somebody who has just crossed."""
        for found in people:
            # Whoever is found on the line itself is judged by the counter.
            if found.known_since != t or not found.side:
                continue
            for crossing in self._crossed.values():
                seen = crossing.person
                if seen is not found and seen.t == t and self._is_beside(found, seen, crossing.side):
                    self._partings.append(_Parting(found, seen, crossing, t))
                    break

    def _is_beside(self, found: PersonState, seen: PersonState, side: int) -> bool:
        height = max(found.last.height, seen.last.height)
        is_alike = min(found.last.height, seen.last.height) >= self._parameters.relink_size_ratio * height
        is_on_line = self._line.overshoot(self._line.along((seen.last.x, seen.last.y))) <= (
            self._parameters.end_margin * height
        )
        distance = hypot(found.last.x - seen.last.x, found.last.y - seen.last.y)
        is_beyond = found.side == seen.side == side
        return is_beyond and is_alike and is_on_line and distance <= self._parameters.exchange_distance * height

    def _walk_on_together(self, parting: _Parting) -> bool:
        """Return whether two people walk away from the line with the same velocity."""
        found, seen, side = parting.found, parting.seen, parting.crossing.side
        if found.side != side or seen.side != side or len(found.recent) < MIN_OBSERVATIONS:
            return False
        small, large = sorted((found.last.height, seen.last.height))
        distance = hypot(found.last.x - seen.last.x, found.last.y - seen.last.y)
        are_two = small >= LEAST_SIZE_RATIO * large and distance >= SAME_BODY_DISTANCE * large
        is_together = hypot(found.vx - seen.vx, found.vy - seen.vy) <= SAME_VELOCITY * large
        way = min(_way_out(found, side), _way_out(seen, side))
        return are_two and is_together and way >= self._parameters.exchange_way


def _way_out(person: PersonState, side: int) -> float:
    """Return how far a person has walked away from the line in the last moments, in heights."""
    return side * (person.recent[-1].offset - person.recent[0].offset) / person.last.height
