"""What the edge produces: somebody crossed the line, in this direction, at this moment."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Direction(StrEnum):
    """IN is the right-hand side of the line when one looks from a to b on the screen."""

    IN = "IN"
    OUT = "OUT"

    @property
    def opposite(self) -> Direction:
        return Direction.OUT if self is Direction.IN else Direction.IN


@dataclass(frozen=True, slots=True)
class Crossing:
    """One person, one line, one direction, one moment.

    Attributes:
        t: Seconds since the start of the source: media time of a file, seconds since the first frame of a camera. The
            moment at which the anchor had left the dead band beyond the line, so that somebody who lingers on the
            threshold has entered when they go on; for somebody who vanished inside the dead band, the moment at which
            it passed the line. Never after the frame that reported it.
        frame: Zero-based index of the frame of that moment.
        direction: IN or OUT.
        tracker_id: The tracker's id of the person at that moment, ≥ 1. It identifies a track of this run of the
            worker, never a person.
    """

    t: float
    frame: int
    direction: Direction
    tracker_id: int
