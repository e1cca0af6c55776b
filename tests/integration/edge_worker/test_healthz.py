"""``/healthz`` over HTTP and systemd's watchdog over its socket."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import httpx
import pytest

from edge_worker.errors import UsageError
from edge_worker.status.healthz import serve_healthz
from edge_worker.status.systemd import SystemdNotifier

HEALTHY: dict[str, Any] = {"state": "running", "frame_age_s": 0.1, "in": 3}


def test_a_healthy_worker_answers_200_with_its_status() -> None:
    with serve_healthz(0, lambda: HEALTHY) as port:
        answer = httpx.get(f"http://127.0.0.1:{port}/healthz")
    assert answer.status_code == 200
    assert answer.json() == {"status": "healthy", "problems": [], **HEALTHY}


def test_an_unhealthy_worker_answers_503_with_its_problems() -> None:
    with serve_healthz(0, lambda: {**HEALTHY, "frame_age_s": 99.0}) as port:
        answer = httpx.get(f"http://127.0.0.1:{port}/healthz")
    assert answer.status_code == 503
    assert answer.json()["problems"] == ["no frame for 99 s"]


def test_it_listens_on_the_loopback_only() -> None:
    with serve_healthz(0, lambda: HEALTHY) as port, socket.socket() as other:
        other.bind(("127.0.0.2", port))  # free, because nobody listens on 0.0.0.0


def test_nothing_else_is_served() -> None:
    with serve_healthz(0, lambda: HEALTHY) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 404


def test_a_port_in_use_is_reported_in_one_sentence() -> None:
    with (
        serve_healthz(0, lambda: HEALTHY) as port,
        pytest.raises(UsageError, match=f"port {port}: .*choose another"),
        serve_healthz(port, lambda: HEALTHY),
    ):
        pass


@pytest.fixture
def notify(tmp_path: Path) -> Any:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(str(tmp_path / "notify"))
        listener.settimeout(2)
        yield listener, {"NOTIFY_SOCKET": str(tmp_path / "notify"), "WATCHDOG_USEC": "120000000"}


def test_systemd_is_notified_that_the_worker_is_ready_alive_and_stopping(notify: Any) -> None:
    listener, environment = notify
    systemd = SystemdNotifier(environment)
    systemd.ready()
    systemd.alive()
    systemd.stopping()
    assert [listener.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"STOPPING=1"]


def test_without_systemd_nothing_is_sent_and_nothing_fails() -> None:
    SystemdNotifier({}).ready()
    SystemdNotifier({"NOTIFY_SOCKET": "/nowhere/at/all"}).ready()
