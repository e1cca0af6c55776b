"""Counting of recorded detections."""

from __future__ import annotations

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.parameters import CounterParameters
from edge_worker.crossing import Crossing
from edge_worker.evaluation.recorded_detections import ClipDetections
from edge_worker.pipeline.counting_stage import CountingStage
from edge_worker.tracking.box_height_filter import BoxHeightParameters
from edge_worker.tracking.byte_track import TrackerParameters


def count_detections(
    clip: ClipDetections,
    line: Line,
    anchor: Anchor,
    *,
    step: int = 1,
    tracker: TrackerParameters | None = None,
    box_height: BoxHeightParameters | None = None,
    counter: CounterParameters | None = None,
) -> list[Crossing]:
    """Return the crossings of a clip, exactly as its frames give them.

    Args:
        clip: The detections of every frame.
        line: The counting line.
        anchor: The point of a person's box that crosses the line.
        step: Use every ``step``-th frame: 2 is half the frame rate.
        tracker: Parameters of the tracker.
        box_height: Parameters of the box height filter.
        counter: Parameters of the line counter.
    """
    stage = CountingStage(line, anchor, tracker=tracker, box_height=box_height, counter=counter)
    crossings: list[Crossing] = []
    for frame in clip.every(step):
        crossings += stage.update(frame.detections, clip.size, frame.index, frame.media_s)[1]
    return [*crossings, *stage.finish()]
