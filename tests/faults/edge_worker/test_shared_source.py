"""Cameras with the same source: one process decodes and detects once, with a counter and an outbox for each."""

from __future__ import annotations

import json
import os
import re
import signal
from collections import Counter
from pathlib import Path
from time import sleep

from edge_worker.counting.line import Anchor, Line
from edge_worker.pipeline.clip_count import count_clip
from tests.assets import clip, write_part
from tests.faults.edge_worker.box import POLL_S, box
from tests.integration.edge_worker.recording_backend import RecordingBackend, serving

OTHER = "22222222-2222-4222-8222-222222222222"
UNKNOWN = "33333333-3333-4333-8333-333333333333"


def test_two_lines_on_one_picture_are_counted_apart_and_each_frame_is_searched_once(tmp_path: Path) -> None:
    truth = json.loads(clip("doorway_1.mpg").with_name("doorway_1.truth.json").read_text())
    line, swapped = truth["line"], [*truth["line"][2:], *truth["line"][:2]]
    source = write_part(tmp_path / "both.avi", first=190, last=290, step=4)
    alone = count_clip(str(source), line=Line.from_points(line), anchor=Anchor.FOOT, backend="openvino")
    expected = Counter(crossing.direction.value for crossing in alone.crossings)
    assert expected, "a clip without crossings proves nothing"
    with serving(RecordingBackend()) as backend:
        backend.line, backend.further_cameras = line, {OTHER: swapped}
        cameras = [
            {"id": camera_id, "name": name, "source": str(source), "backend": "openvino"}
            for camera_id, name in ((backend.camera_id, "in"), (OTHER, "out"))
        ]
        with box(tmp_path, backend, cameras) as started:
            status = started.wait_until(lambda status: all("frames" in one for one in status["cameras"].values()))
            assert status["cameras"]["in"]["pid"] == status["cameras"]["out"]["pid"]
            detected = 0
            while started.supervisor.poll() is None:
                sleep(POLL_S)
                status = started.status()
                detected = max(detected, status.get("detector", {}).get("frames", 0))
                assert not any(camera["failures"] for camera in status.get("cameras", {}).values()), status
            assert started.supervisor.wait() == 0
    stored = {
        camera_id: Counter(event["direction"] for key, event in backend.stored.items() if key[0] == camera_id)
        for camera_id in (backend.camera_id, OTHER)
    }
    assert stored[backend.camera_id] == expected
    assert stored[OTHER] == Counter({"IN": expected["OUT"], "OUT": expected["IN"]})
    assert detected <= alone.frames, "a frame was searched twice"
    log = (tmp_path / "log").read_text()
    assert set(re.findall(r" crossing camera=(\w+) ", log)) == {"in", "out"}


def test_a_camera_that_the_backend_does_not_know_does_not_stop_the_other_one_and_is_tried_again(
    tmp_path: Path,
) -> None:
    source = write_part(tmp_path / "loop.avi", first=200, last=250, step=5)
    with serving(RecordingBackend()) as backend:
        backend.line = [0.0, 0.5, 1.0, 0.5]
        playing = {"source": str(source), "backend": "motion", "pace": "real-time", "loop": True}
        cameras = [
            {"id": camera_id, "name": name, **playing}
            for camera_id, name in ((backend.camera_id, "known"), (UNKNOWN, "unknown"))
        ]
        with box(tmp_path, backend, cameras) as started:
            status = started.wait_until(lambda status: status["cameras"]["unknown"].get("state") == "failed")
            assert "knows no camera" in status["cameras"]["unknown"]["problem"]
            log = (tmp_path / "log").read_text()
            assert re.search(r"starting this camera again in .* camera=unknown\n", log)
            assert any("unknown: the worker ended with exit code 1" in one for one in status["problems"])
            assert "detector" not in status, "the motion backend needs no model"
            started.wait_for_frames("known", more=12)
            backend.further_cameras = {UNKNOWN: [0.0, 0.5, 1.0, 0.5]}
            started.wait_for_frames("known", "unknown", more=12)
            worker = started.pid("known")
            os.kill(worker, signal.SIGKILL)
            started.wait_until(lambda status: status["cameras"]["known"].get("pid", worker) != worker)
            started.wait_for_frames("known", "unknown", more=3)
            assert started.stop() == 0
