"""People who come in and go out again at once. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from math import inf

from edge_worker.crossing import Crossing, Direction


class ShortStays:
    """Holds back entries until the person has stayed, and drops entry and exit of those who have not.

    A person is known by their track. Somebody who was out of sight in between is a new person, and is counted.

    Args:
        min_stay_s: Shortest stay in seconds; 0 to count everybody at once.
    """

    def __init__(self, min_stay_s: float) -> None:
        self._min_stay_s = min_stay_s
        self._held: dict[int, Crossing] = {}

    def set_min_stay_s(self, min_stay_s: float) -> None:
        """Use another shortest stay from the next frame on, also for the entries that are held back."""
        self._min_stay_s = min_stay_s

    def update(self, crossings: Iterable[Crossing], t: float) -> list[Crossing]:
        """Return the crossings that count and are certain by now, ordered by time.

        Args:
            crossings: The new crossings of a frame.
            t: Time of the frame in seconds; crossings are never later.
        """
        certain = []
        for crossing in crossings:
            entry = self._held.pop(crossing.person_id, None)
            is_exit = crossing.direction is Direction.OUT
            if is_exit and entry is not None and crossing.t - entry.t < self._min_stay_s:
                continue
            if entry is not None:
                certain.append(entry)
            if is_exit or not self._min_stay_s:
                certain.append(crossing)
            else:
                self._held[crossing.person_id] = crossing
        return sorted([*certain, *self._release(t)], key=lambda crossing: crossing.t)

    def finish(self) -> list[Crossing]:
        """Return the entries that are still held back, ordered by time: nobody will be seen going out."""
        return sorted(self._release(inf), key=lambda crossing: crossing.t)

    def _release(self, t: float) -> list[Crossing]:
        stayed = [person_id for person_id, entry in self._held.items() if t - entry.t >= self._min_stay_s]
        return [self._held.pop(person_id) for person_id in stayed]
