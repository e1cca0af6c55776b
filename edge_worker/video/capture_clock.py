"""When the frames of a camera were captured, from the timestamps of the stream and the times of arrival. Pure."""

from __future__ import annotations

MAX_LAG_S = 5.0
"""A larger lag between capture and decoding is not accepted. Frames are dropped until it is small again."""
MAX_DRIFT = 0.02
"""A camera's clock may run this much slower than the system clock. Most cameras are within 0.01 %, but many stamp
their frames with the nominal frame rate, which the encoder misses by up to 1 %."""
MAX_REPEATED = 10
"""A stream that repeats a timestamp more often in a row has no timestamps."""
MIN_STEP_S = 1e-4
"""The clock of RTP has 90,000 ticks a second; a smaller step is no interval between frames."""
LONGEST_INTERVAL_S = 2.0
"""A longer time between two frames is a gap."""
INTERVAL_SMOOTHING = 0.05
MAX_CONNECTIONS = 8
"""Connections whose frames may still wait to be processed."""


class CaptureClock:
    """Turns the timestamps of a stream into media time and into capture times.

    Frames arrive late when the network holds them or when decoding is slow, but never early. The capture time is
    therefore the media time plus the smallest difference between arrival and media time so far. That difference rises
    by `MAX_DRIFT` at most, so that it follows a slow clock of the camera and hardly follows a delay. It does not rise
    while data waits for the decoder, because then the decoder causes the delay.

    Each connection has an offset of its own: frames of the one before that still wait keep their capture times. Media
    time continues over reconnections and over steps of the timestamps; the time between two arrivals takes the
    place of a step that is impossible. A stream without usable timestamps gets its times of arrival.

    Times are in seconds. Arrivals are readings of a monotonic clock.

    Attributes:
        media_s: Media time of the newest frame; 0 for the first one.
        is_trusted: Whether the timestamps of the stream are used.
        interval_s: Mean interval between the frames of the camera; 0 before the second frame.
    """

    def __init__(self) -> None:
        self.media_s = 0.0
        self.is_trusted = True
        self.interval_s = 0.0
        self._offset_s: float | None = None
        # Replaced as a whole, because another thread asks for capture times.
        self._earlier: tuple[tuple[float, float], ...] = ()
        self._timestamp_s: float | None = None
        self._arrived_s = 0.0
        self._repeated = 0

    def add(self, timestamp_s: float, arrived_s: float, *, data_waited: bool = False) -> bool:
        """Take the next frame and return whether it is a new picture; False if it repeats the last timestamp.

        Args:
            timestamp_s: The timestamp of the stream.
            arrived_s: When the frame was decoded, not earlier than the frame before.
            data_waited: Whether data from the camera waited for the decoder before it read this frame.
        """
        if self._offset_s is None:
            self._offset_s = arrived_s - self.media_s
            self._timestamp_s, self._arrived_s = timestamp_s, arrived_s
            return True
        waited_s = arrived_s - self._arrived_s
        step_s = waited_s
        if self.is_trusted and self._timestamp_s is not None:
            step_s = timestamp_s - self._timestamp_s
            if step_s == 0:
                self._repeated += 1
                if self._repeated < MAX_REPEATED:
                    return False
                self.distrust()
            if not MIN_STEP_S <= step_s <= waited_s + MAX_LAG_S:
                step_s = waited_s
        self._repeated = 0
        self.media_s += step_s
        if self._timestamp_s is not None and step_s < LONGEST_INTERVAL_S:
            self.interval_s += INTERVAL_SMOOTHING * (step_s - self.interval_s) if self.interval_s else step_s
        offset_s = arrived_s - self.media_s
        risen_s = self._offset_s + (0.0 if data_waited else MAX_DRIFT * waited_s)
        is_known = self.is_trusted and self._timestamp_s is not None
        self._offset_s = min(offset_s, risen_s) if is_known else offset_s
        self._timestamp_s, self._arrived_s = timestamp_s, arrived_s
        return True

    def captured_s(self, media_s: float) -> float:
        """Return when the frame with this media time was captured, by the monotonic clock."""
        for last_media_s, offset_s in self._earlier:
            if media_s <= last_media_s:
                return media_s + offset_s
        return media_s + self.offset_s

    @property
    def offset_s(self) -> float:
        """Return the difference between capture time and media time on the present connection."""
        return self._offset_s or 0.0

    @property
    def lag_s(self) -> float:
        """Return the seconds from the capture to the arrival of the newest frame."""
        return max(self._arrived_s - self.captured_s(self.media_s), 0.0)

    def restart(self) -> None:
        """Expect timestamps that start anew: the stream was opened again, and what was late has been skipped."""
        if self._timestamp_s is not None and self._offset_s is not None:
            self._earlier = (*self._earlier[1 - MAX_CONNECTIONS :], (self.media_s, self._offset_s))
        self._timestamp_s = None
        self._repeated = 0

    def distrust(self) -> None:
        """Use the times of arrival from now on."""
        self.is_trusted = False
