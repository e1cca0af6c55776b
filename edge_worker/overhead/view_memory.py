"""The file with the view of a camera that was found out."""

from __future__ import annotations

from pathlib import Path

from edge_worker.overhead.view import View
from edge_worker.state_file import StateFile, beside

SUBJECT = "the view of the camera"
_STORED = {View.SIDE.value: View.SIDE, View.ABOVE.value: View.ABOVE}


class ViewMemory:
    """Stores whether a camera looks from straight above.

    Args:
        path: The path of the file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = StateFile(path, SUBJECT)

    @classmethod
    def beside(cls, outbox: Path) -> ViewMemory:
        """Return the file of the camera whose crossings are in this outbox."""
        return cls(beside(outbox, ".view.json"))

    def read(self) -> View:
        """Return what was stored; `View.SIDE` if there is nothing, or if the file cannot be used."""
        content = self._file.read_json()
        if content is None:
            return View.SIDE
        view = content.get("view")
        if not isinstance(view, str) or view not in _STORED:
            self._file.refuse(f"it has the view {view!r}")
            return View.SIDE
        return _STORED[view]

    def write(self, view: View) -> None:
        """Store the view."""
        self._file.write_json({"view": view.value})
