"""Tracking and counting of one source: from the detections of a frame to tracks and crossings."""

from __future__ import annotations

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.parameters import CounterParameters
from edge_worker.counting.person_state import FirstObservation, TrackObservation
from edge_worker.crossing import Crossing
from edge_worker.detection.detector import Detections
from edge_worker.tracking.box_height_filter import BoxHeightFilter, BoxHeightParameters
from edge_worker.tracking.byte_track import ByteTrack, Track, TrackerParameters


class CountingStage:
    """Tracks the people of one source and counts those who cross its line.

    It needs detections only, so recorded detections are counted exactly as the frames that they come from.

    Args:
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        tracker: Parameters of the tracker.
        box_height: Parameters of the box height filter.
        counter: Parameters of the line counter.
        ignore_children: People who are much smaller than usual where they cross are not counted.
    """

    def __init__(
        self,
        line: Line,
        anchor: Anchor,
        *,
        tracker: TrackerParameters | None = None,
        box_height: BoxHeightParameters | None = None,
        counter: CounterParameters | None = None,
        ignore_children: bool = False,
    ) -> None:
        self._line, self._anchor = line, anchor
        self._tracker = ByteTrack(tracker)
        self._box_height_filter = BoxHeightFilter(box_height)
        self._counter_parameters = counter or CounterParameters()
        self._ignore_children = ignore_children
        self._size: tuple[int, int] | None = None
        self._counter: LineCounter | None = None
        self._near_line_before = 0

    @property
    def near_line(self) -> int:
        """Return the number of tracks that came near the line since the start."""
        return self._near_line_before + (self._counter.near_line if self._counter else 0)

    @property
    def holds_people(self) -> bool:
        """Return whether the tracker or the counter holds any state of a person, observed in this frame or not."""
        return self._tracker.track_count > 0 or (self._counter is not None and self._counter.person_count > 0)

    def update(
        self, detections: Detections, size: tuple[int, int], frame: int, t: float
    ) -> tuple[list[Track], list[Crossing]]:
        """Process a frame and return its confirmed tracks and the crossings that became certain with it.

        Args:
            detections: The people in the frame; empty for a frame without detection, which only lets time pass.
            size: (height, width) of the frame in pixels. Another size starts with new tracks.
            frame: Index of the frame.
            t: Time of the frame in seconds; later than the previous frame.
        """
        if size != self._size:
            self._size = size
            self.reset()
        if self._counter is None:
            height, width = size
            self._counter = LineCounter(
                self._line.in_pixels(width, height), self._counter_parameters, ignore_children=self._ignore_children
            )
        tracks = self._tracker.update(detections, t)
        corrected = self._box_height_filter.update(tracks, t)
        crossings = self._counter.update((observe(track, self._anchor) for track in corrected), frame, t)
        return tracks, crossings

    def finish(self) -> tuple[Crossing, ...]:
        """Return the crossings of tracks that ended beyond the line before the source ended."""
        return tuple(self._counter.finish()) if self._counter else ()

    def set_line(self, line: Line, anchor: Anchor) -> None:
        """Use another line from the next frame on; the counter forgets all people."""
        self._line, self._anchor = line, anchor
        self._reset_counter()

    def set_tracker(self, parameters: TrackerParameters) -> None:
        """Use other parameters of the tracker from the next frame on, which forgets all people."""
        self._tracker.parameters = parameters
        self.reset()

    def set_ignore_children(self, ignore_children: bool) -> None:
        """Count children or not from the next frame on; the counter keeps all people."""
        self._ignore_children = ignore_children
        if self._counter is not None:
            self._counter.ignore_children = ignore_children

    def reset(self) -> None:
        """Forget all tracks and people."""
        self._tracker.reset()
        self._reset_counter()

    def _reset_counter(self) -> None:
        self._near_line_before = self.near_line
        self._counter = None


def observe(track: Track, anchor: Anchor) -> TrackObservation:
    """Return what the line counter needs of a track."""
    x1, y1, x2, y2 = track.box
    x, y = anchor.of(track.box)
    first = None
    if track.first is not None:
        _, top, _, bottom = track.first.box
        first = FirstObservation(track.first.t, *anchor.of(track.first.box), bottom - top)
    return TrackObservation(track.tracker_id, x, y, height=y2 - y1, width=x2 - x1, first=first)
