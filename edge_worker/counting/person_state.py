"""The observations of a tracked person and the state that the line counter keeps of them."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from math import hypot
from typing import NamedTuple

from edge_worker.counting.geometry import PixelLine, Point, zero_crossing

_VELOCITY_TIME_CONSTANT_S = 0.4
"""Time constant of the smoothed velocity: long compared with jitter, short compared with a turn."""


RECENT_S = 0.6
"""Over this time the height and the way of a person are measured: longer than the jitter, shorter than an approach."""

SAME_BODY_DISTANCE = 0.1
"""Two tracks whose anchors are closer than this are two boxes on one person, in heights."""


class FirstObservation(NamedTuple):
    """Where a track began: time in seconds, the anchor and the height of the box in pixels."""

    t: float
    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class TrackObservation:
    """A confirmed track as observed in one frame (never a predicted position).

    Attributes:
        tracker_id: At least 1; the same as long as the tracker follows this person.
        x: x of the anchor, in pixels.
        y: y of the anchor, in pixels, downwards.
        height: Height of the box in pixels, positive. All distances of the parameters are relative to it.
        width: Width of the box in pixels, positive.
        first: Where the track began, in the frame that confirms it; None in later ones.
    """

    tracker_id: int
    x: float
    y: float
    height: float
    width: float
    first: FirstObservation | None = None


@dataclass(frozen=True, slots=True)
class PendingCrossing:
    """A passage of the infinite line that is not yet confirmed as a crossing.

    Attributes:
        t: Time at which the anchor passed the line, in seconds.
        frame: Index of the frame in which the passage was observed.
        overshoot: Distance from the nearer end of the line, in pixels; 0 between the ends.
    """

    t: float
    frame: int
    overshoot: float


class RecentObservation(NamedTuple):
    """Time in seconds, height in pixels, signed distance from the line in pixels, and the anchor."""

    t: float
    height: float
    offset: float
    anchor: Point


@dataclass(slots=True)
class PersonState:
    """The state of one tracker id.

    Attributes:
        tracker_id: The id of the track that currently follows the person.
        person_id: The id of the first track of the person.
        last: The last observation.
        t: Time of the last observation, in seconds.
        offset: Signed distance of the last observation from the line, in pixels.
        first: Anchor of the first observation.
        first_t: Time of the first observation, in seconds.
        first_frame: Index of the frame of the first observation.
        known_since: Time of the frame in which the track was confirmed, in seconds.
        sign: Sign of the last offset that was not 0; 0 if there was none.
        side: +1 on the IN side, −1 on the OUT side, 0 while unknown. Changes only outside the dead band.
        pending: The last passage that leads away from `side`, neither committed nor cancelled.
        vx: Smoothed velocity in x, pixels per second.
        vy: Smoothed velocity in y, pixels per second.
        travel: Largest distance from the first observation so far, in box heights.
        was_near_line: Whether this track has been counted as near the line.
        recent: The observations of the last `RECENT_S` seconds.
    """

    tracker_id: int
    person_id: int
    last: TrackObservation
    t: float
    offset: float
    first: Point
    first_t: float
    first_frame: int
    known_since: float
    sign: int = 0
    side: int = 0
    pending: PendingCrossing | None = None
    vx: float = 0.0
    vy: float = 0.0
    travel: float = 0.0
    was_near_line: bool = False
    recent: deque[RecentObservation] = field(default_factory=deque)

    @classmethod
    def start(cls, observation: TrackObservation, t: float, frame: int, line: PixelLine) -> PersonState:
        """Return the state of a person after the first observation."""
        first = (observation.x, observation.y)
        offset = line.offset(first)
        tracker_id = observation.tracker_id
        recent = deque([RecentObservation(t, observation.height, offset, first)])
        sign = _sign(offset)
        return cls(tracker_id, tracker_id, observation, t, offset, first, t, frame, t, sign=sign, recent=recent)

    def start_crossing(self, line: PixelLine) -> PendingCrossing:
        """Return the passage of a person whose track started on the line."""
        return PendingCrossing(self.first_t, self.first_frame, line.overshoot(line.along(self.first)))

    def predict(self, t: float) -> Point:
        """Return the expected anchor at time ``t`` if the person keeps the current velocity."""
        seconds = t - self.t
        return self.last.x + self.vx * seconds, self.last.y + self.vy * seconds

    def update(self, observation: TrackObservation, t: float, frame: int, line: PixelLine) -> None:
        """Apply an observation and record a passage of the line since the previous one."""
        anchor = observation.x, observation.y
        offset = line.offset(anchor)
        sign = _sign(offset) or self.sign
        if self.sign and sign != self.sign:
            if sign == self.side:
                self.pending = None
            else:
                self.pending = self._passage(observation, t, frame, offset, line)
        seconds = t - self.t
        if seconds > 0:
            weight = min(1.0, seconds / _VELOCITY_TIME_CONSTANT_S)
            self.vx += weight * ((observation.x - self.last.x) / seconds - self.vx)
            self.vy += weight * ((observation.y - self.last.y) / seconds - self.vy)
        distance = hypot(observation.x - self.first[0], observation.y - self.first[1])
        self.travel = max(self.travel, distance / observation.height)
        self.recent.append(RecentObservation(t, observation.height, offset, anchor))
        while t - self.recent[0].t > RECENT_S:
            self.recent.popleft()
        self.last, self.t, self.offset, self.sign = observation, t, offset, sign

    def _passage(
        self, observation: TrackObservation, t: float, frame: int, offset: float, line: PixelLine
    ) -> PendingCrossing:
        fraction = zero_crossing(self.offset, offset) if self.offset != offset else 1.0
        fraction = min(1.0, max(0.0, fraction))
        before, after = line.along((self.last.x, self.last.y)), line.along((observation.x, observation.y))
        return PendingCrossing(
            t=self.t + fraction * (t - self.t),
            frame=frame,
            overshoot=line.overshoot(before + fraction * (after - before)),
        )


def _sign(value: float) -> int:
    return int(value > 0) - int(value < 0)
