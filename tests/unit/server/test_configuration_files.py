"""What `metrica-server setup` writes and refuses."""

from __future__ import annotations

import re
import socket
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from server import cli
from server.configuration_files import LISTENER, configuration_files
from server.installation import Installation

ADDRESSES = {
    "LISTEN_HOST": "127.0.0.1",
    "INGEST_ADDRESS": "127.0.0.1:9101",
    "API_ADDRESS": "127.0.0.1:9102",
    "ADMIN_ADDRESS": "127.0.0.1:9103",
    "WORKER_ADDRESS": "127.0.0.1:9104",
}
REQUIRED = {"METRICA_URL": "https://metrica.example.com", "METRICA_SECRET": "s" * 32}
HOSTED = {
    "SUPABASE_URL": "https://abc.supabase.co",
    "SUPABASE_ANON_KEY": "sb_publishable_1",
    "SUPABASE_SERVICE_ROLE_KEY": "k" * 40,
}


def set_up(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], **settings: str
) -> tuple[int, str]:
    """Run the command with settings, and return its exit code and what it says on stderr."""
    for name, value in (REQUIRED | settings).items():
        monkeypatch.setenv(name, value)
    code = cli.main(["setup", str(folder)])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        (
            HOSTED | {"SUPABASE_SERVICE_ROLE_KEY": "hunter2"},
            "metrica-server: SUPABASE_SERVICE_ROLE_KEY is too short for a key (at least 32 characters)\n",
        ),
        (
            HOSTED | {"SUPABASE_URL": "https://*.supabase.co"},
            "metrica-server: SUPABASE_URL must be an https:// address\n",
        ),
        (
            {"SMTP_URL": "smtps://user:hunter2@mail.example.com"},
            "metrica-server: SMTP_URL must name a host and a port, such as "
            "smtps://user:password@mail.example.com:465\n",
        ),
        (
            {"MAIL_SENDER": "Metrica"},
            "metrica-server: MAIL_SENDER must be an e-mail address, with or without a name\n",
        ),
    ],
)
def test_a_value_that_a_function_would_refuse_is_refused_before_anything_is_written(
    settings: dict[str, str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert set_up(tmp_path, monkeypatch, capsys, **settings) == (1, said)
    assert list(tmp_path.iterdir()) == []
    assert "hunter2" not in said


def test_all_values_that_functions_would_refuse_are_named_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = HOSTED | {"SUPABASE_SERVICE_ROLE_KEY": "short", "MAIL_SENDER": "Metrica"}
    code, said = set_up(tmp_path, monkeypatch, capsys, **wrong)
    assert code == 1
    assert re.findall(r"[A-Z_]{5,}", said) == ["SUPABASE_SERVICE_ROLE_KEY", "MAIL_SENDER"]


def test_a_port_is_set_in_one_place() -> None:
    written = dict(configuration_files(Installation.from_env(REQUIRED | ADDRESSES)))
    for service in ("ingest", "api", "admin", "worker"):
        assert written[f"{service}/{LISTENER}"].strip() == ADDRESSES[f"{service.upper()}_ADDRESS"]
    caddyfile = written["web/Caddyfile"]
    assert set(re.findall(r"reverse_proxy 127\.0\.0\.1:(\d+)", caddyfile)) == {"9101", "9102", "9103"}


def test_in_containers_the_functions_listen_on_every_address_and_the_worker_on_its_own() -> None:
    written = dict(configuration_files(Installation.from_env(REQUIRED)))
    listeners = {name: text.strip() for name, text in written.items() if name.endswith(f"/{LISTENER}")}
    assert listeners == {
        "ingest/listen": "0.0.0.0:8001",
        "api/listen": "0.0.0.0:8002",
        "admin/listen": "0.0.0.0:8003",
        "worker/listen": "127.0.0.1:8004",
    }


class Healthy(BaseHTTPRequestHandler):
    """Answers /healthz only."""

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/healthz" else 404)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104 - nothing listens there
def test_the_health_check_of_a_service_finds_its_port(
    host: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with HTTPServer(("127.0.0.1", 0), Healthy) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        (tmp_path / LISTENER).write_text(f"{host}:{server.server_port}\n")
        try:
            assert cli.main(["check", "--config", str(tmp_path)]) == 0
        finally:
            server.shutdown()
            thread.join()
    with socket.create_server(("127.0.0.1", 0)) as unused:
        port = unused.getsockname()[1]
    (tmp_path / LISTENER).write_text(f"{host}:{port}\n")
    assert cli.main(["check", "--config", str(tmp_path)]) == 1
    assert f"http://127.0.0.1:{port}/healthz" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["serve", "api"], ["worker"], ["check"]])
def test_a_folder_that_setup_has_not_written_is_named(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main([*command, "--config", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert said.startswith(f"metrica-server: {tmp_path / LISTENER} cannot be read")
    assert "run `metrica-server setup`" in said
