"""The credentials of a camera that is away appear in no log, message, status or health answer; real processes."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from time import monotonic, sleep
from uuid import UUID

import pytest

from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, serving

SECRET = "tlJwpbo6Xy12QrsT"
ADDRESSES = {
    "a user name with @": "rtsp://a@b:{secret}@127.0.0.1:{port}/s",
    "a password in the path": "rtsp://127.0.0.1:{port}/user=admin_password={secret}_channel=1_stream=0.sdp",
    "a token in the path": "rtsps://127.0.0.1:{port}/{secret}?enableSrtp",
}
SLOW_KINDS = [pytest.param(kind, marks=pytest.mark.slow) for kind in list(ADDRESSES)[1:]]
"""Each takes 8 s. Every run has one kind, and test_redaction.py all without a worker."""
RUN = ["run", "--api", "http://127.0.0.1:9", "--key", KEY, "--camera", str(UUID(int=1)), "--source"]
UNENCODED = [
    "rtsp://admin:{secret}/x@127.0.0.1/s",
    pytest.param("rtsp://admin:{secret} x@127.0.0.1/s", marks=pytest.mark.slow),
]


@pytest.fixture
def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


def said_by(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "edge_worker.cli", *arguments], capture_output=True, text=True, check=False, timeout=120
    )
    return done.stdout + done.stderr


@pytest.mark.parametrize("kind", [next(iter(ADDRESSES)), *SLOW_KINDS])
def test_a_worker_that_waits_for_its_camera_shows_no_secret(kind: str, closed_port: int, tmp_path: Path) -> None:
    source = ADDRESSES[kind].format(secret=SECRET, port=closed_port)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        health_port: int = probe.getsockname()[1]
    with serving(RecordingBackend()) as backend:
        where = ["--api", backend.url, "--key", KEY, "--camera", backend.camera_id, "--outbox", str(tmp_path / "o.db")]
        options = ["--source", source, "--status-file", str(tmp_path / "s.json"), "--health-port", str(health_port)]
        process = subprocess.Popen(
            [sys.executable, "-m", "edge_worker.cli", "run", *where, *options], stderr=subprocess.PIPE, text=True
        )
        health = healthz(health_port)
        status = (tmp_path / "s.json").read_text()
        process.terminate()
        _, said = process.communicate(timeout=60)
    assert json.loads(status)["source"].startswith(source[:8])
    for text in (health, status, said, str(backend.heartbeats)):
        assert SECRET not in text


def healthz(port: int) -> str:
    """The answer of ``/healthz`` once it is served."""
    until = monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as answer:
                return str(answer.read().decode())
        except urllib.error.HTTPError as unhealthy:
            return unhealthy.read().decode()
        except OSError:
            assert monotonic() < until
            sleep(0.05)


@pytest.mark.parametrize("kind", [next(iter(ADDRESSES)), *SLOW_KINDS])
def test_the_doctor_shows_no_secret(kind: str, closed_port: int) -> None:
    said = said_by("doctor", "--source", ADDRESSES[kind].format(secret=SECRET, port=closed_port))
    assert "refuses the connection" in said
    assert SECRET not in said


@pytest.mark.parametrize("source", UNENCODED)
@pytest.mark.parametrize("command", [["doctor", "--source"], ["calibrate"], RUN])
def test_a_password_that_needs_encoding_gets_the_hint_and_is_not_shown(source: str, command: list[str]) -> None:
    said = said_by(*command, source.format(secret=SECRET))
    assert "write / as %2F" in said or "write a space as %20" in said
    assert SECRET not in said
