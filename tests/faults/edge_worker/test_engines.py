"""Engines whose import kills the process, and systems that lack what Linux has; real processes with real models."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from edge_worker.benchmark.capacity import Capacity
from edge_worker.cli import main
from edge_worker.detection.detector import Backend
from tests.assets import models_folder, write_part

ILLEGAL_INSTRUCTION = "import os, signal\nos.kill(os.getpid(), signal.SIGILL)\n"


@pytest.fixture(scope="module")
def short_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_part(tmp_path_factory.mktemp("clips") / "short.avi", first=0, last=10)


def metrica_edge(packages: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command with ``packages`` before the installed ones."""
    return subprocess.run(
        [sys.executable, "-m", "edge_worker.cli", *arguments],
        env={**os.environ, "PYTHONPATH": str(packages), "METRICA_MODELS": str(models_folder())},
        check=False,
        capture_output=True,
        text=True,
        timeout=240,
    )


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """A folder with an ``openvino`` that dies when it is imported, as on a CPU that is too old for it."""
    (tmp_path / "openvino").mkdir()
    (tmp_path / "openvino" / "__init__.py").write_text(ILLEGAL_INSTRUCTION)
    return tmp_path


def test_an_engine_that_dies_when_imported_is_named_and_the_next_one_counts(packages: Path, short_clip: Path) -> None:
    done = metrica_edge(packages, "count", str(short_clip), "--json", "-")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["frames"] == 10
    assert "on litert" in done.stderr
    assert "openvino does not run on this CPU (importing openvino ends with SIGILL)" in done.stderr


def test_the_doctor_names_the_engine_that_dies_and_the_one_that_is_used(packages: Path, short_clip: Path) -> None:
    done = metrica_edge(packages, "doctor", "--source", str(short_clip), "--json")
    checks = {check["name"]: check for check in json.loads(done.stdout)["checks"]}
    assert checks["devices"]["verdict"] == "warn"
    assert checks["capacity"]["found"].startswith("this box carries ")
    model = checks["model"]
    assert model["verdict"] in {"ok", "warn"}
    assert "on litert" in model["found"]
    assert "openvino does not run on this CPU" in model["found"]


def test_an_engine_that_dies_is_refused_in_one_sentence_when_it_is_named(packages: Path, short_clip: Path) -> None:
    done = metrica_edge(packages, "count", str(short_clip), "--backend", "openvino")
    assert done.returncode == 1
    assert done.stderr.strip().splitlines() == [
        "metrica-edge: openvino does not run on this CPU (importing openvino ends with SIGILL): "
        "choose another --backend, or auto"
    ]


def test_the_benchmark_measures_the_engines_that_live(packages: Path, short_clip: Path) -> None:
    done = metrica_edge(
        packages,
        "bench",
        str(short_clip),
        "--backend",
        "openvino",
        "--backend",
        "litert",
        "--frames",
        "10",
        "--json",
        "-",
    )
    dead, alive = json.loads(done.stdout)
    assert "ends with SIGILL" in dead["problem"]
    assert (dead["device"], alive["device"]) == ("cpu", "cpu")
    assert alive["frames_per_s"] > 0
    cores, frames_per_s = len(os.sched_getaffinity(0)), alive["frames_per_s"]
    figures = Capacity(frames_per_s, alive["decode_ms"] / 1000, cores)
    assert alive["cameras_at_10_fps"] == figures.cameras
    assert alive["capacity"].startswith(f"this box carries {figures.cameras} camera")


@pytest.mark.parametrize(
    "engine",
    [
        Backend.OPENVINO,
        *(pytest.param(each, marks=pytest.mark.slow) for each in (Backend.ONNX, Backend.LITERT, Backend.TORCH)),
    ],
)
def test_a_system_without_cpu_affinity_such_as_macos_counts(engine: Backend, tmp_path: Path, short_clip: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text("import os\ndel os.sched_getaffinity\n")
    done = metrica_edge(tmp_path, "count", str(short_clip), "--backend", engine, "--json", "-")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["frames"] == 10


def test_windows_is_told_to_use_wsl(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert main(["count", "clip.mp4"]) == 2
    said = capsys.readouterr().err
    assert "install WSL" in said
    assert len(said.strip().splitlines()) == 1
