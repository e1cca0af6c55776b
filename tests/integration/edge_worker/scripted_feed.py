"""A feed with a script instead of a video; everything behind it is the real worker."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from typing import Any

from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Crossing, Direction
from edge_worker.overhead.passage_pictures import LineSample
from edge_worker.pipeline.frame_result import FrameResult


def frame(media_s: float, captured_at: datetime | None = None, **more: Any) -> FrameResult:
    """A frame at that second, without a picture unless one is given."""
    return FrameResult(index=round(media_s * 25), media_s=media_s, captured_at=captured_at, **more)


@dataclass
class ScriptedFeed:
    """Yields the frames of its script; `between` is called before each, `endless` continues with None until `close`."""

    script: Iterable[FrameResult | None]
    is_live: bool = False
    model: str = "scripted"
    near_line: int = 0
    between: Callable[[int], None] = lambda _index: None
    endless: bool = False
    lines: list[tuple[Line, Anchor]] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)
    ignored_children: list[bool] = field(default_factory=list)
    line_samples: list[LineSample] = field(default_factory=list)
    rounds: int = 0
    closed: threading.Event = field(default_factory=threading.Event)

    def frames(self) -> Iterator[FrameResult | None]:
        for index, result in enumerate(self.script):
            if self.closed.is_set():
                return
            self.between(index)
            yield result
        while self.endless and not self.closed.wait(0.01):
            yield None

    def set_line(self, line: Line, anchor: Anchor) -> None:
        self.lines.append((line, anchor))

    def set_sample_fps(self, fps: float) -> None:
        self.rates.append(fps)

    def set_ignore_children(self, ignore_children: bool) -> None:
        self.ignored_children.append(ignore_children)

    def add_line_sample(self, sample: LineSample) -> None:
        self.line_samples.append(sample)

    def rewind(self) -> None:
        self.rounds += 1

    def close(self) -> None:
        self.closed.set()


def film(seconds: float, crossings: dict[float, Direction], fps: float = 25.0) -> list[FrameResult]:
    """A file of that length with a crossing at each of the given seconds."""
    frames = []
    for index in range(round(seconds * fps)):
        t = index / fps
        due = tuple(Crossing(at, index, way, 1) for at, way in crossings.items() if ceil(at * fps - 1e-9) == index)
        frames.append(frame(t, crossings=due))
    return frames
