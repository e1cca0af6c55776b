"""One person as the tracker knows them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Track:
    """A confirmed track that was observed in this frame.

    Attributes:
        tracker_id: ≥ 1, given once, never again in this run.
        box: (x1, y1, x2, y2) in pixels as detected, not as predicted.
        score: Confidence of the detection, 0..1.
    """

    tracker_id: int
    box: tuple[float, float, float, float]
    score: float
