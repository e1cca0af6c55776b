"""Pairs of different people, how large the model sees them, and whether it finds both."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.other_companions import Cutout, paste
from benchmarks.pair_looks import BothFound, both_found, height_at_line, looks, people_at_line, together, wrong_counts
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Direction
from edge_worker.detection.detector import Detections
from edge_worker.evaluation.ground_truth import GroundTruth, LabelledCrossing
from edge_worker.evaluation.recorded_detections import ClipDetections, FrameDetections
from edge_worker.line_region.region import Region

SIZE = (400, 800)
UPRIGHT = Line(0.5, 0.0, 0.5, 1.0)


def seen(*frames: list[tuple[float, float, float, float, float]]) -> ClipDetections:
    """Return frames, 0.1 s apart, of boxes (x1, y1, x2, y2, score)."""
    found = []
    for index, boxes in enumerate(frames):
        values = np.array(boxes, np.float32).reshape(-1, 5)
        found.append(FrameDetections(index, index / 10, Detections(values[:, :4], values[:, 4])))
    return ClipDetections(SIZE, tuple(found))


def walker(frames: int) -> ClipDetections:
    """Return a person of 100 pixels who walks 10 pixels to the right per frame, from 300 on."""
    return seen(*([(300.0 + 10 * n, 100.0, 340.0 + 10 * n, 200.0, 0.9)] for n in range(frames)))


def test_a_companion_is_drawn_only_where_the_picture_is_free() -> None:
    picture = np.zeros((2, 3, 3), np.float32)
    free = np.array([[1, 0, 1], [1, 1, 1]], np.float32)
    person = Cutout(np.full((2, 2, 3), 200, np.uint8), np.array([[1, 1], [1, 0.5]], np.float32))
    paste(picture, free, person, 0, 0)
    assert picture[..., 0].tolist() == [[200, 0, 0], [200, 100, 0]]


def test_the_part_of_a_companion_outside_of_the_picture_is_left_out() -> None:
    picture = np.zeros((2, 3, 3), np.float32)
    person = Cutout(np.full((2, 2, 3), 200, np.uint8), np.ones((2, 2), np.float32))
    paste(picture, np.ones((2, 3), np.float32), person, 2, -1)
    assert picture[..., 0].tolist() == [[0, 0, 200], [0, 0, 0]]
    paste(picture, np.ones((2, 3), np.float32), person, 3, 0)
    assert picture[..., 0].tolist() == [[0, 0, 200], [0, 0, 0]]


def test_a_companion_is_scaled_with_their_mask() -> None:
    person = Cutout(np.zeros((10, 4, 3), np.uint8), np.ones((10, 4), np.float32)).of_height(20)
    assert person.image.shape == (20, 8, 3)
    assert person.alpha.shape == (20, 8)


def test_a_look_is_a_part_of_the_picture_and_the_size_of_the_input() -> None:
    # 150 pixels on either side of a line of the height of the picture, so 400 x 300 of 800 x 400. The input for the
    # whole picture has 640 x 320 pixels, so the region may be enlarged by sqrt(640 * 320 / (400 * 300)) = 1.31. An
    # input of 512 pixels is the largest multiple of 32 within that.
    found = looks(UPRIGHT, SIZE, 100.0)
    assert found == {
        "whole picture, 320": Region(0, 0, 800, 400, 320),
        "whole picture, 640": Region(0, 0, 800, 400, 640),
        "whole picture, 1280": Region(0, 0, 800, 400, 1280),
        "region, people of 96": Region(250, 0, 550, 400, 384),
        "region, people of 128": Region(250, 0, 550, 400, 512),
        "region, people of 200": Region(250, 0, 550, 400, 800),
    }


def test_of_two_looks_the_better_box_of_each_person_is_kept() -> None:
    whole = seen([(0, 0, 40, 100, 0.6)], [])
    region = seen([(0, 5, 40, 100, 0.8), (100, 0, 140, 100, 0.4)], [(0, 0, 40, 100, 0.5)])
    first, second = together(whole, region).frames
    assert first.detections.boxes.tolist() == [[0, 5, 40, 100], [100, 0, 140, 100]]
    assert first.detections.scores.tolist() == pytest.approx([0.8, 0.4])
    assert second.detections.scores.tolist() == pytest.approx([0.5])


def test_both_are_found_if_each_has_a_box_of_their_own() -> None:
    # The companion is 30 pixels to the right. Boxes 40 pixels wide that are 30 apart have an IoU of 1 / 7.
    people = {index: np.array([[100.0, 0, 140, 100]]) for index in (0, 2, 4, 6)}
    detections = seen(
        [(100, 0, 140, 100, 0.9), (130, 0, 170, 100, 0.3)],
        [(100, 0, 140, 100, 0.9), (130, 0, 170, 100, 0.1)],
        [(100, 0, 140, 100, 0.9), (102, 0, 142, 100, 0.9)],
        [(100, 0, 140, 100, 0.9)],
        [(100, 0, 140, 100, 0.9)],
    )
    assert both_found(detections, people, (30, 0), 2) == BothFound(pairs=4, sure=1, low=1)


def test_people_near_the_line_are_the_pairs_that_are_looked_for() -> None:
    # The track is known from the second frame on, with its centre at 330. The line is at 400.
    people = people_at_line(walker(30), UPRIGHT, Anchor.CENTER)
    assert [len(people[index]) for index in (0, 1, 18, 19)] == [0, 1, 1, 0]
    assert height_at_line(walker(30), UPRIGHT, Anchor.CENTER) == 100


def test_the_mean_is_that_of_all_phases() -> None:
    left = LabelledCrossing(0.8, Direction.OUT)
    truth = GroundTruth(
        clip="walker.avi", line=Line(0.5, 1.0, 0.5, 0.0), anchor=Anchor.CENTER, tolerance_s=1.0, crossings=(left,)
    )
    right = LabelledCrossing(0.8, Direction.IN)
    counted = {
        direction: wrong_counts(walker(30), _with(truth, one)) for direction, one in (("IN", right), ("OUT", left))
    }
    # The walker is in one direction at all rates: right for one label, missed and extra for the other.
    assert sorted(counted.values()) == [[(0, 0.0)] * 3, [(2, 2.0)] * 3]


def _with(truth: GroundTruth, crossing: LabelledCrossing) -> GroundTruth:
    return GroundTruth(truth.clip, truth.line, truth.anchor, truth.tolerance_s, (crossing,))
