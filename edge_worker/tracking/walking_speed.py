"""How fast people walk in the picture: pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot
from statistics import median

from edge_worker.tracking.byte_track import Track

INTERVAL_S = 0.5
"""A speed is measured over at least this time, so that the jitter of the boxes does not count as movement."""
LONGEST_INTERVAL_S = 2.0
MIN_SPEED = 0.3
"""Slower people stand or shift: heights per second."""
MIN_MEASUREMENTS = 20
MAX_MEASUREMENTS = 200


@dataclass(frozen=True, slots=True)
class _Seen:
    at_s: float
    x: float
    y: float
    height: float


class WalkingSpeed:
    """Measures the speed and the size of the people who walk, from their tracks."""

    def __init__(self) -> None:
        self._seen: dict[int, _Seen] = {}
        self._speeds: deque[float] = deque(maxlen=MAX_MEASUREMENTS)
        self._heights: deque[float] = deque(maxlen=MAX_MEASUREMENTS)

    def update(self, tracks: Iterable[Track], media_s: float) -> None:
        """Take the tracks of a frame.

        Args:
            tracks: The tracks that were observed.
            media_s: Media time of the frame, in seconds.
        """
        for track in tracks:
            x1, y1, x2, y2 = track.box
            now = _Seen(media_s, (x1 + x2) / 2, y2, y2 - y1)
            before = self._seen.get(track.tracker_id)
            elapsed_s = LONGEST_INTERVAL_S if before is None else media_s - before.at_s
            if before is not None and elapsed_s < INTERVAL_S:
                continue
            self._seen[track.tracker_id] = now
            if before is None or elapsed_s >= LONGEST_INTERVAL_S:
                continue
            height = (before.height + now.height) / 2
            speed = hypot(now.x - before.x, now.y - before.y) / height / elapsed_s
            if speed >= MIN_SPEED:
                self._speeds.append(speed)
                self._heights.append(height)
        for tracker_id in [one for one, seen in self._seen.items() if media_s - seen.at_s > LONGEST_INTERVAL_S]:
            del self._seen[tracker_id]

    @property
    def heights_per_s(self) -> float | None:
        """Return the median speed in heights per second; None while too few people have walked."""
        return median(self._speeds) if len(self._speeds) >= MIN_MEASUREMENTS else None

    @property
    def height(self) -> float | None:
        """Return the median height of a walking person in pixels; None while too few people have walked."""
        return median(self._heights) if len(self._heights) >= MIN_MEASUREMENTS else None
