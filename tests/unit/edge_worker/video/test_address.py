from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.errors import SourceError
from edge_worker.video.address import checked_file, is_live
from edge_worker.video.file_source import FileSource
from edge_worker.video.live_source import LONGEST_PAUSE_S, pause_s


def test_cameras_are_told_from_files() -> None:
    assert is_live("rtsp://10.0.0.7/stream1")
    assert is_live("RTSPS://user:secret@cam/1")
    assert not is_live("clips/door.mp4")


def test_a_path_without_a_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="there is no video at"):
        checked_file(str(tmp_path / "gone.mp4"))
    with pytest.raises(SourceError, match="is a folder"):
        checked_file(str(tmp_path))
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(SourceError, match="is empty"):
        checked_file(str(tmp_path / "empty.mp4"))


def test_what_holds_no_video_says_so(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no video\n" * 100)
    with pytest.raises(SourceError, match="no video that can be decoded"):
        FileSource(str(tmp_path / "text.mp4"))


def test_an_unknown_scheme_is_refused_without_its_password() -> None:
    with pytest.raises(SourceError, match=r"ftp://admin:\*\*\*@") as caught:
        checked_file("ftp://admin:hunter2@cam/1")
    assert "hunter2" not in str(caught.value)


def test_pauses_grow_and_are_capped_and_spread() -> None:
    assert pause_s(1, lambda: 1.0) < pause_s(3, lambda: 1.0) < pause_s(60, lambda: 1.0) == LONGEST_PAUSE_S
    assert pause_s(60, lambda: 0.0) == LONGEST_PAUSE_S / 2
