"""Every engine that is installed, with the real weights, on the picture of which one knows what is in it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from edge_worker.detection.detector import Backend
from edge_worker.detection.device import Device
from edge_worker.detection.selection import choose_detector, is_installed, open_detector
from edge_worker.errors import ModelError
from edge_worker.tracking.association import iou_matrix
from edge_worker.weights.reference_image import check_people, reference_image, reference_image_path
from edge_worker.weights.verification import restrict_unpickling
from tests.assets import models_folder


@pytest.fixture(autouse=True)
def _weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))


BACKENDS = [
    pytest.param(backend, marks=[pytest.mark.slow] if backend is Backend.TORCH else [])
    for backend in Backend
    if backend not in {Backend.AUTO, Backend.MOTION}  # the motion backend sees nobody in a single picture
]
BUS = np.array([[15, 230, 805, 755]], np.float64)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_backend_finds_the_three_people(backend: Backend) -> None:
    if not is_installed(backend):
        pytest.skip(f"{backend} is not installed")
    if reference_image_path() is None:
        pytest.skip("the picture comes with ultralytics, which is not installed")
    picture = reference_image()
    detector = open_detector(choose_detector(None, backend), (picture.shape[0], picture.shape[1]))
    check_people(detector, picture)
    assert detector.precision in {"f32", "f16", "bf16", "int8"}


def test_a_frame_waits_in_the_queue_of_openvino_and_opencv_leaves_the_cores_to_the_model() -> None:
    if not is_installed(Backend.OPENVINO):
        pytest.skip("openvino is not installed")
    cv2.setNumThreads(4)
    one_stream = open_detector(choose_detector(None, Backend.OPENVINO, Device.CPU), (480, 640), threads=1)
    assert one_stream.workers == 2
    assert cv2.getNumThreads() == 1


@pytest.mark.slow  # it exports a model
def test_weights_without_people_are_exported_for_the_class_that_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch = pytest.importorskip("torch")
    monkeypatch.setenv("METRICA_CACHE", str(tmp_path / "cache"))
    restrict_unpickling()
    checkpoint = torch.load(models_folder() / "yolo26n.pt", map_location="cpu", weights_only=False)
    checkpoint["model"].names = {number: f"thing {number}" for number in range(80)} | {5: "big thing"}
    heads = tmp_path / "things.pt"
    torch.save(checkpoint, heads)
    picture = reference_image()
    with pytest.raises(ModelError, match="things has no class 'person', but thing 0, thing 1"):
        choose_detector(str(heads), Backend.OPENVINO)
    choice = choose_detector(f"{heads}#big thing", Backend.OPENVINO)
    found = open_detector(choice, (picture.shape[0], picture.shape[1])).detect(picture)
    assert iou_matrix(BUS, found.boxes[found.scores >= 0.5].astype(np.float64)).max() > 0.9


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_backend_finds_the_class_that_is_named_after_the_model(backend: Backend) -> None:
    if not is_installed(backend):
        pytest.skip(f"{backend} is not installed")
    if reference_image_path() is None:
        pytest.skip("the picture comes with ultralytics, which is not installed")
    picture = reference_image()
    size = (picture.shape[0], picture.shape[1])
    found = open_detector(choose_detector("yolo26n#bus", backend), size).detect(picture)
    (bus,) = found.boxes[found.scores >= 0.5]
    assert iou_matrix(BUS, bus[None].astype(np.float64))[0, 0] > 0.9
    with pytest.raises(ModelError, match="yolo26n has no class 'head', but person, bicycle"):
        open_detector(choose_detector("yolo26n#head", backend), size)


@pytest.mark.parametrize("backend", [Backend.OPENVINO, Backend.ONNX])
def test_an_export_has_the_class_that_is_counted_alone(backend: Backend) -> None:
    person, bus = (choose_detector(name, backend).path for name in ("yolo26n", "yolo26n#bus"))
    assert person.parent != bus.parent
    open_detector(choose_detector(f"{person}#person", backend), (480, 640))
    with pytest.raises(ModelError, match="yolo26n has no class 'bus', but person: name the one to count"):
        open_detector(choose_detector(f"{person}#bus", backend), (480, 640))
