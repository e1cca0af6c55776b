"""Whether a new track is a person whose track was lost. Pure.

A track ends when a person is hidden or not detected for too long. If another track starts where the person is to be
expected, it is the same person, with the side of the line on which they were.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from math import dist, hypot

from edge_worker.counting.geometry import PixelLine
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import (
    SAME_BODY_DISTANCE,
    PersonState,
    RecentObservation,
    TrackObservation,
)

MIN_APPROACH_SPEED = 0.05
"""A person walks towards the line who approaches it faster than this, in heights per second; the boxes of a person who
stands drift by less."""
SAME_BODY_S = 0.1
"""The two boxes on one person are not always in the same frame: one may be dropped as a duplicate of the other."""


class Relinking:
    """Finds the person that a new track continues.

    Args:
        line: The counting line.
        parameters: The thresholds of the counter.
    """

    def __init__(self, line: PixelLine, parameters: CounterParameters) -> None:
        self._line = line
        self._parameters = parameters

    def pairs(
        self,
        new: Collection[TrackObservation],
        lost: Iterable[PersonState],
        people: Collection[PersonState],
        t: float,
    ) -> list[tuple[TrackObservation, PersonState]]:
        """Return the new tracks that continue a lost person, nearest pairs first. Each of both is in one pair at most.

        Args:
            new: The observations of tracks that start in this frame.
            lost: The people who are not observed in this frame.
            people: All people, before the observations of this frame.
            t: Time of the frame in seconds.
        """
        if not new:
            return []
        recent = [one for one in lost if 0 < t - one.t <= self._parameters.relink_window_s]
        candidates = sorted(
            (distance, observation.tracker_id, person.tracker_id)
            for observation in new
            for person in recent
            if (distance := self._distance(person, observation, people, t)) is not None
        )
        new_by_id = {observation.tracker_id: observation for observation in new}
        lost_by_id = {person.tracker_id: person for person in recent}
        pairs = []
        for _, new_id, lost_id in candidates:
            if new_id in new_by_id and lost_id in lost_by_id:
                pairs.append((new_by_id.pop(new_id), lost_by_id.pop(lost_id)))
        return pairs

    def is_same_person(self, lost: PersonState, new: TrackObservation, t: float) -> bool:
        """Return whether a new track surely is the lost person: they went on as before, or turned where they were."""
        distance = min(hypot(new.x - x, new.y - y) for x, y in (lost.predict(t), (lost.last.x, lost.last.y)))
        is_near = distance <= self._parameters.same_person_distance * max(lost.last.height, new.height)
        return is_near and t - lost.t <= self._parameters.same_person_window_s

    def _distance(
        self, lost: PersonState, new: TrackObservation, people: Iterable[PersonState], t: float
    ) -> float | None:
        """Return the distance of a new track from the predicted position, in box heights; None if it cannot match."""
        if new.first is not None and _was_seen_since(new.first.t, lost, people):
            return None  # Both were seen at the same time, so they are two people.
        small, large = sorted((lost.last.height, new.height))
        x, y = lost.predict(t)
        distance = hypot(new.x - x, new.y - y) / large
        is_similar = small >= self._parameters.relink_size_ratio * large
        makes_crossing = self._is_beyond_line(lost, new) and not self._walks_towards_line(lost)
        base = self._parameters.relink_turn_distance if makes_crossing else self._parameters.relink_distance
        allowed = base + self._parameters.relink_speed * (t - lost.t)
        return distance if is_similar and distance <= allowed else None

    def _is_beyond_line(self, lost: PersonState, new: TrackObservation) -> bool:
        """Return whether a new track starts on the side of the line on which the lost person was not, clear of it."""
        offset = self._line.offset((new.x, new.y))
        return lost.side * offset <= -self._parameters.dead_band * new.height if lost.side else False

    def _walks_towards_line(self, person: PersonState) -> bool:
        approach = -person.side * self._line.speed_across(person.vx, person.vy)
        return approach >= MIN_APPROACH_SPEED * person.last.height


def _was_seen_since(t: float, lost: PersonState, people: Iterable[PersonState]) -> bool:
    """Return whether a lost person was observed at time ``t`` or later, and not as a second box on somebody else."""
    if lost.t < t:
        return False
    others = [person for person in people if person is not lost]
    return any(
        seen.t >= t and not any(_is_same_body(seen, other) for person in others for other in person.recent)
        for seen in lost.recent
    )


def _is_same_body(seen: RecentObservation, other: RecentObservation) -> bool:
    height = max(seen.height, other.height)
    return abs(seen.t - other.t) <= SAME_BODY_S and dist(seen.anchor, other.anchor) <= SAME_BODY_DISTANCE * height
