"""The file with the region around the line of a camera."""

from __future__ import annotations

from dataclasses import asdict, fields
from pathlib import Path

from edge_worker.counting.line import Line
from edge_worker.detection.preprocessing import STRIDE
from edge_worker.line_region.region import Region
from edge_worker.state_file import StateFile, beside

SUBJECT = "the region of the camera"
MAX_LONGEST_SIDE = 4096
"""A model's input with a longer side, in pixels, was never stored."""


class RegionMemory:
    """Stores in which part of the pictures people are looked for.

    Args:
        path: The path of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = StateFile(path, SUBJECT)

    @classmethod
    def beside(cls, outbox: Path) -> RegionMemory:
        """Return the file of the camera whose crossings are in this outbox."""
        return cls(beside(outbox, ".region.json"))

    def read(self, line: Line, size: tuple[int, int]) -> Region | None:
        """Return what was stored for this line and frames of (height, width); None if there is nothing usable."""
        content = self._file.read_json()
        if content is None or content.get("line") != str(line) or content.get("size") != list(size):
            return None
        stored = content.get("region")
        if stored is None:
            return None
        region = _region(stored, size)
        if region is None:
            self._file.refuse(f"{stored!r} is no part of {size[1]} × {size[0]} pixels")
        return region

    def write(self, line: Line, size: tuple[int, int], region: Region | None) -> None:
        """Store the region."""
        self._file.write_json(
            {"line": str(line), "size": list(size), "region": None if region is None else asdict(region)}
        )


def _region(stored: object, size: tuple[int, int]) -> Region | None:
    """Return a stored region; None if it is not a part of frames of (height, width)."""
    names = [field.name for field in fields(Region)]
    if not isinstance(stored, dict) or set(stored) != set(names):
        return None
    if not all(type(stored[name]) is int for name in names):
        return None
    region = Region(**stored)
    is_inside = 0 <= region.x1 < region.x2 <= size[1] and 0 <= region.y1 < region.y2 <= size[0]
    is_input = 0 < region.longest_side <= MAX_LONGEST_SIDE and region.longest_side % STRIDE == 0
    return region if is_inside and is_input else None
