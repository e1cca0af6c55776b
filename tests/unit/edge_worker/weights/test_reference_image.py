"""The checks on the reference image, with detectors that return fixed detections."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from edge_worker.detection.detector import Backend, Detections, Floats, LocalDetector
from edge_worker.errors import ModelError
from edge_worker.video.frame import Image
from edge_worker.weights.reference_image import PEOPLE, check_export, check_people

IMAGE = np.zeros((1080, 810, 3), np.uint8)
BOXES = PEOPLE.astype(np.float32)
SCORES = np.array([0.92, 0.91, 0.88], np.float32)


@dataclass(frozen=True)
class FixedDetector(LocalDetector):
    """A detector that returns these boxes for any image."""

    boxes: Floats
    scores: Floats
    backend: Backend = Backend.ONNX
    model: str = "yolo26n"
    input_size: tuple[int, int] = (640, 480)
    workers: int = 1
    precision: str = "f32"
    device: str = "cpu"

    def detect(self, image: Image) -> Detections:  # noqa: ARG002 - the interface of a detector
        return Detections(self.boxes, self.scores)


ORIGINAL = FixedDetector(BOXES, SCORES)


def test_an_export_with_the_same_detections_is_reported() -> None:
    moved = FixedDetector(BOXES + np.float32(1), SCORES - np.float32(0.02))
    report = check_export(ORIGINAL, moved, IMAGE)
    assert report["people"] == 3
    assert 0.95 < float(str(report["least_overlap"])) < 1
    assert report["largest_score_difference"] == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("exported", "message"),
    [
        (FixedDetector(BOXES[:0], SCORES[:0]), "finds nobody"),
        (FixedDetector(BOXES[:2], SCORES[:2]), "least overlap 0.0"),
        (FixedDetector(BOXES * np.float32(0.9), SCORES), "differs from the original"),
        (FixedDetector(BOXES, SCORES - np.float32(0.2)), "difference in confidence 0.20"),
    ],
)
def test_an_export_with_other_detections_is_refused(exported: FixedDetector, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        check_export(ORIGINAL, exported, IMAGE)


def test_weights_that_detect_no_people_are_refused() -> None:
    with pytest.raises(ModelError, match="finds nobody on the reference image: it is not a model for people"):
        check_export(FixedDetector(BOXES, SCORES - np.float32(0.6)), ORIGINAL, IMAGE)


def test_three_people_are_found_with_less_exact_boxes() -> None:
    check_people(FixedDetector(BOXES + np.float32(8), SCORES), IMAGE)


@pytest.mark.parametrize(
    ("boxes", "scores", "count"),
    [
        (BOXES[:2], SCORES[:2], 2),
        (BOXES, np.array([0.92, 0.91, 0.3], np.float32), 2),
        (BOXES[:0], SCORES[:0], 0),
    ],
)
def test_a_model_that_misses_a_person_is_reported_as_damaged(boxes: Floats, scores: Floats, count: int) -> None:
    with pytest.raises(ModelError, match=f"finds {count} of 3 people"):
        check_people(FixedDetector(boxes, scores), IMAGE)
