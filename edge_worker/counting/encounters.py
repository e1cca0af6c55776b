"""People who meet on the line and pass each other, while each gets the identity of the other. Pure.

For some tenths of a second the two share one box. When it splits, the tracker may continue each of the two tracks with
the other person, or the counter may relink a new track to the wrong one of them. Both then seem to turn back at the
line, and two crossings are missed. People do not do that: what shows the exchange is that both walked towards each
other, that both now walk away, and that each has the height of the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from math import hypot
from statistics import median

from edge_worker.counting.geometry import PixelLine
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import PersonState

JUST_LOST_S = 0.25
"""A person whose last observation is this old has been lost just now."""
LONGEST_SHARED_S = 1.0
"""People who share a box for longer have stopped: they talk, and may turn back."""
MIN_OBSERVATIONS = 3


@dataclass(slots=True)
class _Encounter:
    """Two people of whom one was lost beside the other.

    Attributes:
        people: The person on the IN side and the one on the OUT side.
        heights: Their heights before.
        began_at: When one of them was lost.
        began_in: The frame of that time.
        split_at: When both were observed again; None before.
        offsets: Their distances from the line at that time.
    """

    people: tuple[PersonState, PersonState]
    heights: tuple[float, float]
    began_at: float
    began_in: int
    split_at: float | None = None
    offsets: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Exchange:
    """Two people who passed each other on the line.

    Attributes:
        people: The states of the tracks on the IN side and on the OUT side. Each is followed by the other's track.
        t: When they passed each other, in seconds.
        frame: The frame of that time.
    """

    people: tuple[PersonState, PersonState]
    t: float
    frame: int


class Encounters:
    """Finds people who passed each other on the line with exchanged identities.

    Args:
        line: The counting line.
        parameters: The thresholds of the counter.
    """

    def __init__(self, line: PixelLine, parameters: CounterParameters) -> None:
        self._line = line
        self._parameters = parameters
        self._open: list[_Encounter] = []

    def update(self, people: Collection[PersonState], frame: int, t: float) -> list[Exchange]:
        """Process a frame.

        Args:
            people: All people, after the observations of the frame.
            frame: Index of the frame.
            t: Time of the frame in seconds.
        """
        if not self._parameters.exchange_window_s:
            return []
        kept = {id(person) for person in people}
        self._open = [one for one in self._open if all(id(person) in kept for person in one.people)]
        exchanges = [
            Exchange(one.people, (one.began_at + one.split_at) / 2, one.began_in)
            for one in self._open
            if one.split_at is not None and self._is_exchange(one)
        ]
        ended = {id(person) for exchange in exchanges for person in exchange.people}
        self._open = [
            one for one in self._open if not ended & {id(person) for person in one.people} and self._continues(one, t)
        ]
        self._start(people, frame, t)
        return exchanges

    def _start(self, people: Iterable[PersonState], frame: int, t: float) -> None:
        """Open an encounter for each person who was lost just now beside somebody who came from the other side."""
        approaching = [person for person in people if person.side and self._approaches(person)]
        known = {(id(one.people[0]), id(one.people[1])) for one in self._open}
        for lost in approaching:
            if not 0 < t - lost.t <= JUST_LOST_S:
                continue
            for seen in approaching:
                if seen.t != t or seen.side != -lost.side or not self._is_beside(lost, seen):
                    continue
                pair = (lost, seen) if lost.side > 0 else (seen, lost)
                if (id(pair[0]), id(pair[1])) not in known:
                    self._open.append(_Encounter(pair, (_height(pair[0]), _height(pair[1])), lost.t, frame))

    def _continues(self, one: _Encounter, t: float) -> bool:
        """Record the split of the box, and return whether the encounter may still become an exchange."""
        inner, outer = one.people
        if (inner.side, outer.side) != (1, -1):
            return False
        if one.split_at is None:
            if inner.t == outer.t == t:
                one.split_at, one.offsets = t, (inner.offset, outer.offset)
                inner.recent.clear()
                outer.recent.clear()
            return t - one.began_at <= LONGEST_SHARED_S
        return t - one.split_at <= self._parameters.exchange_window_s

    def _is_exchange(self, one: _Encounter) -> bool:
        if any(len(person.recent) < MIN_OBSERVATIONS for person in one.people):
            return False
        departures = [
            person.side * (person.offset - before) / person.last.height
            for person, before in zip(one.people, one.offsets, strict=True)
        ]
        now = [_height(person) for person in one.people]
        kept = abs(now[0] - one.heights[0]) + abs(now[1] - one.heights[1])
        exchanged = abs(now[0] - one.heights[1]) + abs(now[1] - one.heights[0])
        is_evident = kept - exchanged >= self._parameters.exchange_height_evidence * max(one.heights)
        return min(departures) >= self._parameters.exchange_way and is_evident

    def _is_beside(self, lost: PersonState, seen: PersonState) -> bool:
        height = max(lost.last.height, seen.last.height)
        along = self._line.along((seen.last.x, seen.last.y))
        is_on_line = self._line.overshoot(along) <= self._parameters.end_margin * height
        distance = hypot(lost.last.x - seen.last.x, lost.last.y - seen.last.y)
        return is_on_line and distance <= self._parameters.exchange_distance * height

    def _approaches(self, person: PersonState) -> bool:
        if len(person.recent) < MIN_OBSERVATIONS:
            return False
        way = person.recent[0].offset - person.recent[-1].offset
        return person.side * way >= self._parameters.exchange_way * person.last.height


def _height(person: PersonState) -> float:
    return median(one.height for one in person.recent)
