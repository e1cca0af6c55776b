"""A whole run, from the first frame to the exit code, with a scripted video and a real backend over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from tests.integration.edge_worker.recording_backend import RecordingBackend
from tests.integration.edge_worker.scripted_feed import ScriptedFeed


@pytest.fixture
def options(backend: RecordingBackend, tmp_path: Path) -> RunOptions:
    return backend.run_options(
        "rtsp://admin:s3cret@door/1",
        tmp_path,
        status_file=tmp_path / "status.json",
        heartbeat_s=0.05,
    )


def run(options: RunOptions, feed: ScriptedFeed) -> int:
    return Session(options, lambda *_: feed, "1.2.3").run()


def status(options: RunOptions) -> dict[str, object]:
    assert options.status_file is not None
    found: dict[str, object] = json.loads(options.status_file.read_text())
    return found
