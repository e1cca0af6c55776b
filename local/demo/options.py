"""What the demo is told by its environment, checked before anything is started."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from edge_worker.counting.line import Line
from edge_worker.errors import EdgeError
from local.demo.errors import DemoError


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What is wanted.

    Attributes:
        video: a file or an rtsp:// address; None: the demo chooses.
        line: None: the one that was drawn for the clip.
        seconds: how long it counts, from the first frame on; None: until Ctrl-C.
        model: weights, by path or name; None: yolo26n.
    """

    video: str | None = None
    line: Line | None = None
    seconds: float | None = None
    model: str | None = None

    @classmethod
    def from_env(cls, environ: Mapping[str, str], model: str | None = None) -> Self:
        """`VIDEO`, `LINE`, `DEMO_SECONDS`; raises DemoError for what cannot be read."""
        line, seconds = environ.get("LINE", "").strip(), environ.get("DEMO_SECONDS", "").strip()
        return cls(
            video=environ.get("VIDEO", "").strip() or None,
            line=_line(line) if line else None,
            seconds=_seconds(seconds) if seconds else None,
            model=model,
        )


def _line(text: str) -> Line:
    try:
        return Line.parse(text)
    except EdgeError as error:
        raise DemoError(f"LINE: {error}") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 1 <= seconds <= 86_400:
        raise DemoError(f"DEMO_SECONDS={text} is no number of seconds from 1 to 86400")
    return seconds
