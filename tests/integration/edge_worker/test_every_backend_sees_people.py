"""Every engine that is installed, with the real weights, on the picture of which one knows who is in it."""

from __future__ import annotations

import pytest

from edge_worker.detection.detector import Backend
from edge_worker.detection.selection import choose_detector, is_installed, open_detector
from edge_worker.weights.reference_image import check_people, reference_image, reference_image_path
from tests.assets import models_folder


@pytest.fixture(autouse=True)
def _weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))


@pytest.mark.parametrize(
    "backend",
    [
        pytest.param(backend, marks=[pytest.mark.slow] if backend is Backend.TORCH else [])
        for backend in Backend
        if backend not in {Backend.AUTO, Backend.MOTION}  # the motion backend sees nobody in a single picture
    ],
)
def test_a_backend_finds_the_three_people(backend: Backend) -> None:
    if not is_installed(backend):
        pytest.skip(f"{backend} is not installed")
    if reference_image_path() is None:
        pytest.skip("the picture comes with ultralytics, which is not installed")
    picture = reference_image()
    detector = open_detector(choose_detector(None, backend), (picture.shape[0], picture.shape[1]))
    check_people(detector, picture)
    assert detector.precision in {"f32", "f16", "bf16", "int8"}
