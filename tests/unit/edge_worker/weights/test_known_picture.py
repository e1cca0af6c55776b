"""What the known picture says of an export, with detectors that answer what they are told."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from edge_worker.detection.detections import Detections, Floats
from edge_worker.detection.port import Backend
from edge_worker.errors import ModelError
from edge_worker.video.frame import Image
from edge_worker.weights.known_picture import PEOPLE, compare, sees_people

PICTURE = np.zeros((1080, 810, 3), np.uint8)
BOXES = PEOPLE.astype(np.float32)
SURE = np.array([0.92, 0.91, 0.88], np.float32)


@dataclass(frozen=True)
class Answering:
    """A detector that sees these boxes in any picture."""

    boxes: Floats
    scores: Floats
    backend: Backend = Backend.ONNX
    model: str = "yolo26n"
    input_size: tuple[int, int] = (640, 480)
    workers: int = 1
    precision: str = "f32"

    def detect(self, image: Image) -> Detections:  # noqa: ARG002 - whatever it is shown
        return Detections(self.boxes, self.scores)


ORIGINAL = Answering(BOXES, SURE)


def test_an_export_that_sees_the_same_is_described() -> None:
    moved = Answering(BOXES + np.float32(1), SURE - np.float32(0.02))
    report = compare(ORIGINAL, moved, PICTURE)
    assert report["people"] == 3
    assert 0.95 < float(str(report["least_overlap"])) < 1
    assert report["largest_score_difference"] == pytest.approx(0.02)


@pytest.mark.parametrize(
    ("exported", "complaint"),
    [
        (Answering(BOXES[:0], SURE[:0]), "sees nobody"),
        (Answering(BOXES[:2], SURE[:2]), "least overlap 0.0"),
        (Answering(BOXES * np.float32(0.9), SURE), "differs from the original"),
        (Answering(BOXES, SURE - np.float32(0.2)), "difference in confidence 0.20"),
    ],
)
def test_an_export_that_sees_something_else_is_refused(exported: Answering, complaint: str) -> None:
    with pytest.raises(ModelError, match=complaint):
        compare(ORIGINAL, exported, PICTURE)


def test_weights_that_know_no_people_are_refused() -> None:
    with pytest.raises(ModelError, match="sure of nobody"):
        compare(Answering(BOXES, SURE - np.float32(0.6)), ORIGINAL, PICTURE)


def test_three_people_are_seen_even_with_rougher_boxes() -> None:
    sees_people(Answering(BOXES + np.float32(8), SURE), PICTURE)


@pytest.mark.parametrize(
    ("boxes", "scores", "seen"),
    [
        (BOXES[:2], SURE[:2], 2),
        (BOXES, np.array([0.92, 0.91, 0.3], np.float32), 2),
        (BOXES[:0], SURE[:0], 0),
    ],
)
def test_a_model_that_overlooks_somebody_is_called_damaged(boxes: Floats, scores: Floats, seen: int) -> None:
    with pytest.raises(ModelError, match=f"finds {seen} of 3 people"):
        sees_people(Answering(boxes, scores), PICTURE)
