"""Tracking and counting of recorded detections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.line_counter import LineCounter
from edge_worker.counting.parameters import CounterParameters
from edge_worker.crossing import Crossing
from edge_worker.evaluation.recorded_detections import ClipDetections
from edge_worker.pipeline.counting_stage import observe
from edge_worker.tracking.box_height_filter import BoxHeightFilter, BoxHeightParameters
from edge_worker.tracking.byte_track import ByteTrack, Track, TrackerParameters


@dataclass(frozen=True, slots=True)
class TrackedFrame:
    """The tracks of one frame.

    Attributes:
        index: Zero-based index of the frame in the clip.
        media_s: Seconds since the start of the clip.
        tracks: The tracks, with the boxes corrected by the box height filter.
    """

    index: int
    media_s: float
    tracks: tuple[Track, ...]


def track_detections(
    clip: ClipDetections,
    *,
    step: int = 1,
    tracker: TrackerParameters | None = None,
    box_height: BoxHeightParameters | None = None,
) -> list[TrackedFrame]:
    """Return the tracks of a clip, for any number of lines.

    Args:
        clip: The detections of every frame.
        step: Use every ``step``-th frame: 2 is half the frame rate.
        tracker: Parameters of the tracker.
        box_height: Parameters of the box height filter.
    """
    byte_track, box_height_filter = ByteTrack(tracker), BoxHeightFilter(box_height)
    return [
        TrackedFrame(
            frame.index,
            frame.media_s,
            tuple(box_height_filter.update(byte_track.update(frame.detections, frame.media_s), frame.media_s)),
        )
        for frame in clip.every(step)
    ]


def count_tracks(
    frames: Sequence[TrackedFrame],
    size: tuple[int, int],
    line: Line,
    anchor: Anchor,
    counter: CounterParameters | None = None,
) -> list[Crossing]:
    """Return the crossings of the tracks of a clip.

    Args:
        frames: The tracks of each frame.
        size: (height, width) of the frames.
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        counter: Parameters of the line counter.
    """
    height, width = size
    line_counter = LineCounter(line.in_pixels(width, height), counter)
    crossings: list[Crossing] = []
    for frame in frames:
        crossings += line_counter.update((observe(track, anchor) for track in frame.tracks), frame.index, frame.media_s)
    return [*crossings, *line_counter.finish()]
