"""The counters of Ultralytics and supervision on the tracks of one tracker, with their crossings as ours are scored.

`count_with_object_counter`: Ultralytics' ObjectCounter, which counts each track once, by its centre.
`count_with_line_zone`: supervision's LineZone with the labelled anchor (its default of all four corners misses most).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

import numpy as np

from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Crossing, Direction
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.evaluation.replay import TrackedFrame
from edge_worker.weights.lookup import require_pt


def count_with_object_counter(
    frames: Sequence[TrackedFrame], size: tuple[int, int], truth: GroundTruth
) -> list[Crossing]:
    """Return the crossings of ObjectCounter.

    Args:
        frames: The tracks of each frame.
        size: (height, width) of the frames.
        truth: The labels with the line.

    Raises:
        ImportError: Ultralytics is not installed.
        ModelError: There is no yolo26n.pt, which ObjectCounter loads although it gets tracks.
    """
    from torch import tensor
    from ultralytics.solutions import ObjectCounter

    logging.getLogger("ultralytics").setLevel(logging.ERROR)  # it prints the settings of each counter
    height, width = size
    ax, ay, bx, by = (round(value) for value in truth.line.in_pixels(width, height))
    counter: Any = ObjectCounter(model=str(require_pt(None)), region=[(ax, ay), (bx, by)], show=False, verbose=False)
    counter.initialize_region()
    in_direction = Direction.IN if _its_in_is_ours(truth.line, size) else Direction.OUT
    crossings = []
    for frame in frames:
        for track in frame.tracks:
            before = counter.in_count, counter.out_count
            counter.store_tracking_history(track.tracker_id, tensor(track.box))
            history = counter.track_history[track.tracker_id]
            previous = history[-2] if len(history) > 1 else None
            counter.count_objects(history[-1], track.tracker_id, previous, 0)
            if (counter.in_count, counter.out_count) != before:
                direction = in_direction if counter.in_count > before[0] else in_direction.opposite
                crossings.append(Crossing(frame.media_s, frame.index, direction, track.tracker_id))
    return crossings


def count_with_line_zone(
    frames: Sequence[TrackedFrame], size: tuple[int, int], truth: GroundTruth, threshold: int
) -> list[Crossing]:
    """Return the crossings of LineZone.

    Args:
        frames: The tracks of each frame.
        size: (height, width) of the frames.
        truth: The labels with the line and the anchor.
        threshold: For how many frames a track must be on the other side.

    Raises:
        ImportError: supervision is not installed.
    """
    import supervision as sv

    height, width = size
    ax, ay, bx, by = truth.line.in_pixels(width, height)
    position = sv.Position.BOTTOM_CENTER if truth.anchor is Anchor.FOOT else sv.Position.CENTER
    zone = sv.LineZone(
        start=sv.Point(ax, ay),
        end=sv.Point(bx, by),
        triggering_anchors=[position],
        minimum_crossing_threshold=threshold,
    )
    crossings = []
    for frame in frames:
        ids = [track.tracker_id for track in frame.tracks]
        boxes = np.array([track.box for track in frame.tracks], np.float32).reshape(-1, 4)
        crossed = zone.trigger(sv.Detections(xyxy=boxes, tracker_id=np.array(ids, int)))
        # Its IN is the left-hand side of start→end on the screen, ours is the right-hand side.
        for direction, flags in zip((Direction.OUT, Direction.IN), crossed, strict=True):
            crossings += [
                Crossing(frame.media_s, frame.index, direction, tracker_id)
                for tracker_id, is_crossing in zip(ids, flags, strict=True)
                if is_crossing
            ]
    return crossings


def _its_in_is_ours(line: Line, size: tuple[int, int]) -> bool:
    """Return whether IN of ObjectCounter is IN of the line.

    It is to the right for a line that is higher than wide, else downwards; ours is the right-hand side of a→b.
    """
    height, width = size
    dx, dy = (line.bx - line.ax) * width, (line.by - line.ay) * height
    return dy < 0 if abs(dx) < abs(dy) else dx > 0
