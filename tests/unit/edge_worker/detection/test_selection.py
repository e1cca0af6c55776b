from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.detection import selection
from edge_worker.detection.detector import Backend
from edge_worker.detection.selection import choose_detector, parse_backend
from edge_worker.errors import BackendError, ModelError, UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only models folder; it is empty."""
    monkeypatch.setattr("edge_worker.weights.lookup.model_folders", lambda _: [tmp_path])
    monkeypatch.setenv("METRICA_CACHE", str(tmp_path / "cache"))
    return tmp_path


def only(monkeypatch: pytest.MonkeyPatch, *backends: Backend) -> None:
    monkeypatch.setattr(selection, "is_installed", lambda backend: backend in backends)


def test_an_unknown_backend_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="openvino, onnx, litert, torch, motion"):
        parse_backend("tensorrt")


def test_a_named_backend_that_is_not_installed_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "yolo26n.tflite").touch()
    only(monkeypatch, Backend.LITERT)
    with pytest.raises(BackendError, match=r"metrica\[onnx\]"):
        choose_detector(backend=Backend.ONNX)


def test_auto_takes_the_fastest_that_is_installed_and_has_a_model(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "yolo26n.onnx").touch()
    (folder / "yolo26n_int8.tflite").touch()
    only(monkeypatch, Backend.LITERT, Backend.ONNX)
    assert choose_detector().backend is Backend.LITERT
    only(monkeypatch, Backend.ONNX)
    assert choose_detector().backend is Backend.ONNX


def test_the_motion_backend_needs_no_model_and_is_never_chosen_by_auto(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = choose_detector(backend=Backend.MOTION)
    assert (choice.backend, choice.model) == (Backend.MOTION, "motion")
    only(monkeypatch, Backend.MOTION)
    with pytest.raises(BackendError, match="no inference backend is installed"):
        choose_detector()


def test_a_backend_without_a_model_is_an_error_even_if_another_has_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "yolo26n.onnx").touch()
    only(monkeypatch, Backend.LITERT, Backend.ONNX)
    with pytest.raises(ModelError, match=r"litert needs a \.tflite"):
        choose_detector(backend=Backend.LITERT)


def test_a_missing_model_is_an_error_that_names_the_searched_folders(folder: Path) -> None:
    with pytest.raises(ModelError, match=str(folder)):
        choose_detector("yolo99z")


def test_a_path_without_a_model_is_an_error(folder: Path) -> None:
    with pytest.raises(ModelError, match="no model file at"):
        choose_detector(str(folder / "gone.onnx"))
