"""Which class of a model is counted."""

from __future__ import annotations

import numpy as np
import pytest

from edge_worker.detection.class_names import class_index, parse_names, split_class
from edge_worker.detection.postprocessing import detections_from_output
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.errors import ModelError

COCO = ("person", "bicycle", "car")
LETTERBOX = Letterbox.fit((100, 100), (100, 100))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (None, (None, None)),
        ("yolo26n", ("yolo26n", None)),
        ("/models/heads.onnx", ("/models/heads.onnx", None)),
        ("/models/heads.onnx#head", ("/models/heads.onnx", "head")),
        ("/models/c#1/heads.pt#small head", ("/models/c#1/heads.pt", "small head")),
        ("#head", (None, "head")),
    ],
)
def test_a_class_is_named_after_the_model(given: str | None, expected: tuple[str | None, str | None]) -> None:
    assert split_class(given) == expected


@pytest.mark.parametrize("text", ["{1: 'car', 0: 'person'}", "['person', 'car']", "('person', 'car')"])
def test_names_are_read_in_the_order_of_their_numbers(text: str) -> None:
    assert parse_names(text) == ("person", "car")


@pytest.mark.parametrize("text", ["", "person car", "{0: open('x')}", "3"])
def test_a_text_without_names_has_none(text: str) -> None:
    assert parse_names(text) == ()


@pytest.mark.parametrize(
    ("names", "class_name", "index"),
    [
        (COCO, None, 0),
        (COCO, "car", 2),
        (("helmet", "head", "person"), None, 2),
        (("head",), None, 0),
        (("head",), "head", 0),
        (("person", "traffic_light"), "traffic light", 1),
        (("person", "traffic light"), "traffic_light", 1),
        ((), None, 0),
    ],
)
def test_a_person_is_counted_unless_another_class_is_named_or_the_only_one(
    names: tuple[str, ...], class_name: str | None, index: int
) -> None:
    assert class_index("heads", names, class_name) == index


@pytest.mark.parametrize(
    ("names", "class_name", "message"),
    [
        (COCO, "head", "heads has no class 'head', but person, bicycle, car: name the one"),
        (("helmet", "head"), None, "heads has no class 'person', but helmet, head: .*--model heads#helmet"),
        (("head",), "person", "heads has no class 'person', but head"),
        ((), "head", "the file of heads does not name its classes, so 'head' is not known"),
        (tuple(f"c{n}" for n in range(80)), "head", "c11, …: name"),
    ],
)
def test_a_class_that_the_model_does_not_have_is_refused(
    names: tuple[str, ...], class_name: str | None, message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        class_index("heads", names, class_name)


def test_only_boxes_of_the_class_are_found_in_the_output_of_an_nms_free_head() -> None:
    output = np.array([[[10, 10, 30, 50, 0.9, 0], [40, 10, 60, 50, 0.8, 1]]], np.float32)
    found = detections_from_output(output, LETTERBOX, class_index=1)
    assert found.boxes.tolist() == [[40, 10, 60, 50]]


def test_only_boxes_of_the_class_are_found_in_a_dense_output() -> None:
    output = np.array([[[20, 50], [30, 30], [20, 20], [40, 40], [0.9, 0.1], [0.2, 0.8]]], np.float32)
    found = detections_from_output(output, LETTERBOX, class_index=1)
    assert found.boxes.tolist() == [[40, 10, 60, 50]]
