"""A camera is added to edge.toml, and what is there stays."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_worker.errors import UsageError
from edge_worker.service.edge_toml import KEY_FILE, add_camera
from edge_worker.supervisor.edge_file import read_edge_file

API = "https://api.example.com"
DOOR, GATE = "00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"


def add(text: str | None, camera_id: str = DOOR, source: str = "rtsp://10.0.0.1/1", api: str = API) -> str:
    return add_camera(text, api_url=api, http_hosts=(), camera_id=camera_id, source=source)


def test_the_first_camera_makes_a_file_that_the_worker_reads(tmp_path: Path) -> None:
    (tmp_path / KEY_FILE).write_text("mk_secret\n")
    path = tmp_path / "edge.toml"
    path.write_text(add(None))
    [camera] = read_edge_file(path, {}).cameras
    assert (camera.options.api_url, camera.options.key, camera.options.camera_id) == (API, "mk_secret", DOOR)
    assert camera.options.source == "rtsp://10.0.0.1/1"


def test_a_second_camera_is_added_and_other_settings_stay() -> None:
    first = add(None).replace("[[camera]]", 'health_port = 8417\nmotion_gate = false\n\n[[camera]]\nname = "door"\n')
    content = tomllib.loads(add(first, GATE, "rtsp://10.0.0.2/1"))
    assert content == {
        "api": API,
        "key_file": KEY_FILE,
        "health_port": 8417,
        "motion_gate": False,
        "camera": [
            {"name": "door", "id": DOOR, "source": "rtsp://10.0.0.1/1"},
            {"id": GATE, "source": "rtsp://10.0.0.2/1"},
        ],
    }


def test_the_same_camera_gets_its_new_address_and_keeps_its_line() -> None:
    first = add(None) + "line = [0.1, 0.6, 0.9, 0.6]\n"
    [camera] = tomllib.loads(add(first, source="rtsp://10.0.0.9/1"))["camera"]
    assert camera == {"id": DOOR, "source": "rtsp://10.0.0.9/1", "line": [0.1, 0.6, 0.9, 0.6]}


def test_hosts_without_encryption_are_kept_and_added() -> None:
    def with_host(text: str | None, *hosts: str) -> str:
        return add_camera(text, api_url=API, http_hosts=hosts, camera_id=DOOR, source="0")

    assert tomllib.loads(with_host(with_host(None, "b"), "a"))["allow_http"] == ["a", "b"]
    assert tomllib.loads(with_host(with_host(None, "b")))["allow_http"] == ["b"]


def test_another_backend_and_a_broken_file_are_refused() -> None:
    with pytest.raises(UsageError, match=r"report to https://api.example.com, not to https://other"):
        add(add(None), api="https://other.example.com")
    with pytest.raises(UsageError, match="not valid TOML"):
        add("api = ")
    with pytest.raises(UsageError, match="no list of cameras"):
        add("camera = 1")


@given(st.text())
def test_every_address_is_read_back_as_it_was(source: str) -> None:
    [camera] = tomllib.loads(add(add(None, source=source), source=source))["camera"]
    assert camera["source"] == source
