"""Frame timing: media time of the frames of a file, and sampling of the frames of a camera. Pure."""

from __future__ import annotations

PLAUSIBLE_FPS = (1.0, 240.0)
FALLBACK_FPS = 25.0
MAX_DRIFT_S = 0.5
"""Containers stamp their first frames irregularly (0, 80, 120 ms … in MPEG program streams). A larger difference
between frame count and timestamps means that the frame rate varies, and then the timestamps are right."""


class MediaClock:
    """Turns frame numbers and the timestamps of a container into times that always increase.

    At a constant frame rate the time is index / fps, exact and as in labelled clips. When the timestamps differ from it
    by more than `MAX_DRIFT_S`, the clock follows the timestamps from there on.

    Args:
        fps: Frames per second as the container states it. An implausible value is replaced by `FALLBACK_FPS`.
    """

    def __init__(self, fps: float) -> None:
        self.fps = fps if PLAUSIBLE_FPS[0] <= fps <= PLAUSIBLE_FPS[1] else FALLBACK_FPS
        self._first_timestamp_s: float | None = None
        self._follows_timestamps = False
        self._last_s = -1.0

    def time_of(self, index: int, timestamp_s: float | None) -> float:
        """Return the seconds since the first frame.

        Args:
            index: Zero-based frame number, increasing by one from call to call.
            timestamp_s: The timestamp of the container in seconds; None or negative if there is none.
        """
        time_s = index / self.fps
        if timestamp_s is not None and timestamp_s >= 0:
            if self._first_timestamp_s is None:
                self._first_timestamp_s = timestamp_s
            elapsed_s = timestamp_s - self._first_timestamp_s
            self._follows_timestamps = self._follows_timestamps or abs(elapsed_s - time_s) > MAX_DRIFT_S
            if self._follows_timestamps:
                time_s = elapsed_s
        # Two frames at the same time would give a person infinite speed.
        self._last_s = time_s if time_s > self._last_s else self._last_s + 1 / self.fps
        return self._last_s


class FrameSampler:
    """Limits the frames per second by capture time, however irregularly frames arrive.

    The due times form a grid, so 25 frames/s sampled at 10 give 10 on average, not 8.3 (every third). After a gap the
    grid starts again, so that a burst of frames is not used to catch up.

    Args:
        fps: Largest number of frames per second; None for all.

    Attributes:
        period_s: The interval between the frames to take, in seconds; 0 for all.
    """

    def __init__(self, fps: float | None) -> None:
        self.period_s = 1 / fps if fps else 0.0
        self._due_s: float | None = None

    def is_due(self, captured_s: float) -> bool:
        """Return whether to take the frame captured at this time (in seconds, increasing)."""
        if not self.period_s or self._due_s is None:
            self._due_s = captured_s + self.period_s
            return True
        # Half a millisecond of tolerance: a camera at exactly this rate must not lose frames to rounding.
        if captured_s < self._due_s - 5e-4:
            return False
        late_s = captured_s - self._due_s
        self._due_s = self._due_s + self.period_s if late_s < self.period_s else captured_s + self.period_s
        return True
