from __future__ import annotations

import numpy as np
import pytest

from edge_worker.detection.postprocessing import detections_from_output
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.errors import ModelError

BOX = Letterbox.fit((480, 640), (480, 640))


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


def test_only_people_are_returned() -> None:
    found = detections_from_output(nms_free((10, 10, 50, 90, 0.9, 0), (100, 10, 150, 90, 0.9, 2)), BOX)
    assert found.boxes.tolist() == [[10, 10, 50, 90]]


def test_low_scores_are_dropped() -> None:
    assert len(detections_from_output(nms_free((10, 10, 50, 90, 0.01, 0)), BOX)) == 0


def test_boxes_in_fractions_of_the_input_are_converted() -> None:
    found = detections_from_output(nms_free((0.25, 0.25, 0.5, 0.75, 0.9, 0)), BOX)
    assert found.boxes[0] == pytest.approx([160, 120, 320, 360])


def test_a_dense_head_gives_one_box_per_person() -> None:
    found = detections_from_output(
        dense((100, 100, 40, 80, 0.8, 0), (102, 101, 40, 80, 0.7, 0), (300, 100, 40, 80, 0.6, 0)), BOX
    )
    assert sorted(box[0] for box in found.boxes.tolist()) == [80, 280]


def test_a_box_with_a_higher_score_for_another_class_is_no_person() -> None:
    assert len(detections_from_output(dense((100, 100, 40, 80, 0.4, 0.8)), BOX)) == 0


def test_boxes_without_area_are_dropped() -> None:
    assert len(detections_from_output(nms_free((700, 10, 760, 90, 0.9, 0)), BOX)) == 0


def test_an_output_of_another_shape_is_refused() -> None:
    with pytest.raises(ModelError, match="no YOLO detector"):
        detections_from_output(np.zeros((1, 1000), np.float32), BOX)
