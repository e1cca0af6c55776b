"""A feed of simulated visitors in place of a camera."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import count
from time import monotonic

from edge_worker.clock import system_utc
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Crossing
from edge_worker.overhead.passage_pictures import LineSample
from edge_worker.pipeline.frame_result import FrameResult
from local.simulator.visitors import passages

FRAMES_PER_S = 5.0


class SimulatedFeed:
    """A live feed (`edge_worker.running.feed.Feed`) whose visitors depend on `seed` alone."""

    is_live = True
    model = "simulator"

    def __init__(self, seed: int, elapsed: Callable[[], float] = monotonic) -> None:
        self._passages = passages(seed)
        self._elapsed = elapsed
        self._closed = threading.Event()
        self.near_line = 0

    def frames(self) -> Iterator[FrameResult | None]:
        """Yield `FRAMES_PER_S` frames per second until `close`."""
        started_at = self._elapsed()
        next_passage = next(self._passages)
        for index in count():
            if self._closed.wait(max(started_at + index / FRAMES_PER_S - self._elapsed(), 0.0)):
                return
            now_s = self._elapsed() - started_at
            crossings = []
            while next_passage.t <= now_s:
                crossings.append(Crossing(next_passage.t, index, next_passage.direction, next_passage.person))
                next_passage = next(self._passages)
            self.near_line += len(crossings)
            yield FrameResult(index=index, media_s=now_s, captured_at=system_utc(), crossings=tuple(crossings))

    def set_line(self, line: Line, anchor: Anchor) -> None:
        """Do nothing: the visitors are simulated without a line."""

    def set_sample_fps(self, fps: float) -> None:
        """Do nothing: the rate is always `FRAMES_PER_S`."""

    def set_ignore_children(self, ignore_children: bool) -> None:
        """Do nothing: the visitors have no height."""

    def add_line_sample(self, sample: LineSample) -> None:
        """Do nothing: there is no picture."""

    def rewind(self) -> None:
        """Do nothing: the feed has no end."""

    def close(self) -> None:
        """End `frames`."""
        self._closed.set()
