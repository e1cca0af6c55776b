"""The truth of lines that nobody has labelled: what two of three ways to follow people agree about."""

from __future__ import annotations

from math import atan2, degrees

import numpy as np
import pytest

from benchmarks.disturbed_clips import mirrored_back, with_box_noise
from benchmarks.moved_lines import agreed, moved_lines, score_against_agreed
from edge_worker.counting.line import Line
from edge_worker.crossing import Crossing, Direction
from edge_worker.detection.detector import Detections
from edge_worker.evaluation.ground_truth import LabelledCrossing
from edge_worker.evaluation.recorded_detections import ClipDetections, FrameDetections

IN, OUT = Direction.IN, Direction.OUT
SIZE = (200, 400)


def way(*crossings: tuple[float, Direction]) -> list[Crossing]:
    return [Crossing(t, round(10 * t), direction, n, n) for n, (t, direction) in enumerate(crossings, 1)]


def test_a_line_is_moved_to_either_side_and_turned_either_way() -> None:
    moved = moved_lines("door", Line(0.25, 0.5, 0.75, 0.5), SIZE)
    assert [one.name for one in moved] == ["door +5 %", "door -5 %", "door +10°", "door -10°"]
    assert moved[0].line.points == pytest.approx((0.25, 0.55, 0.75, 0.55))
    assert moved[1].line.points == pytest.approx((0.25, 0.45, 0.75, 0.45))
    for one, angle in ((moved[2], 10.0), (moved[3], -10.0)):
        ax, ay, bx, by = one.line.in_pixels(SIZE[1], SIZE[0])
        assert degrees(atan2(by - ay, bx - ax)) == pytest.approx(angle)
        assert ((ax + bx) / 2, (ay + by) / 2) == pytest.approx((200, 100))


def test_a_line_that_leaves_the_picture_is_cut_to_it() -> None:
    for one in moved_lines("wall", Line(0.02, 0.0, 0.02, 1.0), SIZE):
        assert all(0 <= value <= 1 for value in one.line.points), one
        ax, ay, bx, by = one.line.in_pixels(SIZE[1], SIZE[0])
        angle = degrees(atan2(by - ay, bx - ax))
        assert min(abs(angle - expected) for expected in (80, 90, 100)) < 1e-6
    moved = moved_lines("wall", Line(0.2, 0.0, 0.2, 1.0), SIZE)
    assert moved[0].line.points == pytest.approx((0.15, 0.0, 0.15, 1.0))


def test_two_of_three_make_a_crossing_true_and_one_makes_it_doubtful() -> None:
    true, doubtful = agreed([way((1.0, IN), (5.0, OUT)), way((1.4, IN), (9.0, IN)), way((1.2, IN), (9.2, IN))])
    assert [one.direction for one in true] == [IN, IN]
    assert [one.t for one in true] == pytest.approx([1.2, 9.1])
    assert [(one.t, one.direction) for one in doubtful] == [(5.0, OUT)]


def test_two_people_at_the_same_time_are_two_crossings() -> None:
    true, doubtful = agreed([way((1.0, IN), (1.0, IN)), way((1.0, IN), (1.0, IN))])
    assert len(true) == 2
    assert doubtful == []


def test_one_who_is_counted_twice_in_one_way_is_not_two_votes() -> None:
    true, doubtful = agreed([way((1.0, IN), (1.2, IN)), way((1.0, IN))])
    assert len(true) == len(doubtful) == 1


def test_a_doubtful_crossing_is_neither_right_nor_wrong() -> None:
    true, doubtful = [LabelledCrossing(1.0, IN)], [LabelledCrossing(5.0, OUT)]
    both = score_against_agreed(way((1.1, IN), (5.2, OUT)), true, doubtful)
    assert (len(both.hits), both.missed, both.extra) == (1, (), ())
    neither = score_against_agreed(way((5.2, IN)), true, doubtful)
    assert (len(neither.hits), len(neither.missed), len(neither.extra)) == (0, 1, 1)


def detections(boxes: list[list[float]], frames: int = 1) -> ClipDetections:
    found = Detections(np.array(boxes, np.float32), np.full(len(boxes), 0.6, np.float32))
    return ClipDetections(SIZE, tuple(FrameDetections(n, n / 10, found) for n in range(frames)))


def test_boxes_of_a_mirrored_clip_are_mirrored_back() -> None:
    mirrored = mirrored_back(detections([[10, 20, 50, 120]]))
    assert mirrored.frames[0].detections.boxes.tolist() == [[350, 20, 390, 120]]
    assert mirrored_back(mirrored).frames[0].detections.boxes.tolist() == [[10, 20, 50, 120]]


def test_box_noise_drops_a_tenth_and_moves_the_edges_by_a_fiftieth_of_the_height() -> None:
    clip = detections([[100, 50, 140, 150]] * 4, frames=500)
    noisy = with_box_noise(clip)
    kept = np.concatenate([frame.detections.boxes for frame in noisy.frames])
    assert len(kept) / 2000 == pytest.approx(0.9, abs=0.02)
    assert (kept - [100, 50, 140, 150]).std() == pytest.approx(2.0, abs=0.2)
    assert np.concatenate([frame.detections.scores for frame in noisy.frames]).std() == pytest.approx(0.05, abs=0.01)
    assert with_box_noise(clip).frames[0].detections.boxes.tolist() == noisy.frames[0].detections.boxes.tolist()
