"""A crossing: one person passed the line in one direction."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """IN is the right-hand side of the line when one looks from a to b on the screen."""

    IN = "IN"
    OUT = "OUT"

    @property
    def opposite(self) -> Direction:
        """Return the other direction."""
        return Direction.OUT if self is Direction.IN else Direction.IN


@dataclass(frozen=True, slots=True)
class Crossing:
    """One person crossed the line.

    Attributes:
        t: Seconds since the start of the source: media time of a file, seconds since the first frame of a camera. It
            is the time at which the anchor left the dead band beyond the line, so a person who waits on the line has
            entered when they walk on. If the track ended inside the dead band, it is the time at which the anchor
            passed the line. Never after the frame that reported the crossing.
        frame: Zero-based index of the frame at that time.
        direction: IN or OUT.
        tracker_id: The tracker's id of the track at that time, ≥ 1. It identifies a track of this run, never a
            person.
        person_id: The tracker's id of the first track of the person: the same for an entry and the exit after it, as
            long as the person is followed. It never leaves the worker. 0 if it is not known.
    """

    t: float
    frame: int
    direction: Direction
    tracker_id: int
    person_id: int = 0
