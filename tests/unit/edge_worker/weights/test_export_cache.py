from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.weights.export_cache import EXPORT_PATHS, REPORT_FILE, cached_folder, find_export


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("METRICA_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "heads.pt"
    file.write_text("weights")
    return file


def test_each_class_has_an_export_of_its_own(weights: Path) -> None:
    assert cached_folder(weights, "onnx") == cached_folder(weights, "onnx", "person")
    names = [None, "bus", "cell phone", "cell_phone", "头", "手", "../bus", "a/b", "a\\b"]
    folders = [cached_folder(weights, "onnx", name) for name in names]
    assert len(set(folders)) == len(names)
    assert {folder.parent for folder in folders} == {cached_folder(weights, "onnx").parent}


def test_the_export_of_one_class_is_not_found_for_another(weights: Path) -> None:
    folder = cached_folder(weights, "onnx", "bus")
    folder.mkdir(parents=True)
    exported = folder / EXPORT_PATHS["onnx"].format(name="heads")
    exported.touch()
    assert find_export(weights, "onnx", "bus") is None, "the export has not been finished"
    (folder / REPORT_FILE).touch()
    assert find_export(weights, "onnx", "bus") == exported
    assert find_export(weights, "onnx") is None
    weights.write_text("other weights")
    assert find_export(weights, "onnx", "bus") is None
