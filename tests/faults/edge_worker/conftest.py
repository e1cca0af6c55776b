"""What these tests share: a port for a camera server, and the path of an outbox."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from tests.faults.edge_worker.rtsp_camera import require_gstreamer


@pytest.fixture
def port() -> int:
    """A free port for a camera server, which needs GStreamer."""
    require_gstreamer()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@pytest.fixture
def outbox_path(tmp_path: Path) -> Path:
    return tmp_path / "outbox.db"
