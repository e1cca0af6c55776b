from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from edge_worker.cli import main
from edge_worker.commands.bench import models_to_measure
from edge_worker.detection import selection
from edge_worker.detection.detector import Backend
from edge_worker.detection.device import Device
from edge_worker.detection.fastest_model import ModelRun
from edge_worker.detection.selection import choose_detector
from edge_worker.weights.int8 import find_int8, refusal, write_report

BEFORE = [0, 1, 2]


@pytest.mark.parametrize("wrong", [[0, 1, 2], [0, 0, 0]])
def test_a_quantised_model_that_counts_as_well_is_accepted(wrong: list[int]) -> None:
    assert refusal(BEFORE, wrong) is None


@pytest.mark.parametrize("wrong", [[1, 0, 0], [0, 2, 0], [0, 0, 3]])
def test_one_crossing_more_that_is_wrong_at_any_rate_refuses_it(wrong: list[int]) -> None:
    reason = refusal(BEFORE, wrong)
    assert reason is not None
    assert f"it counts {', '.join(map(str, wrong))} crossings wrong" in reason


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only models folder, with a model in 32 bits."""
    monkeypatch.setattr("edge_worker.weights.lookup.model_folders", lambda _: [tmp_path])
    monkeypatch.setenv("METRICA_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(selection, "import_problem", lambda _: None)
    (tmp_path / "yolo26n.xml").touch()
    return tmp_path


def quantised(folder: Path) -> Path:
    """A model with 8 bits that has passed."""
    model = folder / "yolo26n_int8_openvino_model" / "yolo26n_int8.xml"
    model.parent.mkdir()
    model.write_text("graph")
    model.with_suffix(".bin").write_text("weights")
    write_report(model, BEFORE, [0, 0, 0], {})
    return model


@pytest.mark.parametrize("fastest", [0, 1])
def test_auto_takes_the_fastest_precision_that_has_passed(
    folder: Path, monkeypatch: pytest.MonkeyPatch, fastest: int
) -> None:
    model = quantised(folder)
    asked: list[tuple[Sequence[Path], Device]] = []

    def fastest_run(models: Sequence[Path], device: Device) -> ModelRun:
        asked.append((models, device))
        return ModelRun(models[fastest % len(models)], use_amx=False)

    monkeypatch.setattr(selection, "fastest_run", fastest_run)
    assert choose_detector(backend=Backend.OPENVINO).path == (folder / "yolo26n.xml", model)[fastest]
    assert choose_detector(backend=Backend.OPENVINO, device=Device.GPU).path == (folder / "yolo26n.xml", model)[fastest]
    assert asked == [([folder / "yolo26n.xml", model], device) for device in (Device.AUTO, Device.GPU)]
    assert choose_detector(str(model), Backend.OPENVINO).path == model
    assert asked[2:] == [([model], Device.AUTO)], "what is named is not compared with other files"
    assert not choose_detector(backend=Backend.OPENVINO).use_amx


def test_without_the_original_the_quantised_model_is_taken(folder: Path) -> None:
    model = quantised(folder)
    (folder / "yolo26n.xml").unlink()
    assert choose_detector(backend=Backend.OPENVINO).path == model


def test_a_quantised_model_without_a_report_or_with_other_files_is_not_taken(folder: Path) -> None:
    model = quantised(folder)
    model.with_suffix(".bin").write_text("other weights")
    assert find_int8(None) is None
    assert choose_detector(backend=Backend.OPENVINO).path == folder / "yolo26n.xml"
    model.with_name("int8.json").unlink()
    assert find_int8(None) is None


def test_another_class_than_person_is_not_counted_with_8_bits(folder: Path) -> None:
    quantised(folder)
    assert choose_detector("yolo26n#bus", Backend.OPENVINO).path == folder / "yolo26n.xml"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--int8"], "--int8 needs --calibrate with a clip or a camera, and --check with a labelled clip"),
        (["--int8", "--calibrate", "a.mp4"], "--int8 needs --calibrate"),
        (["--calibrate", "a.mp4"], "--calibrate and --check belong to --int8"),
        (["--model", "yolo26n#bus", "--int8", "--calibrate", "a.mp4", "--check", "b.mp4"], "leave out #bus"),
        (["--int8", "--backend", "onnx", "--calibrate", "a.mp4", "--check", "b.mp4"], "leave out --backend"),
    ],
)
def test_options_that_are_missing_are_named(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", *arguments]) == 2
    assert said in capsys.readouterr().err


def test_the_benchmark_measures_the_model_with_and_without_8_bits(folder: Path) -> None:
    model = quantised(folder)
    assert models_to_measure(Backend.OPENVINO, None) == [str(folder / "yolo26n.xml"), str(model)]
    assert models_to_measure(Backend.ONNX, None) == [""]
    (folder / "yolo11n.xml").touch()
    assert models_to_measure(Backend.OPENVINO, "yolo11n") == ["yolo11n"]
