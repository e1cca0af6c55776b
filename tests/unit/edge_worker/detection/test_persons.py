from __future__ import annotations

import numpy as np
import pytest

from edge_worker.detection.letterbox import Letterbox
from edge_worker.detection.persons import persons
from edge_worker.errors import ModelError

BOX = Letterbox.between((480, 640), (480, 640))


def nms_free(*rows: tuple[float, ...]) -> np.ndarray:
    output = np.zeros((1, 300, 6), np.float32)
    output[0, : len(rows)] = rows
    return output


def dense(*people: tuple[float, float, float, float, float, float]) -> np.ndarray:
    """cx, cy, w, h, score of person, score of bicycle."""
    output = np.zeros((1, 84, 2100), np.float32)
    for i, values in enumerate(people):
        output[0, :6, i] = values
    return output


def test_only_persons_are_answered() -> None:
    found = persons(nms_free((10, 10, 50, 90, 0.9, 0), (100, 10, 150, 90, 0.9, 2)), BOX)
    assert found.boxes.tolist() == [[10, 10, 50, 90]]


def test_what_is_hardly_likely_is_left_out() -> None:
    assert len(persons(nms_free((10, 10, 50, 90, 0.01, 0)), BOX)) == 0


def test_boxes_in_shares_of_the_input_are_understood() -> None:
    found = persons(nms_free((0.25, 0.25, 0.5, 0.75, 0.9, 0)), BOX)
    assert found.boxes[0] == pytest.approx([160, 120, 320, 360])


def test_a_dense_head_answers_once_for_one_person() -> None:
    found = persons(dense((100, 100, 40, 80, 0.8, 0), (102, 101, 40, 80, 0.7, 0), (300, 100, 40, 80, 0.6, 0)), BOX)
    assert sorted(box[0] for box in found.boxes.tolist()) == [80, 280]


def test_a_dense_head_that_sees_a_bicycle_sees_no_person() -> None:
    assert len(persons(dense((100, 100, 40, 80, 0.4, 0.8)), BOX)) == 0


def test_boxes_without_extent_are_dropped() -> None:
    assert len(persons(nms_free((700, 10, 760, 90, 0.9, 0)), BOX)) == 0


def test_what_is_no_detector_is_refused() -> None:
    with pytest.raises(ModelError, match="no YOLO detector"):
        persons(np.zeros((1, 1000), np.float32), BOX)
