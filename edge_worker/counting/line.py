"""The counting line and the point of a person's box that crosses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from edge_worker.errors import UsageError

_EXAMPLE = "write it as ax,ay,bx,by, each 0..1 of the frame's width and height, such as 0,0.5,1,0.5"


class Anchor(StrEnum):
    """The point of the box that crosses: its centre, or the middle of its lower edge (where the feet are)."""

    CENTER = "center"
    FOOT = "foot"

    def of(self, box: Sequence[float]) -> tuple[float, float]:
        """The anchor of a box (x1, y1, x2, y2), in the box's own unit."""
        x1, y1, x2, y2 = box
        return (x1 + x2) / 2, (y1 + y2) / 2 if self is Anchor.CENTER else y2


@dataclass(frozen=True, slots=True)
class Line:
    """From a to b in 0..1 of frame width and height; IN is the right-hand side of a→b on the screen.

    Only a passage between the two ends counts.
    """

    ax: float
    ay: float
    bx: float
    by: float

    @classmethod
    def mid_height(cls) -> Line:
        """What counts when nobody has drawn a line: mid-height, left to right (so that IN is downwards)."""
        return cls(0.0, 0.5, 1.0, 0.5)

    @classmethod
    def parse(cls, text: str) -> Line:
        """Reads ``ax,ay,bx,by``.

        Raises:
            UsageError: not four numbers in 0..1, or the ends coincide.

        >>> Line.parse("0,0.5,1,0.5") == Line.mid_height()
        True
        """
        try:
            numbers = [float(part) for part in text.split(",")]
        except ValueError:
            numbers = []
        return cls.of(numbers, text)

    @classmethod
    def of(cls, numbers: Sequence[float], text: str | None = None) -> Line:
        """A line of four numbers; ``text`` is what the message of an error quotes.

        Raises:
            UsageError: as `parse`.
        """
        shown = text if text is not None else ",".join(f"{number:g}" for number in numbers)
        if len(numbers) != 4:
            raise UsageError(f"the line {shown!r} cannot be read: {_EXAMPLE}")
        if not all(0 <= number <= 1 for number in numbers):
            raise UsageError(f"the line {shown!r} leaves the frame: {_EXAMPLE}")
        line = cls(*numbers)
        if (line.ax, line.ay) == (line.bx, line.by):
            raise UsageError(f"the line {shown!r} has no length: {_EXAMPLE}")
        return line

    def swapped(self) -> Line:
        """The same line seen from the other side: IN and OUT change places."""
        return Line(self.bx, self.by, self.ax, self.ay)

    def in_pixels(self, width: int, height: int) -> tuple[float, float, float, float]:
        """(ax, ay, bx, by) in pixels of a frame."""
        return self.ax * width, self.ay * height, self.bx * width, self.by * height

    def __str__(self) -> str:
        return ",".join(f"{number:g}" for number in (self.ax, self.ay, self.bx, self.by))
