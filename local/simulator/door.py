"""A door with simulated visitors, as the edge worker's run sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from time import monotonic

from edge_worker.clock import system_utc
from edge_worker.crossing import Crossing
from edge_worker.remote_config.camera_config import AnchorName, LinePoints
from edge_worker.video.frame import Box, Image
from local.simulator.visitors import passages

FRAMES_PER_S = 5.0


@dataclass(frozen=True, slots=True)
class SimulatedFrame:
    """A moment at the door (`edge_worker.running.feed.Seen`); there is no picture."""

    media_s: float
    captured_at: datetime
    crossings: Sequence[Crossing]
    dropped: int = 0
    reconnects: int = 0
    image: Image | None = None
    people: Sequence[Box] | None = None
    skipped: bool = False


class SimulatedDoor:
    """A live feed (`edge_worker.running.feed.Feed`) whose visitors follow from `seed`."""

    is_live = True
    model = "simulator"

    def __init__(self, seed: int, elapsed: Callable[[], float] = monotonic) -> None:
        self._passages = passages(seed)
        self._elapsed = elapsed
        self._closed = threading.Event()
        self.near_line = 0

    def frames(self) -> Iterator[SimulatedFrame | None]:
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
            yield SimulatedFrame(now_s, system_utc(), crossings)

    def set_line(self, line: LinePoints, anchor: AnchorName) -> None:
        """Nobody is seen, so no line matters."""

    def set_sample_fps(self, fps: float) -> None:
        """There are `FRAMES_PER_S`, whatever is asked for."""

    def rewind(self) -> None:
        """A door has no end to start again from."""

    def close(self) -> None:
        self._closed.set()
