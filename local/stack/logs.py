"""The parts' log files: `.metrica/logs/<part>.log`."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

_ROTATE_AT_BYTES = 10 * 2**20
_TAIL_BYTES = 8192
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@dataclass(frozen=True, slots=True)
class LogFile:
    """One part's log; what was over 10 MiB at a start goes to `.log.1`."""

    path: Path

    def open(self) -> BinaryIO:
        """For appending; the part writes into it itself."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        if self.path.exists() and self.path.stat().st_size > _ROTATE_AT_BYTES:
            self.path.replace(self.path.with_suffix(".log.1"))
        return self.path.open("ab")

    def trim(self) -> None:
        """While the part runs: move what is over 10 MiB to `.log.1`; the part goes on appending to the emptied file."""
        if self.size() > _ROTATE_AT_BYTES:
            shutil.copyfile(self.path, self.path.with_suffix(".log.1"))
            os.truncate(self.path, 0)

    def size(self) -> int:
        """Bytes written so far."""
        return self.path.stat().st_size if self.path.exists() else 0

    def last_words(self, since: int = 0, lines: int = 1) -> str:
        """The last lines with text in them after byte `since`, without colours, joined by ` / `."""
        if not self.path.exists():
            return ""
        with self.path.open("rb") as file:
            size = self.size()
            # A trimmed log is shorter than it was: all of it came after `since`.
            file.seek(max(since if since <= size else 0, size - _TAIL_BYTES))
            text = _ESCAPES.sub("", file.read().decode(errors="replace"))
        said = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        return " / ".join(said[-lines:])
