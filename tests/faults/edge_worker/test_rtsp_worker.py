"""The whole worker and the doctor in front of a real RTSP server (GStreamer's); the source alone is in `test_rtsp`."""

from __future__ import annotations

import subprocess
import threading
from pathlib import Path

import pytest

from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Backend, Detections
from edge_worker.doctor.source import check_source
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.running.options import RunOptions
from edge_worker.running.session import Session
from edge_worker.video.frame import Image
from edge_worker.video.live_source import LiveSource
from tests.faults.edge_worker.rtsp_camera import address, camera, require_gstreamer
from tests.integration.edge_worker.recording_backend import KEY, RecordingBackend, serving


@pytest.fixture(scope="module", autouse=True)
def _gstreamer() -> None:
    require_gstreamer()


def test_the_doctor_names_the_codec_and_the_size(port: int) -> None:
    with camera(port):
        checks, image = check_source(address(port))
    assert [(check.name, check.verdict) for check in checks] == [
        ("source", "ok"),
        ("codec", "ok"),
        ("first frame", "ok"),
    ]
    assert checks[1].found == "H264"
    assert image is not None
    assert image.shape == (240, 320, 3)


def test_the_doctor_suspects_the_password_and_never_shows_it(port: int) -> None:
    with camera(port, (320, 240), "viewer", "right-one"):
        [unasked], _ = check_source(address(port))
        wrong, _ = check_source(address(port, "viewer:wr0ng-one@"))
    assert (unasked.verdict, unasked.hint) == ("fail", "write rtsp://user:password@…")
    assert [(check.name, check.verdict) for check in wrong] == [("source", "ok"), ("first frame", "fail")]
    assert "password" in wrong[-1].hint
    assert all("wr0ng-one" not in check.found + check.hint for check in wrong)


class SeesNobody:
    """A detector of an empty shop: what is tested here is everything around it."""

    backend = Backend.TORCH
    model = "nobody"
    input_size = (240, 320)
    workers = 1
    precision = "f32"
    device = "cpu"

    def detect(self, image: Image) -> Detections:  # noqa: ARG002 - the interface of a detector
        return Detections.none()


def test_a_worker_reports_the_reconnection_and_is_silent_while_its_camera_is_away(port: int, tmp_path: Path) -> None:
    with serving(RecordingBackend()) as backend, camera(port) as first:
        options = RunOptions(
            source=address(port, "viewer:s3cret@"),
            api_url=backend.url,
            key=KEY,
            camera_id=backend.camera_id,
            outbox=tmp_path / "outbox.db",
            quiet=True,
            heartbeat_s=0.1,
        )
        pipelines: list[Pipeline] = []

        def open_feed(*_: object) -> Pipeline:
            pipelines.append(
                Pipeline(
                    lambda: LiveSource(address(port)),
                    lambda _size: SeesNobody(),
                    line=Line.mid_height(),
                    anchor=Anchor.FOOT,
                )
            )
            return pipelines[-1]

        plot = threading.Thread(target=_kill_then_bring_back, args=(first, port, backend, pipelines), daemon=True)
        plot.start()
        assert Session(options, open_feed, "1").run() == 0
        plot.join(30)
    reconnects = {minute["minute"]: minute["reconnects"] for beat in backend.heartbeats for minute in beat["minutes"]}
    assert sum(reconnects.values()) >= 1
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
