"""The file with the region around the line of a camera, beside its outbox: a restart need not find it out again."""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from edge_worker.counting.line import Line
from edge_worker.line_region.region import Region

log = logging.getLogger(__name__)

FORMAT = 1
"""Number of the format; a file of another one is not used."""


class RegionMemory:
    """Stores in which part of the pictures people are looked for. A disk that fails does not stop the counting.

    Args:
        path: The path of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, outbox: Path) -> RegionMemory:
        """Return the file of the camera whose crossings are in this outbox."""
        return cls(outbox.with_name(f"{outbox.name}.region.json"))

    def read(self, line: Line, size: tuple[int, int]) -> Region | None:
        """Return what was stored for this line and frames of (height, width); None if there is nothing usable."""
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            if content["format"] != FORMAT or content["line"] != str(line) or content["size"] != list(size):
                return None
            stored = content["region"]
            return None if stored is None else Region(**{name: int(value) for name, value in stored.items()})
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            log.warning("the region of the camera in %s cannot be read (%s) and is found out again", self.path, error)
            return None

    def write(self, line: Line, size: tuple[int, int], region: Region | None) -> None:
        """Replace the file atomically."""
        content = {
            "format": FORMAT,
            "line": str(line),
            "size": list(size),
            "region": None if region is None else asdict(region),
        }
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            draft.write_text(json.dumps(content), encoding="utf-8")
            draft.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            log.warning("the region of the camera cannot be written to %s: %s", self.path, error.strerror)
