"""The edge box of a demo store: its service and its edge file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from edge_worker.counting.line import Anchor, Line
from edge_worker.supervisor.edge_file import read_edge_file
from local.demo.footage import Footage
from local.demo.worker import CountingCamera, DemoBox
from local.errors import DemoError

KEY = "mk_" + "a" * 43
CLIP = Footage('/clips/the "old" door.mpg', False, Line.mid_height(), Anchor.FOOT, 2, is_balanced=True)
STREAM = replace(CLIP, source="rtsp://user:p%40ss@10.0.0.4/1", is_stream=True)


def _box(folder: Path, *footage: Footage | None) -> DemoBox:
    cameras = [CountingCamera(uuid4(), f"Door {number}", one, folder) for number, one in enumerate(footage, 1)]
    return DemoBox("edge", "http://127.0.0.1:8400", KEY, cameras, model="yolo11n")


def test_the_edge_file_has_a_section_for_each_camera(tmp_path: Path) -> None:
    box = _box(tmp_path, CLIP, STREAM)
    service = box.service()
    assert service.command[1:] == ("-m", "edge_worker.cli", "run", "--config", str(tmp_path / "edge.toml"))
    found = read_edge_file(tmp_path / "edge.toml", service.environment)
    for section, camera in zip(found.cameras, box.cameras, strict=True):
        assert (section.name, section.options.camera_id) == (camera.name, str(camera.id))
        assert (section.options.outbox, section.options.status_file) == (camera.outbox, camera.status_file)
        assert (section.options.key, section.options.model) == (KEY, "yolo11n")
    clip, stream = (section.options for section in found.cameras)
    assert (clip.source, clip.pace, clip.loop) == (CLIP.source, "real-time", True)
    assert (stream.source, stream.pace, stream.loop) == (STREAM.source, "none", False)


def test_without_footage_the_simulator_runs(tmp_path: Path) -> None:
    box = _box(tmp_path, None)
    service = box.service()
    assert service.command[1:3] == ("-m", "local.simulator")
    assert service.environment["METRICA_CAMERA_ID"] == str(box.cameras[0].id)
    assert not list(tmp_path.iterdir())


def test_an_edge_file_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    (tmp_path / "edge.toml").mkdir()
    with pytest.raises(DemoError, match=r"edge\.toml cannot be written"):
        _box(tmp_path, CLIP).service()
