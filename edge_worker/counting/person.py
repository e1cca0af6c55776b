"""What the counter remembers of one person."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from edge_worker.counting.geometry import PixelLine, Point, fraction_at_zero
from edge_worker.counting.sighting import Sighting

_VELOCITY_SECONDS = 0.4
"""Time constant of the smoothed velocity: long against jitter, short against a turn."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The anchor passed the (endless) line: when, seen in which frame, and how far beyond an end, in pixels."""

    t: float
    frame: int
    overshoot: float


@dataclass(slots=True)
class Person:
    """State of one tracker id.

    Attributes:
        side: +1 (IN side), −1, or 0 while no side is known; changes only outside the dead band.
        passage: The last passage that leads away from ``side``, not yet committed or cancelled.
        offset: Signed distance from the line at the last sighting, in pixels.
        reach: The largest distance from the first sighting so far, in box heights.
    """

    tracker_id: int
    seen: Sighting
    t: float
    offset: float
    first: Point
    met_at: float
    met_in: int
    raw_side: int = 0
    side: int = 0
    passage: Passage | None = None
    vx: float = 0.0
    vy: float = 0.0
    reach: float = 0.0
    near: bool = False

    @classmethod
    def met(cls, sighting: Sighting, t: float, frame: int, line: PixelLine) -> Person:
        offset = line.offset((sighting.x, sighting.y))
        first = (sighting.x, sighting.y)
        return cls(sighting.tracker_id, sighting, t, offset, first, t, frame, raw_side=_sign(offset))

    def came_through(self, line: PixelLine) -> Passage:
        """The passage of somebody who was first seen on the line."""
        return Passage(self.met_at, self.met_in, line.overshoot(line.along(self.first)))

    def expected_at(self, t: float) -> Point:
        """Where the anchor would be by now if the person had walked on."""
        seconds = t - self.t
        return self.seen.x + self.vx * seconds, self.seen.y + self.vy * seconds

    def move(self, sighting: Sighting, t: float, frame: int, line: PixelLine) -> None:
        """Takes in a new sighting: notes a passage of the line since the last one."""
        offset = line.offset((sighting.x, sighting.y))
        raw_side = _sign(offset) or self.raw_side
        if self.raw_side and raw_side != self.raw_side:
            if raw_side == self.side:
                self.passage = None
            else:
                self.passage = self._passage(sighting, t, frame, offset, line)
        seconds = t - self.t
        if seconds > 0:
            weight = min(1.0, seconds / _VELOCITY_SECONDS)
            self.vx += weight * ((sighting.x - self.seen.x) / seconds - self.vx)
            self.vy += weight * ((sighting.y - self.seen.y) / seconds - self.vy)
        self.reach = max(self.reach, hypot(sighting.x - self.first[0], sighting.y - self.first[1]) / sighting.height)
        self.seen, self.t, self.offset, self.raw_side = sighting, t, offset, raw_side

    def _passage(self, sighting: Sighting, t: float, frame: int, offset: float, line: PixelLine) -> Passage:
        part = fraction_at_zero(self.offset, offset) if self.offset != offset else 1.0
        part = min(1.0, max(0.0, part))
        before, after = line.along((self.seen.x, self.seen.y)), line.along((sighting.x, sighting.y))
        return Passage(
            t=self.t + part * (t - self.t),
            frame=frame,
            overshoot=line.overshoot(before + part * (after - before)),
        )


def _sign(value: float) -> int:
    return int(value > 0) - int(value < 0)
