"""``metrica-edge run`` as somebody types it."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from edge_worker.cli import main
from tests.assets import clip, models_folder, write_part
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend

pytestmark = pytest.mark.usefixtures("command_folder")


def command(backend: RecordingBackend, outbox: Path, *more: str) -> list[str]:
    where = ["--api", backend.url, "--key", KEY, "--camera", backend.camera_id, "--outbox", str(outbox), "--quiet"]
    return ["run", *where, *more]


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        (["--source", "no/such/clip.mpg"], (1, "no/such/clip.mpg")),
        (["--source", "clip.mpg", "--line", "0,half,1,half"], (2, "cannot be read: write it as ax,ay,bx,by")),
        (["--source", "clip.mpg", "--line", "0,0.5,1,1.5"], (2, "leaves the frame")),
        (["--source", "clip.mpg", "--key", "mk_wrong"], (1, "refuses the worker key (401)")),
        (["--source", "clip.mpg", "--key", "mk wrong"], (2, "copy it again")),
        (["--source", "clip.mpg", "--camera", "door"], (2, "is not an id")),
        (["--source", "clip.mpg", "--api", "ftp://x"], (2, "write it as https://")),
        (["--source", "clip.mpg", "--api", "http://x:99999"], (2, "write it as https://")),
        (["--source", "clip.mpg", "--api", "http://[::1"], (2, "write it as https://")),
        (["--source", "clip.mpg", "--api", "http://api.example.com"], (2, "--allow-http api.example.com")),
        (["--source", "rtsp://admin:pa/ss@cam/1"], (1, "write / as %2F")),
        (["--source", "clip.mpg", "--starts-at", "yesterday"], (2, "not a date and time with a time zone")),
        (["--source", "clip.mpg", "--status-file", "/no/such/folder/status.json"], (2, "cannot be written")),
        (["--source", "clip.mpg"], (1, "clip.mpg")),
        (["--source", "."], (1, "is a folder")),
        (["--source", "clip.mpg", "--health-port", "70000"], (2, "--health-port is 70000; it can be 0 to 65535")),
        (["--source", "clip.mpg", "--heartbeat-s", "0"], (2, "--heartbeat-s is 0; it can be 0.01 to 3600")),
        (["--source", "clip.mpg", "--heartbeat-s", "nan"], (2, "--heartbeat-s is nan")),
        (["--source", "clip.mpg", "--outbox-limit-mb", "-1"], (2, "--outbox-limit-mb is -1")),
        (["--source", "clip.mpg", "--threads", "0"], (2, "--threads is 0")),
        ([], (2, "--source is missing (or set METRICA_SOURCE)")),
    ],
)
def test_what_cannot_be_done_is_refused_in_one_sentence(
    backend: RecordingBackend,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    more: list[str],
    refusal: tuple[int, str],
) -> None:
    code, sentence = refusal
    assert main(command(backend, tmp_path / "outbox.db", *more)) == code
    said = capsys.readouterr().err
    assert sentence in said
    assert "Traceback" not in said
    assert len(said.strip().splitlines()) == 1


def test_everything_that_is_missing_is_named_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("SOURCE", "API_URL", "WORKER_KEY", "CAMERA_ID"):
        monkeypatch.delenv(f"METRICA_{name}", raising=False)
    assert main(["run", "--camera", "1b4e28ba-2fa1-4d2b-9b3c-000000000001"]) == 2
    assert capsys.readouterr().err == (
        "metrica-edge: --source, --api and --key are missing "
        "(or set METRICA_SOURCE, METRICA_API_URL and METRICA_WORKER_KEY)\n"
    )
    monkeypatch.setenv("METRICA_API_URL", "https://metrica.example.com/api")
    assert main(["run"]) == 2
    assert "--source, --key and --camera are missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ([], "no/edge.toml cannot be read"),
        (["--loop"], "--loop cannot be used with --config: write it into no/edge.toml"),
        (
            ["--source", "x", "--no-motion-gate"],
            "--source, --motion-gate cannot be used with --config: write it into no/edge.toml",
        ),
    ],
)
def test_what_cannot_be_done_with_several_cameras_is_refused_in_one_sentence(
    capsys: pytest.CaptureFixture[str], more: list[str], sentence: str
) -> None:
    assert main(["run", "--config", "no/edge.toml", *more]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert len(said.strip().splitlines()) == 1


def test_an_outbox_in_use_is_refused_in_one_sentence(
    backend: RecordingBackend, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from edge_worker.outbox.failover_outbox import FailoverOutbox

    outbox = FailoverOutbox(tmp_path / "outbox.db")
    assert main(command(backend, tmp_path / "outbox.db", "--source", "clip.mpg")) == 1
    outbox.close()
    assert f"another worker (process {os.getpid()}) already uses the outbox" in capsys.readouterr().err


def test_a_clip_is_counted_and_delivered_and_torch_is_never_loaded(backend: RecordingBackend, tmp_path: Path) -> None:
    models = models_folder()
    source = write_part(tmp_path / "both.avi", first=190, last=290, step=2)
    backend.line = json.loads(clip("doorway_1.truth.json").read_text())["line"]
    arguments = command(
        backend, tmp_path / "outbox.db", "--source", str(source), "--status-file", str(tmp_path / "s.json")
    )
    program = f"""
import sys
from edge_worker.cli import main
code = main({arguments!r})
print(sorted(name for name in sys.modules if name in ("torch", "ultralytics", "sqlalchemy", "fastapi", "boto3")))
raise SystemExit(code)
"""
    environment = {**os.environ, "METRICA_MODELS": str(models)}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.strip() == "[]"
    assert sorted(one["direction"] for one in backend.stored.values()) == ["IN", "OUT"]
    status = json.loads((tmp_path / "s.json").read_text())
    assert (status["crossings"], status["sent"], status["backlog"], status["state"]) == (2, 2, 0, "ended")
    assert (status["frames"], status["line_from"]) == (50, "backend")
    assert backend.heartbeats[-1]["totals"] == {"in": 1, "out": 1}


def test_a_looped_file_plays_until_sigterm_and_drains(backend: RecordingBackend, tmp_path: Path) -> None:
    source, models = clip("doorway_1.mpg"), models_folder()
    status_file = tmp_path / "s.json"
    arguments = command(
        backend, tmp_path / "outbox.db", "--source", str(source), "--loop", "--status-file", str(status_file)
    )
    environment = {**os.environ, "METRICA_MODELS": str(models)}
    worker = subprocess.Popen([sys.executable, "-m", "edge_worker.cli", *arguments], env=environment)
    try:
        while worker.poll() is None and not (status_file.exists() and json.loads(status_file.read_text())["frames"]):
            select.select([], [], [], 0.05)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(30) == 0
    finally:
        worker.kill()
    status = json.loads(status_file.read_text())
    assert (status["state"], status["backlog"]) == ("ended", 0)
