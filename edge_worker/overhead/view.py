"""From where a camera sees the people."""

from __future__ import annotations

from enum import StrEnum

from edge_worker.counting.line import Anchor
from edge_worker.errors import UsageError


class View(StrEnum):
    """The view of a camera. ``auto`` finds out which of the other two it is from the people who cross the line."""

    AUTO = "auto"
    SIDE = "side"
    ABOVE = "above"

    @classmethod
    def parse(cls, value: object) -> View:
        """Read ``auto``, ``side`` or ``above``.

        Raises:
            UsageError: The value is none of them.
        """
        try:
            return cls(str(value))
        except ValueError:
            raise UsageError(f"the view is {value!r}; it can be auto, side or above") from None

    def anchor(self, given: Anchor) -> Anchor:
        """Return the point of a person's box that crosses the line.

        From straight above the feet are below the middle of the box, whichever point the line was drawn for.
        """
        return Anchor.CENTER if self is View.ABOVE else given
