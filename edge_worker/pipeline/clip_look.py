"""Finds out from a clip, while it is counted, how the model has to look at it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from edge_worker.counting.line import Anchor, Line
from edge_worker.line_region.clip_region import ClipRegion
from edge_worker.line_region.region import Region
from edge_worker.overhead.clip_view import ClipView
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.overhead.view import View
from edge_worker.tracking.byte_track import Track
from edge_worker.video.frame import Image


@dataclass(frozen=True, slots=True)
class Look:
    """How the model looks at the pictures of a clip.

    Attributes:
        view: From where the camera sees the people: ``side`` or ``above``.
        region: The part of the pictures that the model looks at; None for all. Only from the side.
    """

    view: View = View.SIDE
    region: Region | None = None

    @property
    def message(self) -> str:
        """Return one line that says so, if it is not the whole picture as it is."""
        if self.region is not None:
            height, width = self.region.size
            return (
                f"people at the line are small: the model looks at {width} × {height} pixels around it (--view side "
                f"looks at the whole picture)"
            )
        return "people are seen from straight above: the pictures are turned (--view side looks at them as they are)"


class ClipLook:
    """Gets the frames and the tracks of a clip that is counted in whole pictures, as they are.

    Args:
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        open_detector: Returns the detector for the frames. It is called when it is needed first.
    """

    def __init__(self, line: Line, anchor: Anchor, open_detector: Callable[[], ViewDetector]) -> None:
        self._view = ClipView(line, anchor, open_detector)
        self._region = ClipRegion(line, open_detector)

    @property
    def found(self) -> Look | None:
        """Return how the clip has to be counted anew; None while whole pictures, as they are, seem right."""
        if self._view.is_above:
            return Look(View.ABOVE)
        return None if self._region.region is None else Look(View.SIDE, self._region.region)

    def add(self, image: Image, t: float, tracks: Sequence[Track]) -> None:
        """Process a frame.

        Args:
            image: The frame, height × width × 3, BGR.
            t: Seconds since the start of the clip; later than the previous frame.
            tracks: The confirmed tracks that were observed in it.

        Raises:
            EdgeError: The detector cannot be opened, or the engine failed.
        """
        self._view.add(image, t, tracks)
        self._region.add(image, t)

    def finish(self) -> None:
        """End with the clip."""
        self._region.finish()
