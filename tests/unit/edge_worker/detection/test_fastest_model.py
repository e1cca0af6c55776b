from __future__ import annotations

import logging
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edge_worker.detection.device import Device
from edge_worker.detection.fastest_model import fastest_model

Answer = Callable[[], subprocess.CompletedProcess[str]]


def times(*milliseconds: float) -> Answer:
    return lambda: subprocess.CompletedProcess([], 0, stdout=f"a line of an engine\n{list(milliseconds)}\n", stderr="")


class Process:
    """Stands for the process that times the models.

    Attributes:
        answer: What the next process does.
        commands: The arguments of each process that was started.
    """

    def __init__(self) -> None:
        self.answer = times(25.0, 32.0)
        self.commands: list[list[str]] = []

    def run(self, command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        return self.answer()


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Process:
    process = Process()
    monkeypatch.setattr(subprocess, "run", process.run)
    monkeypatch.setenv("METRICA_CACHE", str(tmp_path / "cache"))
    return process


@pytest.fixture
def models(tmp_path: Path) -> list[Path]:
    """A model with floats and one with 8 bits."""
    found = [tmp_path / name for name in ("yolo26n.xml", "yolo26n_int8.xml")]
    for model in found:
        model.write_text("graph")
        model.with_suffix(".bin").write_text(f"weights of {model.name}")
    return found


@pytest.mark.parametrize(("answer", "fastest"), [(times(25.0, 32.0), 0), (times(43.0, 20.0), 1)])
def test_the_model_that_needs_less_time_is_taken_and_is_not_timed_again(
    process: Process, models: list[Path], answer: Answer, fastest: int
) -> None:
    process.answer = answer
    assert fastest_model(models, Device.AUTO) == models[fastest]
    process.answer = times(1.0, 1.0)
    assert fastest_model(models, Device.AUTO) == models[fastest]
    [command] = process.commands
    assert command[1:] == ["-m", "edge_worker.detection.model_times", "auto", *map(str, models)]


def test_other_weights_another_device_and_another_cpu_are_timed_again(
    process: Process, models: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fastest_model(models, Device.AUTO) == models[0]
    process.answer = times(43.0, 20.0)
    assert fastest_model(models, Device.CPU) == models[1]
    models[1].with_suffix(".bin").write_text("calibrated again")
    assert fastest_model(models, Device.AUTO) == models[1]
    process.answer = times(20.0, 43.0)
    monkeypatch.setattr("edge_worker.detection.fastest_model.cpu_features", lambda: "model name: another one")
    assert fastest_model(models, Device.AUTO) == models[0]
    assert len(process.commands) == 4


def too_late() -> subprocess.CompletedProcess[str]:
    raise subprocess.TimeoutExpired([], 120)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (lambda: subprocess.CompletedProcess([], 1, stdout="", stderr="first\nno gpu here\n"), "(no gpu here)"),
        (lambda: subprocess.CompletedProcess([], -9, stdout="", stderr=""), "(exit code -9)"),
        (too_late, "not timed within 120 s"),
    ],
)
def test_without_times_the_first_one_is_taken_and_the_next_start_tries_again(
    process: Process, models: list[Path], caplog: pytest.LogCaptureFixture, answer: Answer, reason: str
) -> None:
    process.answer = answer
    with caplog.at_level(logging.WARNING):
        assert fastest_model(models, Device.AUTO) == models[0]
    assert reason in caplog.text
    assert "yolo26n.xml is used" in caplog.text
    process.answer = times(43.0, 20.0)
    assert fastest_model(models, Device.AUTO) == models[1]


def test_a_kept_file_that_is_damaged_is_measured_again(process: Process, models: list[Path], tmp_path: Path) -> None:
    fastest_model(models, Device.AUTO)
    [kept] = (tmp_path / "cache" / "times").iterdir()
    kept.write_text("[25.0, ")
    process.answer = times(43.0, 20.0)
    assert fastest_model(models, Device.AUTO) == models[1]
    assert fastest_model(models, Device.AUTO) == models[1]
    assert len(process.commands) == 2
