"""The whole worker and the doctor in front of a real RTSP server (GStreamer's); the source alone is in `test_rtsp`."""

from __future__ import annotations

import json
import logging
import subprocess
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.doctor.source import check_source
from edge_worker.picture_health import monitor
from edge_worker.picture_health.freeze import FreezeDetector
from edge_worker.picture_health.parameters import FreezeParameters
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.running.session import STATUS_INTERVAL_S, Session
from edge_worker.status.healthz import health_problems
from edge_worker.video.frame import Image
from edge_worker.video.live_source import LiveSource
from tests.faults.edge_worker import walkers
from tests.faults.edge_worker.rtsp_camera import address, camera, require_gstreamer
from tests.faults.edge_worker.rtsp_proxy import loses, rtsp_proxy
from tests.integration.edge_worker.recording_backend import RecordingBackend, serving
from tests.unit.edge_worker.picture_health.scenes import scene


@pytest.fixture(scope="module", autouse=True)
def _gstreamer() -> None:
    require_gstreamer()


def test_the_doctor_names_the_codec_and_the_size(port: int) -> None:
    with camera(port):
        checks, frames = check_source(address(port))
    assert [(check.name, check.verdict) for check in checks] == [
        ("source", "ok"),
        ("codec", "ok"),
        ("first frame", "ok"),
    ]
    assert checks[1].found == "H264"
    assert frames is not None
    assert frames.image.shape == (240, 320, 3)
    assert 0 < frames.decode_s < 0.1


def test_the_doctor_suspects_the_password_and_never_shows_it(port: int) -> None:
    with camera(port, (320, 240), "viewer", "right-one"):
        [unasked], _ = check_source(address(port))
        wrong, _ = check_source(address(port, "viewer:wr0ng-one@"))
    assert (unasked.verdict, unasked.hint) == ("fail", "write rtsp://user:password@…")
    assert [(check.name, check.verdict) for check in wrong] == [("source", "ok"), ("first frame", "fail")]
    assert "password" in wrong[-1].hint
    assert all("wr0ng-one" not in check.found + check.hint for check in wrong)


class SeesNobody(LocalDetector):
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
        options = backend.run_options(address(port, "viewer:s3cret@"), tmp_path, heartbeat_s=0.1)
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


def count_until(
    reported: Callable[[dict[str, Any]], bool], source: str, backend: RecordingBackend, folder: Path
) -> dict[str, Any]:
    """Run a worker until a heartbeat is as expected; return the status at that moment."""
    options = backend.run_options(source, folder, status_file=folder / "status.json", heartbeat_s=0.1)
    pipelines: list[Pipeline] = []
    statuses: list[dict[str, Any]] = []

    def open_feed(_options: object, _config: object, camera: CameraStatus) -> Pipeline:
        pipelines.append(
            Pipeline(
                lambda: LiveSource(source),
                lambda _size: SeesNobody(),
                line=Line.mid_height(),
                anchor=Anchor.FOOT,
                camera=camera,
            )
        )
        return pipelines[-1]

    def wait() -> None:
        for _ in range(600):
            threading.Event().wait(0.1)
            if any(reported(beat) for beat in backend.heartbeats):
                threading.Event().wait(2 * STATUS_INTERVAL_S)
                statuses.append(json.loads((folder / "status.json").read_text()))
                break
        pipelines[0].close()

    waiting = threading.Thread(target=wait, daemon=True)
    waiting.start()
    assert Session(options, open_feed, "1").run() == 0
    waiting.join()
    assert statuses, f"no such heartbeat: {[beat.get('picture') for beat in backend.heartbeats]}"
    return statuses[0]


def test_a_picture_that_lost_packets_damage_is_reported_with_a_remedy(
    port: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    clip = walkers.draw_clip(tmp_path / "walkers.avi")
    with (
        serving(RecordingBackend()) as backend,
        camera(port, clip=clip, keyframes=10),
        rtsp_proxy(port, loses(0.08)) as proxy,
    ):
        status = count_until(lambda beat: beat.get("picture") == "damaged", address(proxy.port), backend, tmp_path)
    [problem] = [problem for problem in health_problems(status) if "damaged" in problem]
    assert "packets of the stream are lost" in problem
    assert "check the cable" in problem
    assert status["transport"] == "tcp"
    assert status["decoder"] == "software", "PyAV's wheel for Linux reaches no hardware that is used"
    assert problem.split("(")[0] in caplog.text


LIVE_S, FROZEN_S = 5, 9


def test_a_camera_whose_encoder_repeats_a_frame_is_frozen_and_not_observed(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # A tenth of the real times, so that the clip of some seconds reaches them.
    quick = FreezeParameters(frozen_s=3.0, noise_window_s=1.2, held_after_s=1.0, strikes_s=3.0)
    monkeypatch.setattr(monitor, "FreezeDetector", partial(FreezeDetector, quick))
    monkeypatch.setattr(monitor, "SAMPLE_S", 0.2)
    caplog.set_level(logging.WARNING)
    shop = np.asarray(cv2.resize(scene(), (320, 240)), np.uint8)
    noise = np.random.default_rng(2)
    video = cv2.VideoWriter(str(tmp_path / "clip.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for index in range(10 * (LIVE_S + FROZEN_S)):
        if index <= 10 * LIVE_S:
            grain = np.round(noise.standard_normal((240, 320)) * 3).astype(np.int16)
            picture = np.asarray(cv2.add(shop, cv2.merge([grain] * 3), dtype=cv2.CV_8U), np.uint8)
        video.write(picture)
    video.release()
    with serving(RecordingBackend()) as backend, camera(port, clip=tmp_path / "clip.avi"):
        status = count_until(lambda beat: beat.get("picture") == "frozen", address(port), backend, tmp_path)
    [problem] = [problem for problem in health_problems(status) if "frozen" in problem]
    assert "restart the camera" in problem
    assert "the picture is frozen" in caplog.text
    observed = sum(minute["frames"] for beat in backend.heartbeats for minute in beat["minutes"])
    assert 10 * LIVE_S * 0.6 <= observed <= 10 * (LIVE_S + 2)
