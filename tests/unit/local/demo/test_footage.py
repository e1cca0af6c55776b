"""The clip that the demo plays."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest

from edge_worker.counting.line import Line
from local.demo.footage import choose_footage
from local.demo.options import DemoOptions
from local.errors import DemoError

LINE = Line(0.2, 0.5, 0.8, 0.5)


def _clip(path: Path) -> Path:
    video = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (64, 48))
    for _ in range(3):
        video.write(np.zeros((48, 64, 3), dtype=np.uint8))
    video.release()
    return path


def _write_labels(clip: Path, *directions: str) -> None:
    crossings = [{"t": 1.0, "direction": direction} for direction in directions or ("IN", "OUT")]
    truth = {"line": LINE.points, "anchor": "center", "crossings": crossings}
    clip.with_name(f"{clip.stem}.truth.json").write_text(json.dumps(truth))


def test_a_labelled_clip_is_counted_at_its_line(tmp_path: Path) -> None:
    clip = _clip(tmp_path / "door.avi")
    _write_labels(clip)
    (footage,) = choose_footage(DemoOptions(video=str(clip)), tmp_path)
    assert (footage.line, footage.anchor, footage.known_crossings) == (LINE, "center", 2)
    assert footage.source == str(clip)


def test_the_option_line_has_priority(tmp_path: Path) -> None:
    clip = _clip(tmp_path / "door.avi")
    _write_labels(clip)
    (footage,) = choose_footage(DemoOptions(video=str(clip), line=Line.mid_height()), tmp_path)
    assert (footage.line, footage.known_crossings) == (Line.mid_height(), None)


def test_the_default_line_is_at_mid_height(tmp_path: Path) -> None:
    (footage,) = choose_footage(DemoOptions(video=str(_clip(tmp_path / "a.avi"))), tmp_path)
    assert (footage.line, footage.anchor, footage.known_crossings) == (Line.mid_height(), "foot", None)


def test_clips_that_leave_the_store_as_it_was_are_preferred(tmp_path: Path) -> None:
    _write_labels(_clip(tmp_path / "alley.avi"), "IN", "IN", "OUT")
    assert [one.label for one in choose_footage(DemoOptions(), tmp_path, clips=tmp_path)] == ["alley.avi"]
    _write_labels(_clip(tmp_path / "door.avi"), "OUT", "IN")
    assert [one.label for one in choose_footage(DemoOptions(), tmp_path, clips=tmp_path)] == ["door.avi"]


def test_every_camera_plays_a_clip_of_its_own_while_there_are_enough(tmp_path: Path) -> None:
    for name in ("a.avi", "b.avi", "c.avi"):
        _write_labels(_clip(tmp_path / name))
    played = choose_footage(DemoOptions(cameras=4), tmp_path, clips=tmp_path)
    assert [one.label for one in played] == ["a.avi", "b.avi", "c.avi", "a.avi"]


def test_every_camera_plays_the_video_of_the_options(tmp_path: Path) -> None:
    clip = _clip(tmp_path / "door.avi")
    played = choose_footage(DemoOptions(video=str(clip), cameras=3), tmp_path)
    assert [one.source for one in played] == [str(clip)] * 3


def test_the_label_of_a_stream_has_no_password(tmp_path: Path) -> None:
    (footage,) = choose_footage(DemoOptions(video="rtsp://user:secret@10.0.0.4/1"), tmp_path)
    assert footage.is_stream
    assert "secret" not in footage.label


def test_a_missing_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(DemoError, match=r"VIDEO=/no/such\.mp4 is not a file"):
        choose_footage(DemoOptions(video="/no/such.mp4"), tmp_path)


def test_a_file_that_is_not_a_video_is_reported(tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("not a video")
    with pytest.raises(DemoError, match=r"cannot be played: .*notes\.mp4"):
        choose_footage(DemoOptions(video=str(text)), tmp_path)


def test_broken_labels_are_reported(tmp_path: Path) -> None:
    clip = _clip(tmp_path / "door.avi")
    (tmp_path / "door.truth.json").write_text('{"line": [0, 0]}')
    with pytest.raises(DemoError, match=r"door\.truth\.json cannot be read"):
        choose_footage(DemoOptions(video=str(clip)), tmp_path)
