from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from edge_worker.detection.amx import LIMIT, AmxSwitch
from edge_worker.detection.device import Device
from edge_worker.detection.fastest_model import ModelRun, fastest_run

Answer = Callable[[], subprocess.CompletedProcess[str]]
AMX = "flags: avx512_vnni amx_tile amx_int8\nmodel name: a server"


def times(*milliseconds: float) -> Answer:
    return lambda: subprocess.CompletedProcess([], 0, stdout=f"a line of an engine\n{list(milliseconds)}\n", stderr="")


class Process:
    """Stands for the process that times the models.

    Attributes:
        answers: What the next processes do; the last one is repeated.
        commands: The arguments of each process that was started.
    """

    def __init__(self) -> None:
        self.answers = [times(25.0, 32.0)]
        self.commands: list[list[str]] = []

    def run(self, command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.commands.append(command)
        done = self.answers.pop(0)() if len(self.answers) > 1 else self.answers[0]()
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
        return done


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Process:
    process = Process()
    monkeypatch.setattr(subprocess, "run", process.run)
    monkeypatch.setenv("METRICA_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv(LIMIT, raising=False)
    set_cpu(monkeypatch, "flags: avx2 avx_vnni\nmodel name: a small computer")
    return process


def set_cpu(monkeypatch: pytest.MonkeyPatch, features: str) -> None:
    for module in ("amx", "fastest_model"):
        monkeypatch.setattr(f"edge_worker.detection.{module}.cpu_features", lambda: features)


@pytest.fixture
def models(tmp_path: Path) -> list[Path]:
    """A model with floats and one with 8 bits."""
    found = [tmp_path / name for name in ("yolo26n.xml", "yolo26n_int8.xml")]
    for model, kind in zip(found, ("Convolution", "FakeQuantize"), strict=True):
        model.write_text(f'<layer id="1" type="{kind}">')
        model.with_suffix(".bin").write_text(f"weights of {model.name}")
    return found


@pytest.mark.parametrize(("answer", "fastest"), [(times(25.0, 32.0), 0), (times(43.0, 20.0), 1)])
def test_the_model_that_needs_less_time_is_taken_and_is_not_timed_again(
    process: Process, models: list[Path], answer: Answer, fastest: int
) -> None:
    process.answers = [answer]
    assert fastest_run(models, Device.AUTO) == ModelRun(models[fastest])
    process.answers = [times(1.0, 1.0)]
    assert fastest_run(models, Device.AUTO) == ModelRun(models[fastest])
    [command] = process.commands
    assert command[1:] == ["-m", "edge_worker.detection.model_times", "auto", "amx", *map(str, models)]


@pytest.mark.parametrize(
    ("times_ms", "fastest"),
    [((22.0, 28.0, 20.0), (1, False)), ((22.0, 28.0, 25.0), (0, True)), ((40.0, 28.0, 30.0), (1, True))],
)
def test_on_a_cpu_with_amx_8_bits_are_also_timed_without_it_in_a_process_of_their_own(
    process: Process,
    models: list[Path],
    monkeypatch: pytest.MonkeyPatch,
    times_ms: tuple[float, float, float],
    fastest: tuple[int, bool],
) -> None:
    set_cpu(monkeypatch, AMX)
    process.answers = [times(*times_ms[:2]), times(times_ms[2])]
    expected = ModelRun(models[fastest[0]], use_amx=fastest[1])
    assert fastest_run(models, Device.AUTO) == expected
    assert fastest_run(models, Device.AUTO) == expected, "kept"
    assert [command[4:] for command in process.commands] == [
        ["amx", *map(str, models)],
        ["no-amx", str(models[1])],
    ]


def test_a_model_with_8_bits_alone_is_timed_only_where_the_cpu_has_amx(
    process: Process, models: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fastest_run(models[1:], Device.AUTO) == ModelRun(models[1])
    set_cpu(monkeypatch, AMX)
    assert fastest_run(models[:1], Device.AUTO) == ModelRun(models[0])
    assert fastest_run(models[1:], Device.GPU) == ModelRun(models[1])
    assert not process.commands
    process.answers = [times(28.0), times(20.0)]
    assert fastest_run(models[1:], Device.AUTO) == ModelRun(models[1], use_amx=False)


def test_a_limit_that_the_user_has_set_is_kept_and_is_timed_on_its_own(
    process: Process, models: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    set_cpu(monkeypatch, AMX)
    monkeypatch.setenv(LIMIT, "AVX2")
    assert fastest_run(models, Device.AUTO) == ModelRun(models[0])
    monkeypatch.setenv(LIMIT, "AVX512_CORE_VNNI")
    process.answers = [times(43.0, 20.0)]
    assert fastest_run(models, Device.AUTO) == ModelRun(models[1])
    assert len(process.commands) == 2


@pytest.mark.parametrize("limit", [None, "AVX512_CORE_FP16"])
def test_the_first_model_decides_about_amx_and_the_environment_stays_as_it_was(
    monkeypatch: pytest.MonkeyPatch, limit: str | None
) -> None:
    monkeypatch.delenv(LIMIT, raising=False)
    if limit:
        monkeypatch.setenv(LIMIT, limit)
    switch = AmxSwitch()
    with switch.set_for(use_amx=False) as is_used:
        assert not is_used
        assert os.environ[LIMIT] == "AVX512_CORE_BF16"
    assert os.environ.get(LIMIT) == limit
    with pytest.raises(ValueError, match="broken"), switch.set_for(use_amx=True):
        int(f"broken {os.environ[LIMIT]}")
    assert os.environ.get(LIMIT) == limit
    switch = AmxSwitch()
    for use_amx in (True, False):
        with switch.set_for(use_amx=use_amx) as is_used:
            assert is_used
            assert os.environ.get(LIMIT) == limit


def test_other_weights_another_device_and_another_cpu_are_timed_again(
    process: Process, models: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert fastest_run(models, Device.AUTO) == ModelRun(models[0])
    process.answers = [times(43.0, 20.0)]
    assert fastest_run(models, Device.CPU) == ModelRun(models[1])
    models[1].with_suffix(".bin").write_text("calibrated again")
    assert fastest_run(models, Device.AUTO) == ModelRun(models[1])
    process.answers = [times(20.0, 43.0)]
    set_cpu(monkeypatch, "model name: another one")
    assert fastest_run(models, Device.AUTO) == ModelRun(models[0])
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
    process.answers = [answer]
    with caplog.at_level(logging.WARNING):
        assert fastest_run(models, Device.AUTO) == ModelRun(models[0])
    assert reason in caplog.text
    assert "yolo26n.xml is used" in caplog.text
    process.answers = [times(43.0, 20.0)]
    assert fastest_run(models, Device.AUTO) == ModelRun(models[1])


def test_a_kept_file_that_is_damaged_is_measured_again(process: Process, models: list[Path], tmp_path: Path) -> None:
    fastest_run(models, Device.AUTO)
    [kept] = (tmp_path / "cache" / "times").iterdir()
    process.answers = [times(43.0, 20.0)]
    kept.write_text("[25.0, ")
    assert fastest_run(models, Device.AUTO) == ModelRun(models[1])
    kept.write_text("[25.0]")
    assert fastest_run(models, Device.AUTO) == ModelRun(models[1])
    assert fastest_run(models, Device.AUTO) == ModelRun(models[1])
    assert len(process.commands) == 3
