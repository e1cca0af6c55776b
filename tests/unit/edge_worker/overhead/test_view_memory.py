"""The view that was found out survives a restart."""

from __future__ import annotations

from pathlib import Path

import pytest

from edge_worker.overhead.view import View
from edge_worker.overhead.view_memory import ViewMemory


def test_what_was_written_is_read_after_a_restart(tmp_path: Path) -> None:
    ViewMemory.beside(tmp_path / "camera.db").write(View.ABOVE)
    assert ViewMemory.beside(tmp_path / "camera.db").read() is View.ABOVE
    assert [file.name for file in tmp_path.iterdir()] == ["camera.db.view.json"]


def test_without_a_file_the_view_is_from_the_side(tmp_path: Path) -> None:
    assert ViewMemory(tmp_path / "missing.json").read() is View.SIDE


@pytest.mark.parametrize(
    "content",
    [
        *("", "{", "[]", "\xff", '{"view": "above"}', '{"format": 1}'),
        *('{"format": 2, "view": "above"}', '{"format": 1, "view": "below"}'),
        *('{"format": 1, "view": "auto"}', '{"format": 1, "view": ["above"]}'),
    ],
)
def test_a_file_that_cannot_be_used_is_not_used(tmp_path: Path, content: str) -> None:
    file = tmp_path / "view.json"
    file.write_text(content, encoding="latin-1")
    assert ViewMemory(file).read() is View.SIDE


def test_a_disk_that_fails_is_reported_and_stops_nothing(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    ViewMemory(tmp_path / "missing" / "view.json").write(View.ABOVE)
    assert "cannot be written" in caplog.text
