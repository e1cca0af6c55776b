"""``metrica-edge run``, ``outbox`` and ``doctor`` as somebody types them."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge_worker.cli import main
from edge_worker.outbox.records import Settlement
from edge_worker.outbox.sqlite_outbox import SqliteOutbox
from tests.assets import clip, models_folder, write_part
from tests.docs_commands import page_command
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, serving
from tests.unit.edge_worker.events import event, events


@pytest.fixture
def backend() -> Iterator[RecordingBackend]:
    with serving(RecordingBackend()) as serving_backend:
        yield serving_backend


@pytest.fixture(autouse=True)
def _no_options_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("METRICA_") and name != "METRICA_MODELS"]:
        monkeypatch.delenv(name)


@pytest.fixture(autouse=True)
def _a_file_that_is_no_video(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("clip.mpg").write_bytes(b"no video at all")


def command(backend: RecordingBackend, outbox: Path, *more: str) -> list[str]:
    where = ["--api", backend.url, "--key", KEY, "--camera", backend.camera_id, "--outbox", str(outbox), "--quiet"]
    return ["run", *where, *more]


# -- refusals: one sentence, no traceback, an exit code --------------------------------------------------------------


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


# -- a real clip, a real model ---------------------------------------------------------------------------------------


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


# -- outbox ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    path = tmp_path / "outbox.db"
    refused, delivered = event(0), event(1)
    with SqliteOutbox.open(path) as outbox:
        outbox.add([refused, delivered, *events(3)])
        outbox.settle(
            Settlement((delivered.event_id,), ((refused.event_id, "too_old"),), "2026-11-22T12:00:00.000000Z")
        )
    return path


def test_outbox_status_dead_and_retry_tell_and_do_what_they_say(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told(action: str) -> object:
        assert main(["outbox", action, "--outbox", str(filled), "--json"]) == 0
        return json.loads(capsys.readouterr().out)

    status = told("status")
    assert isinstance(status, dict)
    assert (status["events"], status["dead"], status["delivered"]) == (3, 1, 1)
    letters = told("dead")
    assert isinstance(letters, list)
    assert [letter["reason"] for letter in letters] == ["too_old"]
    assert told("retry") == {"revived": 1, "minutes": 0}
    assert told("dead") == []


def test_the_commands_of_the_page_about_outboxes_do_what_it_says(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    camera = "11111111-1111-4111-8111-111111111111"
    edge = filled.parent / "edge"
    edge.mkdir()
    filled.rename(edge / f"{camera}.db")
    monkeypatch.setenv("METRICA_HOME", str(filled.parent))
    status = page_command("docs/edge.md", "metrica-edge outbox status --camera 1b4e28ba-…")
    assert main([camera if word == "1b4e28ba-…" else word for word in status[1:]]) == 0
    assert "waiting    3" in capsys.readouterr().out
    monkeypatch.setenv("METRICA_OUTBOX", str(edge / f"{camera}.db"))
    assert main(page_command("docs/edge.md", "metrica-edge outbox dead")[1:]) == 0
    assert "too_old" in capsys.readouterr().out
    assert main(page_command("docs/edge.md", "metrica-edge outbox retry")[1:]) == 0
    assert main(page_command("docs/edge.md", "metrica-edge outbox dead")[1:]) == 0
    assert "too_old" not in capsys.readouterr().out


def total_of(outbox: SqliteOutbox, camera_id: str) -> int:
    totals = outbox.totals(camera_id)
    return totals.ins + totals.outs


def test_outbox_discard_gives_a_refused_event_up(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with SqliteOutbox.open(filled) as outbox:
        [letter] = outbox.dead_letters()
        total = total_of(outbox, letter.event.camera_id)
    assert main(["outbox", "discard", letter.event.event_id, "--outbox", str(filled), "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"discarded": 1}
    with SqliteOutbox.open(filled) as outbox:
        assert (outbox.backlog().dead, outbox.backlog().oldest_dead, outbox.backlog().events) == (0, None, 3)
        assert total_of(outbox, letter.event.camera_id) == total - 1


def test_outbox_status_reads_well_for_people(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox", "status", "--outbox", str(filled)]) == 0
    assert "waiting    3 (oldest 2026-11-22T12:00:00" in capsys.readouterr().out


def test_the_camera_that_is_named_comes_before_an_outbox_in_the_environment(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICA_OUTBOX", str(filled))
    monkeypatch.setenv("METRICA_HOME", str(filled.parent))
    camera = "11111111-1111-4111-8111-111111111111"
    assert main(["outbox", "status", "--camera", camera]) == 1
    assert f"there is no outbox {filled.parent / 'edge' / camera}.db" in capsys.readouterr().err


def test_looking_at_an_outbox_that_is_not_there_makes_none(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["outbox", "status", "--outbox", str(tmp_path / "nowhere.db")]) == 1
    assert "there is no outbox" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["clip.mpg"]


# -- doctor ----------------------------------------------------------------------------------------------------------


def examined(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, tuple[str, str, str]]:
    main(["doctor", "--json", *arguments])
    checks = json.loads(capsys.readouterr().out)["checks"]
    return {check["name"]: (check["verdict"], check["found"], check["hint"]) for check in checks}


@pytest.fixture
def _no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("edge_worker.doctor.model.check_model", lambda *_, **__: [])


@pytest.mark.usefixtures("_no_model")
def test_the_doctor_finds_a_healthy_backend_healthy(
    backend: RecordingBackend, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    backend.line = [0, 0.5, 1, 0.5]
    found = examined(
        capsys, *("--api", backend.url, "--key", KEY, "--camera", backend.camera_id, "--outbox", str(tmp_path / "o.db"))
    )
    assert {name: verdict for name, (verdict, _, _) in found.items()} == {
        "source": "warn",
        "devices": "ok",
        "network": "ok",
        "backend": "ok",
        "key": "ok",
        "clock": "ok",
        "disk": "ok",
    }


@pytest.mark.usefixtures("_no_model")
def test_the_doctor_has_a_hint_for_each_symptom_of_the_backend(
    backend: RecordingBackend, capsys: pytest.CaptureFixture[str]
) -> None:
    def symptom(name: str, *, api: str = backend.url, key: str = KEY) -> tuple[str, str, str]:
        allowed = ("--allow-http", "metrica.invalid")
        return examined(capsys, "--api", api, *allowed, "--key", key, "--camera", backend.camera_id)[name]

    assert symptom("key", key="mk_wrong") == (
        "fail",
        "the backend refuses the worker key (401)",
        "copy it again from the admin, or create a new one there",
    )
    assert symptom("backend", api="http://127.0.0.1:9")[1] == "http://127.0.0.1:9 refuses the connection"
    assert "DNS" in symptom("backend", api="http://metrica.invalid")[2]
    assert symptom("backend", api=f"{backend.url}/elsewhere")[1].endswith("(404)")
    backend.server_time = lambda: datetime.now(UTC) - timedelta(hours=1)
    verdict, said, hint = symptom("clock")
    assert (verdict, "ahead of the backend" in said, "set-ntp" in hint) == ("fail", True, True)


@pytest.mark.usefixtures("_no_model")
@pytest.mark.parametrize(
    ("answer", "found", "hint"),
    [
        (b"RTSP/1.0 401 Unauthorized\r\nCSeq: 1\r\n\r\n", "requires a password (401)", "rtsp://user:password@"),
        (b"RTSP/1.0 404 Not Found\r\nCSeq: 1\r\n\r\n", "has no such stream (404)", "the camera's manual"),
        (b"RTSP/1.0 453 Not Enough Bandwidth\r\n\r\n", "has no free stream (453)", "too many viewers"),
        (b"HTTP/1.1 400 Bad Request\r\n\r\n", "the answer is not RTSP", "another service"),
    ],
)
def test_the_doctor_has_a_hint_for_each_symptom_of_a_camera(
    capsys: pytest.CaptureFixture[str], answer: bytes, found: str, hint: str
) -> None:
    import socket
    import threading

    with socket.create_server(("127.0.0.1", 0)) as camera:

        def speak() -> None:
            connection, _ = camera.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

        thread = threading.Thread(target=speak, daemon=True)
        thread.start()
        verdict, said, advice = examined(capsys, "--source", f"rtsp://127.0.0.1:{camera.getsockname()[1]}/1")["source"]
        thread.join(5)
    assert verdict == "fail"
    assert found in said
    assert hint in advice


@pytest.mark.usefixtures("_no_model")
def test_the_doctor_reports_an_invalid_camera_address(capsys: pytest.CaptureFixture[str]) -> None:
    verdict, said, hint = examined(capsys, "--source", "rtsp://admin:s3cret@door:99999/1")["source"]
    assert (verdict, said) == ("fail", "the address cannot be read (Port out of range 0-65535)")
    assert "rtsp://user:password@" in hint


@pytest.mark.usefixtures("_no_model")
def test_the_doctor_reports_a_closed_camera_port(capsys: pytest.CaptureFixture[str]) -> None:
    verdict, said, hint = examined(capsys, "--source", "rtsp://admin:s3cret@127.0.0.1:9/1")["source"]
    assert (verdict, said) == ("fail", "127.0.0.1:9 refuses the connection")
    assert "554" in hint
