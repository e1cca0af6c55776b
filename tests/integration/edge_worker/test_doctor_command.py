"""``metrica-edge doctor`` as somebody types it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from edge_worker.cli import main
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend

pytestmark = pytest.mark.usefixtures("command_folder")


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
