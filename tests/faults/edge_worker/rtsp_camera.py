"""An RTSP camera for tests: GStreamer's server, in a process of the system's Python, which has its bindings."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

SYSTEM_PYTHON = "/usr/bin/python3"
BINDINGS = 'import gi; gi.require_version("GstRtspServer", "1.0"); from gi.repository import GstRtspServer'
SERVER = Path(__file__).with_name("camera_server.py")


def require_gstreamer() -> None:
    """Skip where GStreamer's RTSP server is not installed."""
    try:
        subprocess.run([SYSTEM_PYTHON, "-c", BINDINGS], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("GStreamer's RTSP server is not installed (Debian: gir1.2-gst-rtsp-server-1.0, python3-gi)")


@contextmanager
def camera(
    port: int,
    size: tuple[int, int] = (320, 240),
    *login: str,
    viewers: int | None = None,
    clip: Path | None = None,
    udp: bool = False,
    keyframes: int | None = None,
    sound: bool = False,
    codec: str | None = None,
) -> Iterator[subprocess.Popen[str]]:
    """A camera of (width, height) that sends until the block is left; then nobody listens at its port.

    With ``clip`` it plays that video file, from its start for every viewer. With ``udp`` it sends by UDP only, and with
    ``keyframes`` a keyframe every so many frames of the clip. With ``sound`` it sends sound, too. ``codec`` is that of
    the clip: h264 (the default), h264-intra-refresh, h265, mjpeg, or as-it-is for the H.264 of an MP4 file.
    """
    settings = {
        "VIEWERS": viewers,
        "CLIP": clip,
        "UDP": 1 if udp else None,
        "KEYFRAMES": keyframes,
        "SOUND": 1 if sound else None,
        "CODEC": codec,
    }
    process = subprocess.Popen(
        [SYSTEM_PYTHON, str(SERVER), str(port), str(size[0]), str(size[1]), *login],
        env={**os.environ, **{name: str(value) for name, value in settings.items() if value is not None}},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "ready"
        yield process
    finally:
        process.send_signal(signal.SIGCONT)  # a test may have frozen it
        process.kill()
        process.wait()


def address(port: int, login: str = "") -> str:
    return f"rtsp://{login}127.0.0.1:{port}/door"
