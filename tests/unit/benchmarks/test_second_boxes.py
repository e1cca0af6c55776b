"""A second box beside somebody who crosses, as a sign of a second person."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from benchmarks.second_boxes import Rule, wrong_counts
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Direction
from edge_worker.detection.detector import Detections
from edge_worker.evaluation.ground_truth import GroundTruth, LabelledCrossing
from edge_worker.evaluation.recorded_detections import ClipDetections, FrameDetections
from edge_worker.tracking.byte_track import Track

PERSON = Track(1, (300.0, 100.0, 340.0, 200.0), 0.9)
Box = tuple[float, float, float, float, float]


def found(*boxes: Box) -> Detections:
    values = np.array(boxes, np.float32).reshape(-1, 5)
    return Detections(values[:, :4], values[:, 4])


def walk(second_in: range, shift: float = 15.0) -> ClipDetections:
    """Return 40 frames, 0.1 s apart, of somebody who crosses x = 400, with a low second box in some of them."""
    frames = []
    for n in range(40):
        x = 240.0 + 8 * n
        boxes: list[Box] = [(x, 100, x + 40, 200, 0.9)]
        if n in second_in:
            boxes.append((x + shift, 100, x + shift + 40, 200, 0.08))
        frames.append(FrameDetections(n, n / 10, found(*boxes)))
    return ClipDetections((400, 800), tuple(frames))


def labels(count: int) -> GroundTruth:
    """Return so many crossings at the time at which the centre is at x = 400."""
    crossings = (LabelledCrossing(1.75, Direction.OUT),) * count
    return GroundTruth("walk.avi", Line(0.5, 0.0, 0.5, 1.0), Anchor.CENTER, 1.0, crossings)


def test_a_second_box_overlaps_the_person_and_belongs_to_no_track() -> None:
    rule = Rule()
    beside: Box = (315, 100, 355, 200, 0.08)
    own: Box = (300, 100, 340, 200, 0.9)
    assert rule.has_second_box(PERSON, [PERSON], found(own, beside))
    other = Track(2, (315.0, 100.0, 355.0, 200.0), 0.9)
    assert not rule.has_second_box(PERSON, [PERSON, other], found(own, beside))
    for box in (
        (360, 100, 400, 200, 0.9),
        (302, 100, 342, 200, 0.9),
        (305, 100, 335, 150, 0.9),
        (315, 100, 355, 200, 0.01),
    ):
        assert not rule.has_second_box(PERSON, [PERSON], found(own, box)), box
    assert not rule.has_second_box(PERSON, [PERSON], found())


def test_a_box_in_most_pictures_around_the_crossing_makes_it_two() -> None:
    # 21 pictures are within 1 s of the crossing; a share of 0.35 is 8 of them.
    assert wrong_counts(walk(range(14, 24)), labels(2), Rule())[0] == (1, 0)
    assert wrong_counts(walk(range(14, 24)), labels(1), Rule())[0] == (0, 1)


def test_a_box_in_few_pictures_does_not() -> None:
    assert wrong_counts(walk(range(14, 20)), labels(1), Rule())[0] == (0, 0)
    assert wrong_counts(walk(range(30, 40)), labels(1), Rule())[0] == (0, 0)


def test_nobody_is_added_to_two_who_have_a_track_each() -> None:
    two = walk(range(14, 24))
    frames = []
    for frame in two.frames:
        x = float(frame.detections.boxes[0, 0])
        boxes = np.concatenate([frame.detections.boxes, np.array([[x + 45, 100, x + 85, 200]], np.float32)])
        scores = np.append(frame.detections.scores, np.float32(0.9))
        frames.append(replace(frame, detections=Detections(boxes, scores)))
    seen = replace(two, frames=tuple(frames))
    assert wrong_counts(seen, labels(2), Rule())[0] == (0, 0)
    assert wrong_counts(seen, labels(2), Rule(beside=None))[0][1] > 0
