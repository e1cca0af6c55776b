"""A small file beside the outbox with something that a worker has found out: a restart need not find it out again."""

from __future__ import annotations

import json
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)


class StateFile:
    """Stores what was found out. A disk that fails does not stop the counting: it is found out again after a restart.

    A new content replaces the old one as a whole, also when the power fails while it is written.

    Args:
        path: The path of the file.
        subject: What it contains, for the log, such as ``the view of the camera``.
        format_number: The format of JSON content; content of another one is not used.
    """

    def __init__(self, path: Path, subject: str, *, format_number: int = 1) -> None:
        self.path = path
        self._subject = subject
        self._format = format_number

    def read_bytes(self) -> bytes | None:
        """Return the content; None if there is no file, or if it cannot be read."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            self.refuse(error.strerror or str(error))
            return None

    def read_json(self) -> dict[str, Any] | None:
        """Return the JSON object without its format; None if there is no file, or if it cannot be used."""
        content = self.read_bytes()
        if content is None:
            return None
        try:
            document = json.loads(content)
        except (ValueError, RecursionError) as error:
            self.refuse(str(error))
            return None
        if not isinstance(document, dict) or document.pop("format", None) != self._format:
            self.refuse(f"it has not the format {self._format}")
            return None
        return document

    def write_bytes(self, content: bytes) -> None:
        """Replace the content."""
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            with draft.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self.path)
            _sync_folder(self.path.parent)
        except OSError as error:
            with suppress(OSError):
                draft.unlink()
            log.warning("%s cannot be written to %s: %s", self._subject, self.path, error.strerror)

    def write_json(self, document: dict[str, Any]) -> None:
        """Replace the content by a JSON object, to which the format is added."""
        self.write_bytes(json.dumps({"format": self._format, **document}).encode())

    def refuse(self, reason: str) -> None:
        """Log that the content cannot be used."""
        log.warning("%s in %s cannot be read (%s) and is found out again", self._subject, self.path, reason)


def beside(outbox: Path, suffix: str) -> Path:
    """Return the path of a file of the camera whose crossings are in this outbox, such as one with ``.view.json``."""
    return outbox.with_name(outbox.name + suffix)


def _sync_folder(folder: Path) -> None:
    """Write the new name of a file to the disk: without it, a power cut may bring the old file back, or none."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
