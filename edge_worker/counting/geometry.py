"""Points and a line on the screen (x to the right, y downwards)."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PixelLine:
    """A directed segment from a to b, in pixels; a ≠ b."""

    ax: float
    ay: float
    bx: float
    by: float

    @property
    def length(self) -> float:
        return hypot(self.bx - self.ax, self.by - self.ay)

    def offset(self, point: Point) -> float:
        """Signed distance in pixels of a point from the infinite line: > 0 on the right-hand side of a→b (IN)."""
        dx, dy = self.bx - self.ax, self.by - self.ay
        return (dx * (point[1] - self.ay) - dy * (point[0] - self.ax)) / self.length

    def along(self, point: Point) -> float:
        """Where the point's foot on the line lies: 0 at a, ``length`` at b, in pixels."""
        dx, dy = self.bx - self.ax, self.by - self.ay
        return (dx * (point[0] - self.ax) + dy * (point[1] - self.ay)) / self.length

    def overshoot(self, along: float) -> float:
        """How far a position along the line lies beyond its nearer end, in pixels; 0 between the ends."""
        return max(0.0, -along, along - self.length)


def fraction_at_zero(before: float, after: float) -> float:
    """Where between two signed offsets the sign changes: 0..1.

    ``before`` and ``after`` have opposite signs or one of them is 0, and they differ.
    """
    return before / (before - after)
