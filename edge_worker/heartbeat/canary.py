"""Do the tracker's ids hold while somebody crosses? Pure."""

from __future__ import annotations

FEWEST_CROSSINGS = 20
"""With fewer, the ratio says nothing."""
HEALTHY_BELOW = 1.3
"""About 1 is healthy: one track near the line for each crossing. Above this, ids break up (experience, not a law:
people who stop at the line without crossing raise it too)."""


def id_break_ratio(near_line: int, crossings: int) -> float | None:
    """Tracks seen near the line for each crossing; None while there are too few crossings to say.

    Args:
        near_line: tracks that came near the line, ≥ 0.
        crossings: crossings counted in the same time, ≥ 0.
    """
    if crossings < FEWEST_CROSSINGS:
        return None
    return round(near_line / crossings, 3)


def ids_break_up(ratio: float | None) -> bool:
    return ratio is not None and ratio > HEALTHY_BELOW
