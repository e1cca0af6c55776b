"""A door with simulated visitors, as the edge worker's run sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from itertools import count
from time import monotonic

from edge_worker.clock import system_utc
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Crossing
from edge_worker.pipeline.frame_result import FrameResult
from local.simulator.visitors import passages

FRAMES_PER_S = 5.0


class SimulatedDoor:
    """A live feed (`edge_worker.running.feed.Feed`) whose visitors follow from `seed`."""

    is_live = True
    model = "simulator"

    def __init__(self, seed: int, elapsed: Callable[[], float] = monotonic) -> None:
        self._passages = passages(seed)
        self._elapsed = elapsed
        self._closed = threading.Event()
        self.near_line = 0

    def frames(self) -> Iterator[FrameResult | None]:
        """`FRAMES_PER_S` frames a second until `close`."""
        began = self._elapsed()
        coming = next(self._passages)
        for index in count():
            if self._closed.wait(max(began + index / FRAMES_PER_S - self._elapsed(), 0.0)):
                return
            now_s = self._elapsed() - began
            crossings = []
            while coming.t <= now_s:
                crossings.append(Crossing(coming.t, index, coming.direction, coming.person))
                coming = next(self._passages)
            self.near_line += len(crossings)
            yield FrameResult(index=index, media_s=now_s, captured_at=system_utc(), crossings=tuple(crossings))

    def set_line(self, line: Line, anchor: Anchor) -> None:
        """Nobody is seen, so no line matters."""

    def set_sample_fps(self, fps: float) -> None:
        """There are `FRAMES_PER_S`, whatever is asked for."""

    def rewind(self) -> None:
        """A door has no end to start again from."""

    def close(self) -> None:
        self._closed.set()
