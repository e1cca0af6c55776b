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

    @classmethod
    def parse(cls, value: object) -> Anchor:
        """Read ``center`` or ``foot``.

        Raises:
            UsageError: The value is neither of them.
        """
        try:
            return cls(str(value))
        except ValueError:
            raise UsageError(f"the anchor is {value!r}; it can be center or foot") from None

    def of(self, box: Sequence[float]) -> tuple[float, float]:
        """Return the anchor (x, y) of a box (x1, y1, x2, y2), in the unit of the box."""
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
        """Return the default line: mid-height, left to right (so that IN is downwards)."""
        return cls(0.0, 0.5, 1.0, 0.5)

    @classmethod
    def parse(cls, text: str) -> Line:
        """Read a line from the text ``ax,ay,bx,by``, as the command line has it.

        Raises:
            UsageError: The text is not four numbers in 0..1, or the ends coincide.

        >>> Line.parse("0,0.5,1,0.5") == Line.mid_height()
        True
        """
        try:
            numbers = [float(number) for number in text.split(",")]
        except ValueError:
            numbers = []
        return cls._checked(numbers, text)

    @classmethod
    def from_points(cls, points: object) -> Line:
        """Read a line from a list of four numbers, as JSON and TOML have it.

        Raises:
            UsageError: The value is not four numbers in 0..1, or the ends coincide.
        """
        numbers = points if isinstance(points, list | tuple) else []
        is_numeric = all(isinstance(number, int | float) for number in numbers)
        return cls._checked([float(number) for number in numbers] if is_numeric else [], points)

    @classmethod
    def _checked(cls, numbers: Sequence[float], given: object) -> Line:
        if len(numbers) != 4:
            raise UsageError(f"the line {given!r} cannot be read: {_EXAMPLE}")
        if not all(0 <= number <= 1 for number in numbers):
            raise UsageError(f"the line {given!r} leaves the frame: {_EXAMPLE}")
        line = cls(*numbers)
        if (line.ax, line.ay) == (line.bx, line.by):
            raise UsageError(f"the line {given!r} has no length: {_EXAMPLE}")
        return line

    @property
    def points(self) -> tuple[float, float, float, float]:
        """Return (ax, ay, bx, by), as JSON carries a line."""
        return self.ax, self.ay, self.bx, self.by

    def in_pixels(self, width: int, height: int) -> tuple[float, float, float, float]:
        """Return (ax, ay, bx, by) in pixels of a frame."""
        return self.ax * width, self.ay * height, self.bx * width, self.by * height

    def __str__(self) -> str:
        return ",".join(f"{number:g}" for number in self.points)
