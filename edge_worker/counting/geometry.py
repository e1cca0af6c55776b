"""Points and directed lines in screen coordinates (x to the right, y downwards)."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]
"""(x, y) in pixels."""


@dataclass(frozen=True, slots=True)
class PixelLine:
    """A directed line segment from a to b, in pixels; a and b differ.

    Attributes:
        ax: x of the start.
        ay: y of the start.
        bx: x of the end.
        by: y of the end.
    """

    ax: float
    ay: float
    bx: float
    by: float

    @property
    def length(self) -> float:
        """Return the length of the segment in pixels."""
        return hypot(self.bx - self.ax, self.by - self.ay)

    def offset(self, point: Point) -> float:
        """Return the signed distance in pixels from the infinite line; positive on the right-hand side of a→b (IN)."""
        dx, dy = self.bx - self.ax, self.by - self.ay
        return (dx * (point[1] - self.ay) - dy * (point[0] - self.ax)) / self.length

    def speed_across(self, vx: float, vy: float) -> float:
        """Return the part of a velocity that is at right angles to the line; positive towards the IN side."""
        dx, dy = self.bx - self.ax, self.by - self.ay
        return (dx * vy - dy * vx) / self.length

    def along(self, point: Point) -> float:
        """Return the position of the point's projection onto the line, in pixels: 0 at a, `length` at b."""
        dx, dy = self.bx - self.ax, self.by - self.ay
        return (dx * (point[0] - self.ax) + dy * (point[1] - self.ay)) / self.length

    def overshoot(self, along: float) -> float:
        """Return how far a position along the line lies beyond the nearer end, in pixels; 0 between the ends."""
        return max(0.0, -along, along - self.length)


def zero_crossing(before: float, after: float) -> float:
    """Return the fraction 0..1 between two signed offsets at which the sign changes.

    Args:
        before: The first offset.
        after: The second offset. Its sign differs from that of the first, or one of them is 0; they are not equal.
    """
    return before / (before - after)
