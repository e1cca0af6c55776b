"""The counts of a run, as the status file, the live line and ``/healthz`` show them; safe for several threads."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from time import monotonic

from edge_worker.crossing import Direction


class State(StrEnum):
    """Where a run is."""

    STARTING = "starting"
    RUNNING = "running"
    DRAINING = "draining"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Counts:
    """A look at the run.

    Attributes:
        skipped: of the frames, those that the motion gate kept from the detector.
        media_s: media time of the newest frame.
        fps: frames per second over the last seconds.
        frame_age_s: seconds since the newest frame was processed; None before the first.
        reconnects: how often the source was opened again.
    """

    state: State = State.STARTING
    frames: int = 0
    skipped: int = 0
    dropped: int = 0
    reconnects: int = 0
    loops: int = 0
    media_s: float = 0.0
    fps: float = 0.0
    ins: int = 0
    outs: int = 0
    last_crossing_at: datetime | None = None
    frame_age_s: float | None = None

    @property
    def crossings(self) -> int:
        return self.ins + self.outs


class Tally:
    """Collects `Counts`."""

    def __init__(self) -> None:
        self._mutex = threading.Lock()
        self._counts = Counts()
        self._seen_at: float | None = None
        self._rate_from = (monotonic(), 0)

    def frame(self, media_s: float, dropped: int, reconnects: int, *, skipped: bool = False) -> None:
        now = monotonic()
        with self._mutex:
            counts = self._counts
            self._counts = replace(
                counts,
                state=State.RUNNING if counts.state is State.STARTING else counts.state,
                frames=counts.frames + 1,
                skipped=counts.skipped + skipped,
                media_s=media_s,
                dropped=counts.dropped + dropped,
                reconnects=counts.reconnects + reconnects,
            )
            self._seen_at = now
            since, frames = self._rate_from
            if now - since >= 1.0:
                self._counts = replace(self._counts, fps=round((self._counts.frames - frames) / (now - since), 1))
                self._rate_from = (now, self._counts.frames)

    def crossing(self, direction: Direction, at: datetime) -> None:
        with self._mutex:
            is_in = direction is Direction.IN
            counts = self._counts
            self._counts = replace(counts, ins=counts.ins + is_in, outs=counts.outs + (not is_in), last_crossing_at=at)

    def looped(self) -> None:
        with self._mutex:
            self._counts = replace(self._counts, loops=self._counts.loops + 1)

    def enter(self, state: State) -> None:
        with self._mutex:
            self._counts = replace(self._counts, state=state)

    def read(self) -> Counts:
        with self._mutex:
            age = None if self._seen_at is None else monotonic() - self._seen_at
            return replace(self._counts, frame_age_s=age)
