"""Counts the people who cross one line, from tracked sightings."""

from __future__ import annotations

from collections.abc import Iterable
from math import hypot

from edge_worker.counting.geometry import PixelLine
from edge_worker.counting.person import Passage, Person
from edge_worker.counting.policy import CounterPolicy
from edge_worker.counting.sighting import Sighting
from edge_worker.crossing import Crossing, Direction

NEAR_HEIGHTS = 0.25
"""A track has been near the line if its anchor came this close to the segment, in box heights (for the canary)."""


class LineCounter:
    """Turns sightings into crossings.

    A person has a *side*, known once the anchor is outside the dead band. Passing the line opens a *passage*; reaching
    the other side beyond the dead band commits it to a crossing, returning cancels it. So jitter on the line, standing
    on it and U-turns count nothing, and the same person may cross again at any time.

    Args:
        line: (ax, ay, bx, by) in pixels; IN is the right-hand side of a→b on the screen.
        policy: The decisions, each with its reason.

    Example:
        >>> counter = LineCounter((0, 50, 100, 50))
        >>> for frame, y in enumerate((20, 40, 60, 80)):
        ...     crossings = counter.update([Sighting(1, 50.0, y, height=40.0, width=15.0)], frame, t=frame / 10)
        ...     print([crossing.direction.value for crossing in crossings])
        []
        []
        ['IN']
        []
    """

    def __init__(self, line: tuple[float, float, float, float], policy: CounterPolicy | None = None) -> None:
        self.policy = policy or CounterPolicy()
        self._line = PixelLine(*line)
        self._people: dict[int, Person] = {}
        self.near_line = 0
        """Tracks that came near the line so far; the canary divides it by the crossings."""

    @property
    def remembered(self) -> int:
        """How many people are remembered at this moment."""
        return len(self._people)

    def update(self, sightings: Iterable[Sighting], frame: int, t: float) -> list[Crossing]:
        """The crossings that became certain with this frame, in the order of their moments.

        Args:
            sightings: Everybody observed in this frame, each tracker id once; ids < 1 are ignored.
            frame: Index of the frame.
            t: Its moment in seconds; never before that of the frame before.
        """
        seen = {sighting.tracker_id: sighting for sighting in sightings if sighting.tracker_id >= 1}
        self._part_from_leapers(seen.values(), t)
        self._adopt_ghosts([s for s in seen.values() if s.tracker_id not in self._people], seen.keys(), t)
        crossings = []
        for sighting in seen.values():
            person = self._people.get(sighting.tracker_id)
            if person is None:
                person = self._people[sighting.tracker_id] = Person.met(sighting, t, frame, self._line)
                if abs(person.offset) >= self.policy.birth_depth * sighting.height:
                    person.side = person.raw_side
            else:
                person.move(sighting, t, frame, self._line)
            self._watch_nearness(person)
            crossings += self._settle(person, frame, t)
        crossings += self._bury(t)
        return sorted(crossings, key=lambda crossing: (crossing.t, crossing.tracker_id))

    def finish(self) -> list[Crossing]:
        """The crossings of those who vanished beyond the line before the clip ended."""
        crossings = [crossing for person in self._people.values() for crossing in self._settle_vanished(person)]
        self._people.clear()
        return sorted(crossings, key=lambda crossing: (crossing.t, crossing.tracker_id))

    def _settle(self, person: Person, frame: int, t: float) -> list[Crossing]:
        """Commits a side that the person has reached beyond the dead band."""
        if abs(person.offset) < self.policy.dead_band * person.seen.height or person.raw_side in (0, person.side):
            return []
        if person.side == 0 and not self._settle_birth(person, t):
            return []
        return self._commit(person, frame, t)

    def _settle_birth(self, person: Person, t: float) -> bool:
        """Decides from which side somebody came who was first seen on the line; True if through it."""
        is_far = abs(person.offset) >= self.policy.min_travel * person.seen.height
        is_fresh = t - person.met_at <= self.policy.birth_seconds
        if is_fresh and not is_far:
            return False
        if is_fresh:
            person.side, person.passage = -person.raw_side, person.came_through(self._line)
        else:
            person.side, person.passage = person.raw_side, None
        return is_fresh

    def _settle_vanished(self, person: Person) -> list[Crossing]:
        """Commits the passage of somebody who vanished inside the dead band, beyond the line."""
        deep = abs(person.offset) >= self.policy.death_depth * person.seen.height
        if person.passage is None or person.side == 0 or not deep or person.raw_side == person.side:
            return []
        return self._commit(person, person.passage.frame, person.passage.t)

    def _commit(self, person: Person, frame: int, t: float) -> list[Crossing]:
        """The crossing of somebody who is sure to have passed by this moment, if it was between the ends."""
        if person.reach < self.policy.min_travel:
            return []
        passage, person.passage = person.passage, None
        person.side = person.raw_side
        if passage is None or not self._between_ends(passage, person):
            return []
        lingered = t - passage.t
        if lingered > self.policy.linger_seconds:
            part = self.policy.linger_seconds / lingered
            frame = passage.frame + round(part * (frame - passage.frame))
            t = passage.t + self.policy.linger_seconds
        direction = Direction.IN if person.side > 0 else Direction.OUT
        return [Crossing(t, frame, direction, person.tracker_id)]

    def _between_ends(self, passage: Passage, person: Person) -> bool:
        return passage.overshoot <= self.policy.end_margin * person.seen.height

    def _part_from_leapers(self, sightings: Iterable[Sighting], t: float) -> None:
        """Forgets whom a track followed before it leapt to somebody else, who is a stranger then."""
        for sighting in sightings:
            person = self._people.get(sighting.tracker_id)
            if person is None:
                continue
            distance = hypot(sighting.x - person.seen.x, sighting.y - person.seen.y)
            possible = self.policy.leap + self.policy.max_pace * (t - person.t)
            if distance > possible * max(person.seen.height, sighting.height):
                del self._people[sighting.tracker_id]

    def _adopt_ghosts(self, strangers: list[Sighting], present: Iterable[int], t: float) -> None:
        """Gives a new track the memory of the person who vanished next to it, nearest pairs first."""
        present = set(present)
        ghosts = [
            person
            for person in self._people.values()
            if person.tracker_id not in present and 0 < t - person.t <= self.policy.ghost_seconds
        ]
        pairs = sorted(
            (distance, stranger.tracker_id, ghost.tracker_id)
            for stranger in strangers
            for ghost in ghosts
            if (distance := self._likeness(ghost, stranger, t)) is not None
        )
        taken: set[int] = set()
        for _, stranger_id, ghost_id in pairs:
            if stranger_id in taken or ghost_id in taken:
                continue
            taken |= {stranger_id, ghost_id}
            person = self._people.pop(ghost_id)
            person.tracker_id = stranger_id
            person.near = False
            self._people[stranger_id] = person

    def _likeness(self, ghost: Person, stranger: Sighting, t: float) -> float | None:
        """How far, in box heights, a stranger is from where the ghost would be; None if it is somebody else."""
        small, large = sorted((ghost.seen.height, stranger.height))
        x, y = ghost.expected_at(t)
        distance = hypot(stranger.x - x, stranger.y - y) / large
        alike = small >= self.policy.ghost_size_ratio * large
        within = self.policy.ghost_distance + self.policy.ghost_pace * (t - ghost.t)
        return distance if alike and distance <= within else None

    def _bury(self, t: float) -> list[Crossing]:
        """Settles those whose track will not be adopted any more, forgets those unseen for too long."""
        crossings = []
        for person in list(self._people.values()):
            unseen = t - person.t
            if unseen > self.policy.ghost_seconds:
                crossings += self._settle_vanished(person)
            if unseen > self.policy.forget_seconds:
                del self._people[person.tracker_id]
        excess = len(self._people) - self.policy.max_people
        for person in sorted(self._people.values(), key=lambda person: person.t)[: max(0, excess)]:
            del self._people[person.tracker_id]
        return crossings

    def _watch_nearness(self, person: Person) -> None:
        if person.near:
            return
        beyond = self._line.overshoot(self._line.along((person.seen.x, person.seen.y)))
        if hypot(person.offset, beyond) <= NEAR_HEIGHTS * person.seen.height:
            person.near = True
            self.near_line += 1
