"""Counting of people who cross a line, from observations of tracks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from math import hypot

from edge_worker.counting.companions import Companions
from edge_worker.counting.encounters import Encounters
from edge_worker.counting.geometry import PixelLine
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import FirstObservation, PendingCrossing, PersonState, TrackObservation
from edge_worker.counting.relinking import Relinking
from edge_worker.counting.usual_height import UsualHeight
from edge_worker.crossing import Crossing, Direction

NEAR_LINE_HEIGHTS = 0.25
"""A track is near the line if its anchor comes this close to the segment, in box heights (for track fragmentation)."""


class LineCounter:
    """Turns observations of tracks into crossings.

    A person has a *side*, which is known once the anchor is outside the dead band. Passing the line opens a *pending
    crossing*. Reaching the other side beyond the dead band commits it; returning cancels it. So jitter on the line,
    standing on it and U-turns count nothing, and the same person may cross again at any time.

    Args:
        line: (ax, ay, bx, by) in pixels. IN is the right-hand side of a→b on the screen.
        parameters: The thresholds.
        ignore_children: People who are much smaller than usual where they cross are not counted. It may be changed
            between two frames; the usual height is always learnt.

    Example:
        >>> counter = LineCounter((0, 50, 100, 50))
        >>> for frame, y in enumerate((20, 40, 60, 80)):
        ...     observation = TrackObservation(1, 50.0, y, height=40.0, width=15.0)
        ...     crossings = counter.update([observation], frame, t=frame / 10)
        ...     print([crossing.direction.value for crossing in crossings])
        []
        []
        ['IN']
        []
    """

    def __init__(
        self,
        line: tuple[float, float, float, float],
        parameters: CounterParameters | None = None,
        *,
        ignore_children: bool = False,
    ) -> None:
        self.parameters = parameters or CounterParameters()
        self._line = PixelLine(*line)
        self.ignore_children = ignore_children
        self._usual_height = UsualHeight(self._line.length)
        self._encounters = Encounters(self._line, self.parameters)
        self._companions = Companions(self._line, self.parameters)
        self._relinking = Relinking(self._line, self.parameters)
        self._people: dict[int, PersonState] = {}
        self._previous: tuple[int, float] | None = None
        self.near_line = 0
        """Number of tracks that came near the line so far. Track fragmentation is this divided by the crossings."""

    @property
    def person_count(self) -> int:
        """Return the number of people of whom the counter holds state."""
        return len(self._people)

    def update(self, observations: Iterable[TrackObservation], frame: int, t: float) -> list[Crossing]:
        """Process a frame and return the crossings that became certain with it, ordered by time.

        Args:
            observations: All tracks observed in this frame, each tracker id once. Ids below 1 are ignored.
            frame: Index of the frame.
            t: Time of the frame in seconds; not before the time of the previous frame.
        """
        observed = {observation.tracker_id: observation for observation in observations if observation.tracker_id >= 1}
        self._drop_switched_tracks(observed.values(), t)
        self._relink_lost_tracks(observed, t)
        crossings = []
        for observation in observed.values():
            person = self._people.get(observation.tracker_id)
            if person is None:
                person = self._people[observation.tracker_id] = self._start(observation, frame, t)
            else:
                person.update(observation, t, frame, self._line)
            self._count_near_line(person)
            crossings += self._commit_side_change(person, frame, t)
        crossings += self._commit_exchanges(frame, t)
        crossings += self._commit_companions(t)
        crossings += self._expire(t)
        self._previous = frame, t
        return sorted(crossings, key=lambda crossing: (crossing.t, crossing.tracker_id))

    def finish(self) -> list[Crossing]:
        """Return the crossings of tracks that ended beyond the line before the clip ended, and remove all people."""
        crossings = [crossing for person in self._people.values() for crossing in self._commit_track_end(person)]
        self._people.clear()
        return sorted(crossings, key=lambda crossing: (crossing.t, crossing.tracker_id))

    def _start(self, observation: TrackObservation, frame: int, t: float) -> PersonState:
        """Return the state of a person whose track was confirmed in this frame.

        It begins in the frame before if the track began there, clear of the line.
        """
        first = observation.first
        if first is None or self._previous is None or first.t != self._previous[1] or not self._is_clear(first):
            person = PersonState.start(observation, t, frame, self._line)
            if abs(person.offset) >= self.parameters.track_start_depth * observation.height:
                person.side = person.sign
            return person
        earlier = replace(observation, x=first.x, y=first.y, height=first.height, first=None)
        person = PersonState.start(earlier, first.t, self._previous[0], self._line)
        person.side = person.sign
        person.update(observation, t, frame, self._line)
        person.known_since = t
        return person

    def _is_clear(self, seen: FirstObservation) -> bool:
        """Return whether an anchor is outside the dead band."""
        return abs(self._line.offset((seen.x, seen.y))) >= self.parameters.dead_band * seen.height

    def _commit_side_change(self, person: PersonState, frame: int, t: float) -> list[Crossing]:
        """Commit the side that the person has reached beyond the dead band."""
        if abs(person.offset) < self.parameters.dead_band * person.last.height or person.sign in (0, person.side):
            return []
        if person.side == 0 and not self._infer_start_side(person, t):
            return []
        return self._commit(person, frame, t)

    def _infer_start_side(self, person: PersonState, t: float) -> bool:
        """Decide from which side a person came whose track started on the line; return whether through the line."""
        is_far = abs(person.offset) >= self.parameters.min_travel * person.last.height
        is_new = t - person.first_t <= self.parameters.track_start_window_s
        if is_new and not is_far:
            return False
        if is_new:
            person.side, person.pending = -person.sign, person.start_crossing(self._line)
        else:
            person.side, person.pending = person.sign, None
        return is_new

    def _commit_exchanges(self, frame: int, t: float) -> list[Crossing]:
        """Return the crossings of people who passed each other while their tracks changed places."""
        crossings = []
        for exchange in self._encounters.update(self._people.values(), frame, t):
            entered, left = exchange.people
            entered.person_id, left.person_id = left.person_id, entered.person_id
            for person, direction in ((entered, Direction.IN), (left, Direction.OUT)):
                if not self._is_ignored(person):
                    crossings.append(
                        Crossing(exchange.t, exchange.frame, direction, person.tracker_id, person.person_id)
                    )
        return crossings

    def _commit_companions(self, t: float) -> list[Crossing]:
        """Return the crossings of people who crossed the line in the box of another person."""
        return [
            Crossing(
                shared.t,
                shared.frame,
                Direction.IN if shared.side > 0 else Direction.OUT,
                shared.person.tracker_id,
                shared.person.person_id,
            )
            for shared in self._companions.update(self._people.values(), t)
            if not self._is_ignored(shared.person)
        ]

    def _commit_track_end(self, person: PersonState) -> list[Crossing]:
        """Commit the pending crossing of a person whose track ended inside the dead band, beyond the line."""
        is_deep = abs(person.offset) >= self.parameters.track_end_depth * person.last.height
        if person.pending is None or person.side == 0 or not is_deep or person.sign == person.side:
            return []
        return self._commit(person, person.pending.frame, person.pending.t)

    def _commit(self, person: PersonState, frame: int, t: float) -> list[Crossing]:
        """Commit the side reached by time ``t`` and return the crossing, if it was between the ends of the line."""
        if person.travel < self.parameters.min_travel:
            return []
        pending, person.pending = person.pending, None
        person.side = person.sign
        if pending is None or not self._is_between_ends(pending, person):
            return []
        delay = t - pending.t
        if delay > self.parameters.max_delay_s:
            fraction = self.parameters.max_delay_s / delay
            frame = pending.frame + round(fraction * (frame - pending.frame))
            t = pending.t + self.parameters.max_delay_s
        self._companions.add_crossing(person, t, frame)
        if self._is_ignored(person):
            return []
        direction = Direction.IN if person.side > 0 else Direction.OUT
        return [Crossing(t, frame, direction, person.tracker_id, person.person_id)]

    def _is_ignored(self, person: PersonState) -> bool:
        """Learn the height of a person who crosses, and return whether it is a child that is not counted."""
        along, height = self._line.along((person.last.x, person.last.y)), person.last.height
        is_ignored = self.ignore_children and self._usual_height.is_child(along, height)
        self._usual_height.add(along, height)
        return is_ignored

    def _is_between_ends(self, pending: PendingCrossing, person: PersonState) -> bool:
        return pending.overshoot <= self.parameters.end_margin * person.last.height

    def _drop_switched_tracks(self, observations: Iterable[TrackObservation], t: float) -> None:
        """Remove the state of tracks that moved too far to be the same person; they start again as new people."""
        for observation in observations:
            person = self._people.get(observation.tracker_id)
            if person is None:
                continue
            distance = hypot(observation.x - person.last.x, observation.y - person.last.y)
            allowed = self.parameters.max_jump + self.parameters.max_speed * (t - person.t)
            if distance > allowed * max(person.last.height, observation.height):
                del self._people[observation.tracker_id]

    def _relink_lost_tracks(self, observed: Mapping[int, TrackObservation], t: float) -> None:
        """Give each new track the state of the person who was lost next to it."""
        new = [observation for tracker_id, observation in observed.items() if tracker_id not in self._people]
        lost = [person for tracker_id, person in self._people.items() if tracker_id not in observed]
        for observation, person in self._relinking.pairs(new, lost, self._people.values(), t):
            if not self._relinking.is_same_person(person, observation, t):
                person.person_id = observation.tracker_id
            del self._people[person.tracker_id]
            person.tracker_id = observation.tracker_id
            person.was_near_line = False
            self._people[person.tracker_id] = person

    def _expire(self, t: float) -> list[Crossing]:
        """Commit tracks that can no longer be relinked, and remove people who were not observed for too long."""
        crossings = []
        for person in list(self._people.values()):
            unobserved_s = t - person.t
            if unobserved_s > self.parameters.relink_window_s:
                crossings += self._commit_track_end(person)
            if unobserved_s > self.parameters.memory_s:
                del self._people[person.tracker_id]
        excess = len(self._people) - self.parameters.max_people
        for person in sorted(self._people.values(), key=lambda person: person.t)[: max(0, excess)]:
            del self._people[person.tracker_id]
        return crossings

    def _count_near_line(self, person: PersonState) -> None:
        if person.was_near_line:
            return
        beyond = self._line.overshoot(self._line.along((person.last.x, person.last.y)))
        if hypot(person.offset, beyond) <= NEAR_LINE_HEIGHTS * person.last.height:
            person.was_near_line = True
            self.near_line += 1
