from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.errors import SourceError
from edge_worker.video.address import checked_file, is_live
from edge_worker.video.file_source import FileSource
from edge_worker.video.live_source import RECONNECT_BACKOFF


def test_cameras_are_distinguished_from_files() -> None:
    assert is_live("rtsp://10.0.0.7/stream1")
    assert is_live("RTSPS://user:secret@cam/1")
    assert not is_live("clips/door.mp4")


def test_a_missing_or_empty_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no video file at"):
        checked_file(str(tmp_path / "gone.mp4"))
    with pytest.raises(SourceError, match="is a folder"):
        checked_file(str(tmp_path))
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(SourceError, match="is empty"):
        checked_file(str(tmp_path / "empty.mp4"))


def test_a_file_that_is_no_video_is_reported(tmp_path: Path) -> None:
    (tmp_path / "text.mp4").write_text("no video\n" * 100)
    with pytest.raises(SourceError, match="cannot be decoded"):
        FileSource(str(tmp_path / "text.mp4"))


def test_an_unknown_scheme_is_refused_without_its_password() -> None:
    with pytest.raises(SourceError, match=r"ftp://admin:\*\*\*@") as caught:
        checked_file("ftp://admin:hunter2@cam/1")
    assert "hunter2" not in str(caught.value)


def test_reconnect_delays_grow_are_limited_and_random() -> None:
    first, third, last = (RECONNECT_BACKOFF.delay_s(failures, random=1.0) for failures in (1, 3, 60))
    assert first < third < last == RECONNECT_BACKOFF.longest_s
    assert RECONNECT_BACKOFF.delay_s(60, random=0.0) == RECONNECT_BACKOFF.longest_s / 2
