"""A real RTSP server (GStreamer's) that behaves as cameras do: it stops, freezes, changes, refuses and comes back."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import pytest

from edge_worker.counting import Anchor, Line
from edge_worker.detection.detections import Detections, Image
from edge_worker.detection.port import Backend
from edge_worker.doctor.picture import check_source
from edge_worker.errors import SourceLostError
from edge_worker.pipeline import Pipeline
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from edge_worker.video.live_source import LiveSource
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, serving

SERVER = Path(__file__).with_name("rtsp_server.py")
PYTHON = "/usr/bin/python3"
BACK_WITHIN_S = 10.0


@pytest.fixture(scope="module", autouse=True)
def _gstreamer() -> None:
    bindings = "import gi; gi.require_version('GstRtspServer', '1.0'); from gi.repository import GstRtspServer"
    if (
        not Path(PYTHON).exists()
        or subprocess.run([PYTHON, "-c", bindings], check=False, capture_output=True).returncode
    ):
        pytest.skip(
            "no RTSP server to test against: apt-get install gir1.2-gst-rtsp-server-1.0 python3-gi "
            "gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly"
        )


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


@contextmanager
def camera(port: int, size: tuple[int, int] = (320, 240), *login: str) -> Iterator[subprocess.Popen[str]]:
    """A camera that sends until the block is left; then nobody listens at its port."""
    width, height = size
    process = subprocess.Popen(
        [PYTHON, str(SERVER), str(port), str(width), str(height), *login], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


@contextmanager
def watching(url: str) -> Iterator[LiveSource]:
    source = LiveSource(url)
    try:
        yield source
    finally:
        source.close()


def url(port: int, login: str = "") -> str:
    return f"rtsp://{login}127.0.0.1:{port}/door"


def seconds_until_a_frame(source: LiveSource, fine: Callable[[tuple[int, int]], bool] = lambda _size: True) -> float:
    began = monotonic()
    while monotonic() - began < 3 * BACK_WITHIN_S:
        frame = source.read(0.5)
        if frame is not None and fine(frame.size):
            return monotonic() - began
    pytest.fail("the camera is not seen again")


def drained(source: LiveSource) -> None:
    """Takes what was still on its way, until there is nothing."""
    while source.read(1.5) is not None:
        pass


def test_a_camera_that_goes_and_comes_back_larger_is_seen_again_within_ten_seconds(port: int) -> None:
    with camera(port) as first, watching(url(port)) as source:
        assert seconds_until_a_frame(source, lambda size: size == (240, 320)) < BACK_WITHIN_S
        first.kill()
        drained(source)
        assert source.read(1.0) is None, "no frame is invented while the camera is away"
        with camera(port, (640, 480)):
            assert seconds_until_a_frame(source, lambda size: size == (480, 640)) < BACK_WITHIN_S


def test_a_camera_that_freezes_gives_no_frames_and_is_seen_again_when_it_thaws(port: int) -> None:
    with camera(port) as frozen, watching(url(port)) as source:
        seconds_until_a_frame(source)
        frozen.send_signal(signal.SIGSTOP)
        drained(source)
        assert source.read(1.0) is None
        frozen.send_signal(signal.SIGCONT)
        assert seconds_until_a_frame(source) < BACK_WITHIN_S


def test_a_wrong_password_is_said_without_saying_the_password_and_the_doctor_knows_why(port: int) -> None:
    with camera(port, (320, 240), "viewer", "right-one"):
        with pytest.raises(SourceLostError, match="password") as refused:
            LiveSource(url(port, "viewer:wr0ng-one@"), first_frame_s=4.0)
        assert "wr0ng-one" not in str(refused.value)
        checks, _ = check_source(url(port, "viewer:wr0ng-one@"))
        assert [(check.name, check.verdict) for check in checks] == [("source", "ok"), ("first frame", "fail")]
        assert "password" in checks[-1].hint
        assert all("wr0ng-one" not in check.found + check.hint for check in checks)
        with watching(url(port, "viewer:right-one@")) as source:
            seconds_until_a_frame(source)


def test_the_doctor_names_the_codec_and_the_size(port: int) -> None:
    with camera(port):
        checks, image = check_source(url(port))
    assert [(check.name, check.verdict) for check in checks] == [
        ("source", "ok"),
        ("codec", "ok"),
        ("first frame", "ok"),
    ]
    assert checks[1].found == "H264"
    assert image is not None
    assert image.shape == (240, 320, 3)


class SeesNobody:
    """A detector of an empty shop: what is tested here is everything around it."""

    backend = Backend.TORCH
    model = "nobody"
    input_size = (240, 320)
    workers = 1

    def detect(self, image: Image) -> Detections:  # noqa: ARG002
        return Detections.none()


def test_a_worker_reports_the_reconnection_and_is_silent_while_its_camera_is_away(port: int, tmp_path: Path) -> None:
    line = Line.mid_height()
    with serving(RecordingBackend()) as backend:
        options = RunOptions(
            source=url(port, "viewer:s3cret@"),
            api_url=backend.url,
            key=KEY,
            camera_id=backend.camera_id,
            outbox=tmp_path / "outbox.db",
            quiet=True,
            heartbeat_s=0.1,
        )
        pipelines: list[Pipeline] = []

        def open_feed(*_: object) -> Pipeline:
            source = lambda: LiveSource(url(port))  # noqa: E731
            pipelines.append(Pipeline(source, lambda _size: SeesNobody(), line=line, anchor=Anchor.FOOT))
            return pipelines[-1]

        session = Session(options, open_feed, "1")
        with camera(port) as first:
            plot = threading.Thread(target=_kill_then_bring_back, args=(first, port, backend, pipelines))
            plot.start()
            assert session.run() == 0
            plot.join()
    minutes: dict[str, int] = {}
    for beat in backend.heartbeats:
        for minute in beat["minutes"]:
            minutes[minute["minute"]] = minute["reconnects"]
    assert sum(minutes.values()) >= 1
    assert "s3cret" not in str(backend.heartbeats)


def _kill_then_bring_back(
    first: subprocess.Popen[str], port: int, backend: RecordingBackend, pipelines: list[Pipeline]
) -> None:
    """Lets the camera send, go and come back, each until the heartbeats show it; then ends the run."""
    pause = threading.Event()
    while not backend.heartbeats:
        pause.wait(0.05)
    first.kill()
    before = -1
    while len(backend.heartbeats) != before:  # silence: no heartbeat for a second and a half
        before = len(backend.heartbeats)
        pause.wait(1.5)
    with camera(port):
        while len(backend.heartbeats) < before + 3:
            pause.wait(0.05)
        pipelines[0].close()
