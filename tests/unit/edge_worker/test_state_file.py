"""Files beside the outbox: replaced as a whole, and refused when they are not what was written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from edge_worker.state_file import StateFile, beside

SUBJECT = "the view"


@pytest.fixture
def file(tmp_path: Path) -> StateFile:
    return StateFile(beside(tmp_path / "outbox.db", ".view.json"), SUBJECT)


def test_what_was_written_is_read_by_the_next_run(file: StateFile) -> None:
    assert file.read_json() is None
    file.write_json({"view": "above"})
    file.write_json({"view": "side", "since": 3})
    assert StateFile(file.path, SUBJECT).read_json() == {"view": "side", "since": 3}
    assert [path.name for path in file.path.parent.iterdir()] == ["outbox.db.view.json"]


def test_a_missing_file_is_not_worth_a_word(file: StateFile, caplog: pytest.LogCaptureFixture) -> None:
    assert file.read_json() is None
    assert file.read_bytes() is None
    assert caplog.text == ""


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff", b"[]", b"3", b"{}", b'{"format": 2}', b'{"format": "1"}', b'{"format": 1} {}', b"[" * 100_000],
)
def test_content_that_cannot_be_used_is_refused_and_reported(
    content: bytes, file: StateFile, caplog: pytest.LogCaptureFixture
) -> None:
    file.path.write_bytes(content)
    assert file.read_json() is None
    assert f"the view in {file.path} cannot be read" in caplog.text
    assert "is found out again" in caplog.text


def test_content_of_an_older_format_is_refused(file: StateFile) -> None:
    file.write_json({"view": "above"})
    assert StateFile(file.path, SUBJECT, format_number=2).read_json() is None


def test_a_folder_in_place_of_the_file_is_reported(file: StateFile, caplog: pytest.LogCaptureFixture) -> None:
    file.path.mkdir()
    assert file.read_json() is None
    file.write_json({"view": "above"})
    assert "cannot be read" in caplog.text
    assert "cannot be written" in caplog.text
    assert [path.name for path in file.path.parent.iterdir()] == [file.path.name], "the draft is left behind"


def test_a_write_that_fails_keeps_the_old_content(
    file: StateFile, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    file.write_json({"view": "above"})

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    file.write_json({"view": "side"})
    assert file.read_json() == {"view": "above"}
    assert "cannot be written" in caplog.text
    assert "No space left on device" in caplog.text
    assert len(list(file.path.parent.iterdir())) == 1


def test_the_content_is_on_the_disk_before_the_name_points_to_it(
    file: StateFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a power cut leaves an empty file under the name."""
    calls: list[str] = []
    fsync, replace = os.fsync, Path.replace

    def synced(descriptor: int) -> None:
        calls.append("folder" if Path(f"/proc/self/fd/{descriptor}").readlink() == file.path.parent else "content")
        fsync(descriptor)

    def renamed(path: Path, target: Path) -> Path:
        calls.append("name")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    file.write_json({"view": "above"})
    assert calls == ["content", "name", "folder"]
