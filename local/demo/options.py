"""The options of the demo, read from the environment and validated before anything starts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Self

from edge_worker.counting.line import Line
from edge_worker.errors import EdgeError
from local.errors import DemoError

MAX_CAMERAS: Final = 4


@dataclass(frozen=True, slots=True)
class DemoOptions:
    """What to count, and for how long.

    Attributes:
        video: A file or an rtsp:// address; None lets the demo choose a clip.
        line: The counting line; None takes the one of the clip.
        cameras: How many cameras count, 1 to `MAX_CAMERAS`: the first two at one store, the others at another.
        seconds: How long to count, from the first frame; None until Ctrl-C.
        model: Weights, as a path or a name; None for yolo26n.
    """

    video: str | None = None
    line: Line | None = None
    cameras: int = 1
    seconds: float | None = None
    model: str | None = None

    @classmethod
    def from_env(cls, environ: Mapping[str, str], model: str | None = None) -> Self:
        """Read `VIDEO`, `LINE`, `CAMERAS` and `DEMO_SECONDS`.

        Args:
            environ: The environment variables.
            model: The option `--model` of the command.

        Raises:
            DemoError: A variable has an unusable value.
        """
        line, cameras, seconds = (environ.get(name, "").strip() for name in ("LINE", "CAMERAS", "DEMO_SECONDS"))
        return cls(
            video=environ.get("VIDEO", "").strip() or None,
            line=_line(line) if line else None,
            cameras=_cameras(cameras) if cameras else 1,
            seconds=_seconds(seconds) if seconds else None,
            model=model,
        )


def _line(text: str) -> Line:
    try:
        return Line.parse(text)
    except EdgeError as error:
        raise DemoError(f"LINE: {error}") from None


def _cameras(text: str) -> int:
    if not (text.isdecimal() and 1 <= int(text) <= MAX_CAMERAS):
        raise DemoError(f"CAMERAS={text} is not a number of cameras from 1 to {MAX_CAMERAS}")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 1 <= seconds <= 86_400:
        raise DemoError(f"DEMO_SECONDS={text} is not a number of seconds from 1 to 86400")
    return seconds
