from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.errors import UsageError
from edge_worker.running.options import RunOptions, allowed_http_hosts, default_outbox, parse_api_url

CAMERA = "11111111-1111-4111-8111-111111111111"


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"STATE_DIRECTORY": "/var/lib/metrica", "METRICA_HOME": "/srv"}, "/var/lib/metrica"),
        ({"STATE_DIRECTORY": "/var/lib/metrica:/var/lib/other"}, "/var/lib/metrica"),
        ({"METRICA_HOME": "/srv/metrica", "XDG_STATE_HOME": "/x"}, "/srv/metrica/edge"),
        ({"XDG_STATE_HOME": "/home/me/state"}, "/home/me/state/metrica"),
    ],
)
def test_each_camera_has_an_outbox_of_its_own_where_the_system_wants_state_to_be(
    environment: dict[str, str], folder: str
) -> None:
    assert default_outbox(CAMERA, environment) == Path(folder) / f"{CAMERA}.db"


@pytest.mark.parametrize(
    ("source", "said", "gated"),
    [
        ("rtsp://door/1", None, True),
        ("clip.mp4", None, False),
        ("rtsp://door/1", False, False),
        ("clip.mp4", True, True),
    ],
)
def test_the_motion_gate_is_on_for_cameras_and_off_for_files_by_default(
    source: str, said: bool | None, gated: bool
) -> None:
    options = RunOptions(source, "https://api", "mk_x", CAMERA, Path("outbox.db"), motion_gate=said)
    assert options.gates_motion is gated


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "127.9.9.9", "localhost", "[::1]:8000", "api.localhost"])
def test_the_loopback_needs_no_encryption(host: str) -> None:
    assert parse_api_url(f"http://{host}/") == f"http://{host}"


@pytest.mark.parametrize("host", ["10.0.0.7", "api.example.com", "localhost.example.com", "0.0.0.0"])  # noqa: S104
def test_a_backend_without_encryption_is_refused_unless_it_is_allowed_by_name(host: str) -> None:
    with pytest.raises(UsageError, match=f"is not encrypted.*--allow-http {host}"):
        parse_api_url(f"http://{host}:8000")
    with pytest.raises(UsageError, match="is not encrypted"):
        parse_api_url(f"http://{host}:8000", ["other.example.com"])
    assert parse_api_url(f"http://{host}:8000", ["other.example.com", host]) == f"http://{host}:8000"
    assert parse_api_url(f"https://{host}") == f"https://{host}"


def test_the_option_comes_before_the_environment() -> None:
    environment = {"METRICA_ALLOW_HTTP": "a.local, b.local"}
    assert allowed_http_hosts(None, environment) == ("a.local", "b.local")
    assert allowed_http_hosts(["c.local"], environment) == ("c.local",)
    assert allowed_http_hosts(None, {}) == ()
