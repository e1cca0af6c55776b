"""The speed of a pipeline over the last minute: pure, the time comes with each frame."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from itertools import islice, pairwise

WINDOW_S = 60.0
MIN_WINDOW_S = 5.0
"""After a shorter time the rate is not known."""
LONGEST_GAP_S = 2.0
"""A longer time without a frame is a pause of the camera and does not count."""


@dataclass(frozen=True, slots=True)
class _Measured:
    at_s: float
    frames: int
    decode_s: float
    inference_s: float


class Performance:
    """Measures the frames per second and the mean times of decoding and inference.

    Example:
        >>> performance = Performance()
        >>> for i in range(101):
        ...     performance.add(i / 10, decode_s=0.002, inference_s=0.02)
        >>> performance.fps, performance.decode_ms, performance.inference_ms
        (10.0, 2.0, 20.0)
    """

    def __init__(self) -> None:
        self._frames: deque[_Measured] = deque()

    def add(self, at_s: float, *, frames: int = 1, decode_s: float, inference_s: float) -> None:
        """Add a processed frame.

        Args:
            at_s: When it was processed, by a monotonic clock, in seconds.
            frames: The frame itself, and those since the frame before that nobody looked at.
            decode_s: Mean time to decode a frame since the frame before, in seconds.
            inference_s: How long the detector took, in seconds; 0 when it was not called.
        """
        self._frames.append(_Measured(at_s, frames, decode_s, inference_s))
        while at_s - self._frames[0].at_s > WINDOW_S:
            self._frames.popleft()

    @property
    def fps(self) -> float | None:
        """Return the frames per second while frames came; None in the first seconds."""
        times_s = [frame.at_s for frame in self._frames]
        elapsed_s = sum(min(after - before, LONGEST_GAP_S) for before, after in pairwise(times_s))
        if elapsed_s < MIN_WINDOW_S:
            return None
        return sum(frame.frames for frame in islice(self._frames, 1, None)) / elapsed_s

    @property
    def decode_ms(self) -> float | None:
        """Return the mean time to decode a frame, in milliseconds; None if it was not measured."""
        return _mean_ms([frame.decode_s for frame in self._frames])

    @property
    def inference_ms(self) -> float | None:
        """Return the mean time of the detector per frame that it got, in milliseconds; None before the first one."""
        return _mean_ms([frame.inference_s for frame in self._frames])


def _mean_ms(times_s: list[float]) -> float | None:
    measured = [time_s for time_s in times_s if time_s > 0]
    return round(1000 * sum(measured) / len(measured), 3) if measured else None
