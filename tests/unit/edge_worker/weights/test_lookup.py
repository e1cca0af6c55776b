from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.weights.lookup import cache_folder, find_weights, model_folders


def test_the_folder_of_the_environment_comes_first_then_models() -> None:
    folders = model_folders({"METRICA_MODELS": "/srv/weights"})
    assert folders[:2] == [Path("/srv/weights"), Path("models")]
    assert model_folders({})[0] == Path("models")


def test_the_first_folder_that_has_the_model_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for folder in ("models", "mine"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "yolo26n.pt").touch()
    assert find_weights(None, (".pt",), {}) == Path("models/yolo26n.pt")
    assert find_weights(None, (".pt",), {"METRICA_MODELS": str(tmp_path / "mine")}) == tmp_path / "mine" / "yolo26n.pt"


def test_a_quantised_variant_counts_as_the_model(tmp_path: Path) -> None:
    (tmp_path / "yolo26n_int8.tflite").touch()
    found = find_weights("yolo26n", (".tflite",), {"METRICA_MODELS": str(tmp_path)})
    assert found == tmp_path / "yolo26n_int8.tflite"


def test_a_path_is_taken_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "shop.onnx"
    file.touch()
    assert find_weights(str(file), (".onnx",), {}) == file
    assert find_weights(str(file), (".pt",), {}) is None


def test_the_folder_that_ultralytics_exports_can_be_named(tmp_path: Path) -> None:
    folder = tmp_path / "yolo26n_openvino_model"
    folder.mkdir()
    (folder / "yolo26n.xml").touch()
    assert find_weights(str(folder), (".xml",), {}) == folder / "yolo26n.xml"


def test_exports_are_kept_where_the_environment_says(tmp_path: Path) -> None:
    assert cache_folder({"METRICA_CACHE": str(tmp_path)}) == tmp_path / "models"
