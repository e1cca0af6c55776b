"""What the counter is told about one person in one frame."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sighting:
    """A confirmed track, observed in this frame (never a predicted position).

    Attributes:
        tracker_id: ≥ 1, the same while the tracker follows this person.
        x, y: The anchor in pixels, y downwards.
        height: Height of the box in pixels, > 0: the yardstick of every distance in the policy.
        width: Width of the box in pixels, > 0.
    """

    tracker_id: int
    x: float
    y: float
    height: float
    width: float
