"""How tall people would be in a picture that a camera takes from the side. Pure."""

from __future__ import annotations

from edge_worker.video.frame import Box

WIDTHS_PER_HEIGHT = 2.0
"""People are at least this many times as tall as wide. A steep camera shortens their height, but not their width."""


def standing_height(box: Box) -> float:
    """Return the height of somebody who stands, in pixels, from a box that a steep camera may have shortened."""
    x1, y1, x2, y2 = box
    return max(y2 - y1, WIDTHS_PER_HEIGHT * (x2 - x1))
