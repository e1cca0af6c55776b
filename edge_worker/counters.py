"""The counters of one run, shared by the counting thread, the heartbeat and the status."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from time import monotonic
from typing import TYPE_CHECKING

from edge_worker.crossing import Direction

if TYPE_CHECKING:
    from edge_worker.pipeline.frame_result import FrameResult

MIN_CROSSINGS = 20
"""With fewer crossings the track fragmentation says nothing."""
MAX_FRAGMENTATION = 1.3
"""About 1 is normal: one track near the line per crossing. Above this value tracks break up (an empirical threshold:
people who stop at the line without crossing it raise the value too)."""


class RunState(StrEnum):
    """The phase of a run."""

    STARTING = "starting"
    RUNNING = "running"
    DRAINING = "draining"
    ENDED = "ended"


class RunCounters:
    """Counts frames and crossings since the start of the worker.

    Only one thread may write: the counting thread. `state` is set by the main thread. Every thread may read.

    Attributes:
        state: The phase of the run.
        model: The names of the model and its backend, ``MODEL/BACKEND``.
        frames: Processed frames.
        skipped: Of these, the frames that the motion gate kept from the detector, looked at or not.
        damaged: And those that were left out because lost packets have damaged them.
        dropped: Frames that arrived and were discarded.
        reconnects: How often the source was opened again.
        loops: How often a file was started again.
        media_s: Media time of the newest frame, in seconds.
        last_frame_at: When the newest frame was taken.
        fps: Frames per second over the last seconds.
        ins: Crossings IN.
        outs: Crossings OUT.
        last_crossing_at: When the newest crossing happened.
        near_line: Tracks that came near the line.
    """

    def __init__(self) -> None:
        self.state = RunState.STARTING
        self.model = ""
        self.frames = 0
        self.skipped = 0
        self.damaged = 0
        self.dropped = 0
        self.reconnects = 0
        self.loops = 0
        self.media_s = 0.0
        self.last_frame_at: datetime | None = None
        self.fps = 0.0
        self.ins = 0
        self.outs = 0
        self.last_crossing_at: datetime | None = None
        self.near_line = 0
        self._processed_at: float | None = None
        self._fps_from = (monotonic(), 0)

    def add_frame(self, frame: FrameResult, taken_at: datetime) -> None:
        """Count a processed frame, and those before it that nobody looked at.

        Args:
            frame: The frame.
            taken_at: When it was taken, aware.
        """
        now = monotonic()
        self.skipped += frame.skipped + frame.unchecked
        self.damaged += frame.damaged
        self.dropped += frame.dropped
        self.reconnects += frame.reconnects
        self.media_s = frame.media_s
        self.last_frame_at = taken_at
        self._processed_at = now
        self.frames += 1 + frame.unchecked + frame.damaged
        if self.state is RunState.STARTING:
            self.state = RunState.RUNNING
        since, frames = self._fps_from
        if now - since >= 1.0:
            self.fps = round((self.frames - frames) / (now - since), 1)
            self._fps_from = (now, self.frames)

    def add_crossing(self, direction: Direction, at: datetime) -> None:
        """Count a crossing that happened at ``at``."""
        is_in = direction is Direction.IN
        self.ins += is_in
        self.outs += not is_in
        self.last_crossing_at = at

    @property
    def crossings(self) -> int:
        """Return the crossings in both directions."""
        return self.ins + self.outs

    @property
    def frame_age_s(self) -> float | None:
        """Return the seconds since the newest frame was processed; None before the first."""
        return None if self._processed_at is None else monotonic() - self._processed_at

    @property
    def track_fragmentation(self) -> float | None:
        """Return the tracks near the line per crossing; None while there are too few crossings."""
        return track_fragmentation(self.near_line, self.crossings)


def track_fragmentation(near_line: int, crossings: int) -> float | None:
    """Return the tracks near the line per crossing, about 1 when ids hold while people cross.

    Args:
        near_line: Tracks that came near the line, ≥ 0.
        crossings: Crossings counted in the same time, ≥ 0.

    Returns:
        The ratio, or None with fewer than `MIN_CROSSINGS` crossings.
    """
    return None if crossings < MIN_CROSSINGS else round(near_line / crossings, 3)


def is_fragmented(fragmentation: float | None) -> bool:
    """Return whether tracks break up near the line."""
    return fragmentation is not None and fragmentation > MAX_FRAGMENTATION
