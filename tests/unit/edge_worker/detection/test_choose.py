from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.detection import choose as choosing
from edge_worker.detection.choose import choose, named_backend
from edge_worker.detection.port import Backend
from edge_worker.errors import BackendError, ModelError, UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder with models; nothing is in it."""
    monkeypatch.setattr("edge_worker.weights.lookup.model_folders", lambda _: [tmp_path])
    monkeypatch.setenv("METRICA_CACHE", str(tmp_path / "cache"))
    return tmp_path


def only(monkeypatch: pytest.MonkeyPatch, *engines: Backend) -> None:
    monkeypatch.setattr(choosing, "installed", lambda engine: engine in engines)


def test_an_unknown_engine_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match="openvino, onnx, litert, torch"):
        named_backend("tensorrt")


def test_an_engine_that_was_asked_for_and_is_not_installed_is_an_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "yolo26n.tflite").touch()
    only(monkeypatch, Backend.LITERT)
    with pytest.raises(BackendError, match=r"metrica\[onnx\]"):
        choose(backend=Backend.ONNX)


def test_auto_takes_the_fastest_that_is_installed_and_has_a_model(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "yolo26n.onnx").touch()
    (folder / "yolo26n_int8.tflite").touch()
    only(monkeypatch, Backend.LITERT, Backend.ONNX)
    assert choose().backend is Backend.LITERT
    only(monkeypatch, Backend.ONNX)
    assert choose().backend is Backend.ONNX


def test_an_engine_without_a_model_for_it_is_an_error_even_if_another_has_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "yolo26n.onnx").touch()
    only(monkeypatch, Backend.LITERT, Backend.ONNX)
    with pytest.raises(ModelError, match=r"litert wants a \.tflite"):
        choose(backend=Backend.LITERT)


def test_a_model_that_is_nowhere_is_an_error_that_says_where_it_was_looked_for(folder: Path) -> None:
    with pytest.raises(ModelError, match=str(folder)):
        choose("yolo99z")


def test_a_path_without_a_model_is_an_error(folder: Path) -> None:
    with pytest.raises(ModelError, match="there is no model at"):
        choose(str(folder / "gone.onnx"))
