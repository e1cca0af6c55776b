"""Crossings: the results of the edge worker."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """The direction of a crossing. IN is towards the right-hand side of the line, seen from a to b on the screen."""

    IN = "IN"
    OUT = "OUT"

    @property
    def opposite(self) -> Direction:
        """Return the other direction."""
        return Direction.OUT if self is Direction.IN else Direction.IN


@dataclass(frozen=True, slots=True)
class Crossing:
    """One person crossed one line in one direction at one time.

    Attributes:
        t: Seconds since the start of the source: media time of a file, seconds since the first frame of a camera. It is
            the time at which the anchor left the dead band beyond the line, so a person who lingers on the threshold
            enters when they walk on. For a track that ended inside the dead band, it is the time at which the anchor
            passed the line. Never later than the frame that reported it.
        frame: Zero-based index of the frame at that time.
        direction: IN or OUT.
        tracker_id: The id of the track at that time, at least 1. It identifies a track of this run, never a person.
    """

    t: float
    frame: int
    direction: Direction
    tracker_id: int
