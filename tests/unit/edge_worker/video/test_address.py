from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.errors import SourceError
from edge_worker.video.address import checked_file, checked_source, is_live, webcam_number
from edge_worker.video.file_source import FileSource
from edge_worker.video.live_source import RECONNECT_BACKOFF


def test_cameras_are_distinguished_from_files() -> None:
    assert is_live("rtsp://10.0.0.7/stream1")
    assert is_live("RTSPS://user:secret@cam/1")
    assert not is_live("clips/door.mp4")


def test_a_camera_where_a_file_is_needed_is_named_without_its_password() -> None:
    with pytest.raises(SourceError, match="is a camera, and a video file is needed: record one") as error:
        checked_file("rtsp://viewer:s3cret@192.168.1.64/102")
    assert "s3cret" not in str(error.value)


def test_a_missing_or_empty_file_is_reported(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no video file at .* begins with rtsp://"):
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


@pytest.mark.parametrize(
    ("address", "hint"),
    [
        ("rtsp://admin:pa/ss@cam/1", "write / as %2F"),
        ("rtsp://admin:p#s?s@cam/1", "write # as %23 and ? as %3F"),
        ("rtsp://admin:se cret@cam/1", "write a space as %20"),
        ("rtsp://admin:100%@cam/1", "write % as %25"),
    ],
)
def test_a_password_that_must_be_encoded_is_refused_with_a_hint_and_not_shown(address: str, hint: str) -> None:
    with pytest.raises(SourceError) as caught:
        checked_source(address)
    assert str(caught.value).endswith(f"must be encoded in an address: {hint}")
    assert "rtsp://admin:***@cam/1" in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "rtsp://admin:pa%2Fss@cam/1",
        "rtsp://a@b:p@ss@cam/1",
        "rtsp://10.0.0.7:554/stream@1",
        "rtsp://[::1]:554/stream@1",
        "rtsp://cam/user=admin_password=x_channel=1",
    ],
)
def test_an_address_that_needs_no_encoding_is_accepted(address: str) -> None:
    assert checked_source(address) == address


@pytest.mark.parametrize(("source", "number"), [("0", 0), ("1", 1), ("/dev/video0", 0), ("/dev/video12", 12)])
def test_a_webcam_is_a_camera(source: str, number: int) -> None:
    assert is_live(source)
    assert webcam_number(source) == number


def test_a_webcam_that_is_not_there_is_refused_in_a_sentence_that_says_what_works() -> None:
    with pytest.raises(SourceError, match=r"no webcam /dev/video97 .*give a video file or an address that begins with"):
        checked_source("97")
