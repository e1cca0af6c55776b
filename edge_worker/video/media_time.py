"""When a frame of a file was taken, in seconds of media time. Pure."""

from __future__ import annotations

PLAUSIBLE_FPS = (1.0, 240.0)
FALLBACK_FPS = 25.0
DRIFT_S = 0.5
"""Containers stamp their first frames oddly (0, 80, 120 ms … in MPEG program streams); more than this between the frame
count and the stamps means that the frame rate varies, and then the stamps are right."""


class MediaClock:
    """Turns frame numbers and the container's stamps into times that never go back.

    At a constant frame rate the time is index / fps, exact and as labelled clips give it. Where the container's own
    stamps leave that by more than `DRIFT_S`, they are followed from there on.
    """

    def __init__(self, fps: float) -> None:
        self.fps = fps if PLAUSIBLE_FPS[0] <= fps <= PLAUSIBLE_FPS[1] else FALLBACK_FPS
        self._first_stamp: float | None = None
        self._by_stamp = False
        self._last = -1.0

    def time_of(self, index: int, stamp_s: float | None) -> float:
        """Seconds since the first frame.

        Args:
            index: Zero-based frame number, growing by one from call to call.
            stamp_s: The container's stamp in seconds; None or negative when it has none.
        """
        counted = index / self.fps
        if stamp_s is not None and stamp_s >= 0:
            if self._first_stamp is None:
                self._first_stamp = stamp_s
            stamped = stamp_s - self._first_stamp
            self._by_stamp = self._by_stamp or abs(stamped - counted) > DRIFT_S
            if self._by_stamp:
                counted = stamped
        # Two frames at one moment would be a person of infinite speed.
        self._last = counted if counted > self._last else self._last + 1 / self.fps
        return self._last
