"""Every engine that is installed, with the real weights, on the picture of which one knows who is in it."""

from __future__ import annotations

import pytest

from edge_worker.detection.choose import choose, installed, open_detector
from edge_worker.detection.port import Backend
from edge_worker.weights.known_picture import known_picture, known_picture_path, sees_people
from tests.assets import models_folder


@pytest.fixture(autouse=True)
def _weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))


@pytest.mark.parametrize("backend", [b for b in Backend if b is not Backend.AUTO])
def test_a_backend_finds_the_three_people(backend: Backend) -> None:
    if not installed(backend):
        pytest.skip(f"{backend} is not installed")
    if known_picture_path() is None:
        pytest.skip("the picture comes with ultralytics, which is not installed")
    picture = known_picture()
    detector = open_detector(choose(None, backend), (picture.shape[0], picture.shape[1]))
    sees_people(detector, picture)
    assert detector.precision in {"f32", "f16", "bf16", "int8"}
