"""The tracks near the line: how tall people are there, where tracks end, and whom the detector hardly knows. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import hypot
from statistics import median

from edge_worker.counting.geometry import PixelLine, Point
from edge_worker.counting.line import Anchor, Line
from edge_worker.picture_health.detection_quality import DetectionQuality, Doubt
from edge_worker.tracking.byte_track import Track
from edge_worker.video.frame import Box

NEAR_HEIGHTS = 1.0
"""A track ends near the line if its anchor is at most this far from it, in box heights."""
MOVING_HEIGHTS = 0.3
"""A track moves once its anchor is this far from where it began, in box heights: a mannequin does not."""
FOLLOWED_S = 0.7
"""A person who is seen is followed for at least this long. A detector that does not know a view answers for moments."""
ENDED_AFTER_S = 2.5
"""A track that is not observed for this long has ended; the line counter no longer relinks it."""
MEMORY_S = 3600.0
MIN_HEIGHTS = 3
"""With fewer people the median height says nothing."""
MAX_HEIGHTS = 500


@dataclass(slots=True)
class _LineTrack:
    first: Point
    first_t: float
    last: Point
    t: float
    height: float
    has_moved: bool = False
    near_height: float | None = None
    has_touched: bool = False
    quality: DetectionQuality = field(default_factory=DetectionQuality)


class LineTracks:
    """Follows the tracks of a camera with regard to the line.

    Args:
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
    """

    def __init__(self, line: Line, anchor: Anchor) -> None:
        self._line, self._anchor = line, anchor
        self._tracks: dict[int, _LineTrack] = {}
        self._heights: deque[tuple[float, float]] = deque(maxlen=MAX_HEIGHTS)
        self.touches_line = False
        """Whether a moving person, followed for some time, touches the line in the newest frame."""
        self.doubts: list[Doubt | None] = []
        """For each moving person who touched the line and whose track ended with the newest frame: why the detector
        hardly knew them; None if it did."""

    @property
    def person_height(self) -> float | None:
        """Return the median box height near the line in the last hour, as a share of the picture's height."""
        return median(height for _, height in self._heights) if len(self._heights) >= MIN_HEIGHTS else None

    def add(self, tracks: Sequence[Track], size: tuple[int, int], t: float) -> list[Point]:
        """Process a frame.

        Args:
            tracks: The confirmed tracks that were observed in it.
            size: (height, width) of the frame in pixels.
            t: Its time in seconds; not before the previous one.

        Returns:
            The points near the line where tracks have ended, as shares of the picture's width and height.
        """
        height, width = size
        line = PixelLine(*self._line.in_pixels(width, height))
        self.touches_line = False
        self.doubts = []
        for track in tracks:
            point, box_height = self._anchor.of(track.box), track.box[3] - track.box[1]
            known = self._tracks.setdefault(track.tracker_id, _LineTrack(point, t, point, t, box_height))
            known.last, known.t, known.height = point, t, box_height
            moved = hypot(point[0] - known.first[0], point[1] - known.first[1])
            known.has_moved = known.has_moved or moved >= MOVING_HEIGHTS * box_height
            if _distance(line, point) <= NEAR_HEIGHTS * box_height:
                known.near_height = box_height / height
            known.quality.add(track, size)
            touches = _touches(line, track.box)
            known.has_touched = known.has_touched or touches
            is_followed = known.has_moved and t - known.first_t >= FOLLOWED_S
            self.touches_line = self.touches_line or (is_followed and touches)
        return [(x / width, y / height) for x, y in self._end_tracks(line, t)]

    def _end_tracks(self, line: PixelLine, t: float) -> list[Point]:
        ended = []
        for tracker_id, track in list(self._tracks.items()):
            if t - track.t <= ENDED_AFTER_S:
                continue
            del self._tracks[tracker_id]
            if not track.has_moved:
                continue
            if track.near_height is not None:
                self._heights.append((track.t, track.near_height))
            if track.has_touched:
                self.doubts.append(track.quality.doubt)
            if _distance(line, track.last) <= NEAR_HEIGHTS * track.height:
                ended.append(track.last)
        while self._heights and t - self._heights[0][0] > MEMORY_S:
            self._heights.popleft()
        return ended


def _distance(line: PixelLine, point: Point) -> float:
    return hypot(line.offset(point), line.overshoot(line.along(point)))


def _touches(line: PixelLine, box: Box) -> bool:
    """Return whether a segment and a box have a point in common (Liang and Barsky's clipping)."""
    enter, leave = 0.0, 1.0
    for start, end, low, high in ((line.ax, line.bx, box[0], box[2]), (line.ay, line.by, box[1], box[3])):
        if start == end:
            if not low <= start <= high:
                return False
            continue
        near, far = sorted(((low - start) / (end - start), (high - start) / (end - start)))
        enter, leave = max(enter, near), min(leave, far)
    return enter <= leave
