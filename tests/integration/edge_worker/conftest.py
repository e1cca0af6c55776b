"""What the tests of the edge worker share: a backend, the sockets of a detector process, a place to run commands in."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from edge_worker.detector_process.sockets import DetectorSockets
from tests.integration.edge_worker.recording_backend import RecordingBackend, serving


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with serving(RecordingBackend()) as serving_backend:
        yield serving_backend


@pytest.fixture
def command_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory of a command, with `clip.mpg`, which is no video. The environment has no options."""
    for name in [name for name in os.environ if name.startswith("METRICA_") and name != "METRICA_MODELS"]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "clip.mpg").write_bytes(b"no video at all")
    return tmp_path


@pytest.fixture
def detector_sockets() -> Iterator[DetectorSockets]:
    made = DetectorSockets.create()
    yield made
    made.close()
