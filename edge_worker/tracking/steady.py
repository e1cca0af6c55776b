"""Boxes that are suddenly too tall or too short, put right by the person's usual height."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from statistics import median

from edge_worker.tracking.track import Track


@dataclass(frozen=True, slots=True)
class SteadyPolicy:
    """When a box is believed.

    Attributes:
        tolerance: A box whose height is within this fraction of the person's usual height is believed as it is. People
            do not change their height from one frame to the next; boxes do, when somebody else's head, a sign or a
            railing is taken for a part of them. 1 or more switches the repair off.
        edge_step: An edge of such a box is believed if it moved by at most this fraction of the usual height.
        memory_s: The usual height is the median over this long: longer than such an error, shorter than a walk
            towards the camera.
        gap_s: Unseen for longer than this, a person is looked at afresh.
    """

    tolerance: float = 0.15
    edge_step: float = 0.12
    memory_s: float = 1.5
    gap_s: float = 1.0


@dataclass(slots=True)
class _Known:
    t: float
    top: float
    bottom: float
    heights: deque[tuple[float, float]] = field(default_factory=deque)


class SteadyBoxes:
    """Remembers how tall each person usually is, and repairs boxes that are suddenly taller or shorter.

    An edge that hardly moved since the last sighting is believed, and the other one is put where the usual height says.
    If both moved (two people in one box), the person is somewhere inside a box that is too tall, or reaches beyond one
    that is too short; of the places that this allows, the one nearest to where they were last is taken. So a centre
    does not leap by half a body when two people merge for a moment, nor feet when somebody hides them.
    """

    def __init__(self, policy: SteadyPolicy | None = None) -> None:
        self.policy = policy or SteadyPolicy()
        self._known: dict[int, _Known] = {}

    def update(self, tracks: Iterable[Track], t: float) -> list[Track]:
        """The same tracks with boxes that can be believed; ``t`` in seconds, growing."""
        steadied = [self._steadied(track, t) for track in tracks]
        self._known = {key: known for key, known in self._known.items() if t - known.t <= self.policy.gap_s}
        return steadied

    def _steadied(self, track: Track, t: float) -> Track:
        x1, top, x2, bottom = track.box
        known = self._known.get(track.tracker_id)
        if known is None or t - known.t > self.policy.gap_s:
            known = self._known[track.tracker_id] = _Known(t, top, bottom)
        heights = known.heights
        heights.append((t, bottom - top))
        while t - heights[0][0] > self.policy.memory_s:
            heights.popleft()
        usual = median(height for _, height in heights)
        if abs(bottom - top - usual) > self.policy.tolerance * usual:
            top = self._likely_top(known, top, bottom, usual)
            bottom = top + usual
        known.t, known.top, known.bottom = t, top, bottom
        return replace(track, box=(x1, top, x2, bottom))

    def _likely_top(self, known: _Known, top: float, bottom: float, usual: float) -> float:
        top_step, bottom_step = abs(top - known.top), abs(bottom - known.bottom)
        if min(top_step, bottom_step) <= self.policy.edge_step * usual:
            return top if top_step < bottom_step else bottom - usual
        # The person's own box lies within one that is too tall, and reaches beyond one that is too short.
        low, high = sorted((top, bottom - usual))
        return min(max(known.top, low), high)
