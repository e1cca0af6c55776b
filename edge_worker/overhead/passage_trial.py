"""Looks for people in the pictures of a passage, as they are and turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from edge_worker.counting.geometry import PixelLine
from edge_worker.counting.line import Line
from edge_worker.detection.detector import Detections
from edge_worker.overhead.decision import PassageResult
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.overhead.turns import PLAIN, Turn, turns_from_above
from edge_worker.overhead.walker import find_walker
from edge_worker.video.frame import Image


def try_turns(
    pictures: Sequence[Image], detector: ViewDetector, line: Line, pause: Callable[[], None] = lambda: None
) -> PassageResult:
    """Return who is found in the pictures of a passage. Turned pictures are looked at only if that is nobody.

    Args:
        pictures: The pictures, in order.
        detector: The detector of the camera.
        line: The counting line.
        pause: Called before each picture: other cameras use the same model.

    Raises:
        DetectorClosedError: The detector was closed.
        EdgeError: The detector cannot be opened, or the engine failed.
    """
    height, width = pictures[0].shape[:2]

    def is_found(turns: Sequence[Turn]) -> bool:
        found: list[Detections] = []
        for picture in pictures:
            pause()
            found.append(detector.look(picture, turns))
        return find_walker(found, PixelLine(*line.in_pixels(width, height)))

    if is_found(PLAIN):
        return PassageResult(plain=True, turned=None)
    return PassageResult(plain=False, turned=is_found(turns_from_above(line, (height, width))))
