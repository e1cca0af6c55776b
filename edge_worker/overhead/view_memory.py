"""The file with the view of a camera that was found out, beside its outbox: a restart need not find it out again."""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from pathlib import Path

from edge_worker.overhead.view import View

log = logging.getLogger(__name__)

FORMAT = 1
"""Number of the format; a file of another one is not used."""


class ViewMemory:
    """Stores whether a camera looks from straight above. A disk that fails does not stop the counting.

    Args:
        path: The path of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def beside(cls, outbox: Path) -> ViewMemory:
        """Return the file of the camera whose crossings are in this outbox."""
        return cls(outbox.with_name(f"{outbox.name}.view.json"))

    def read(self) -> View:
        """Return what was stored; `View.SIDE` if there is nothing, or if the file cannot be used."""
        try:
            content = json.loads(self.path.read_text(encoding="utf-8"))
            return View(content["view"]) if content["format"] == FORMAT else View.SIDE
        except FileNotFoundError:
            return View.SIDE
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the view of the camera in %s cannot be read (%s) and is found out again", self.path, error)
            return View.SIDE

    def write(self, view: View) -> None:
        """Replace the file atomically."""
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            draft.write_text(json.dumps({"format": FORMAT, "view": view.value}), encoding="utf-8")
            draft.replace(self.path)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            log.warning("the view of the camera cannot be written to %s: %s", self.path, error.strerror)
