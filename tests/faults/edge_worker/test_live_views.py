"""Cameras whose pictures are turned or looked at in part, on the live path: RTSP and the detector process."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.small_people import SmallScene
from edge_worker.evaluation.ground_truth import read_ground_truth
from edge_worker.overhead.view import View
from edge_worker.pipeline.clip_count import count_clip
from tests.assets import clip, models_folder
from tests.faults.edge_worker.box import box
from tests.faults.edge_worker.rtsp_camera import address, camera
from tests.integration.edge_worker.recording_backend import RecordingBackend, serving

PATIENCE_S = 300.0


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_people_from_straight_above_are_counted_from_a_camera_as_from_a_file(port: int, tmp_path: Path) -> None:
    """Thirteen people cross; the picture as it is shows none of them.

    A camera drops frames where the machine is slow: at 5 frames/s a file has half of the people, too.
    """
    truth = read_ground_truth(clip("views/busdark.truth.json"))
    path = clip("views/busdark.mp4")
    with serving(RecordingBackend()) as backend, camera(port, (320, 240), clip=path):
        backend.line = list(truth.line.points)
        cameras = [{"id": backend.camera_id, "name": "bus", "source": address(port), "view": "above"}]
        with box(tmp_path, backend, cameras) as started:
            # The camera plays the clip once for each connection.
            started.wait_until(lambda status: status["cameras"]["bus"].get("reconnects", 0) >= 1, PATIENCE_S)
            status = started.status()
    counted = status["cameras"]["bus"]
    assert counted["view"] == View.ABOVE
    assert 3 <= counted["crossings"] <= 14


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_the_region_of_a_camera_with_small_people_is_found_out_while_it_counts(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))
    truth = read_ground_truth(clip("doorway_2.truth.json"))
    scene = SmallScene(2, is_reduced=True)
    path = scene.write(clip("doorway_2.mpg"), tmp_path / "small.avi", step=2)
    line = scene.line(truth.line)
    assert len(count_clip(str(path), line=line, anchor=truth.anchor).crossings) == 2
    with serving(RecordingBackend()) as backend, camera(port, (384, 288), clip=path):
        backend.line = list(line.points)
        cameras = [{"id": backend.camera_id, "name": "door", "source": address(port)}]
        with box(tmp_path, backend, cameras) as started:
            started.wait_until(lambda status: status["cameras"]["door"].get("region") is not None, PATIENCE_S)
            before = started.status()["cameras"]["door"]
            after = started.wait_until(
                lambda status: status["cameras"]["door"]["crossings"] >= before["crossings"] + 2, PATIENCE_S
            )["cameras"]["door"]
    assert after["view"] == View.SIDE
    x1, y1, x2, y2 = after["region"]
    assert x2 - x1 < 0.5
    assert y2 - y1 < 0.6
    assert "people at the line are small" in (tmp_path / "log").read_text()
