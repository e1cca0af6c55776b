"""The file with the region of a camera."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from edge_worker.counting.line import Line
from edge_worker.line_region.region import Region
from edge_worker.line_region.region_memory import RegionMemory

LINE, SIZE = Line(0.5, 0.2, 0.5, 0.8), (480, 640)
REGION = Region(100, 50, 300, 150, 320)


def test_a_region_is_read_as_it_was_written(tmp_path: Path) -> None:
    memory = RegionMemory.beside(tmp_path / "outbox.db")
    assert memory.read(LINE, SIZE) is None
    memory.write(LINE, SIZE, REGION)
    assert memory.read(LINE, SIZE) == REGION
    assert [path.name for path in tmp_path.iterdir()] == ["outbox.db.region.json"]


def test_a_region_of_another_line_or_other_pictures_is_not_used(tmp_path: Path) -> None:
    memory = RegionMemory(tmp_path / "region.json")
    memory.write(LINE, SIZE, REGION)
    assert memory.read(Line.mid_height(), SIZE) is None
    assert memory.read(LINE, (720, 1280)) is None


def test_that_there_is_no_region_is_kept_too(tmp_path: Path) -> None:
    memory = RegionMemory(tmp_path / "region.json")
    memory.write(LINE, SIZE, REGION)
    memory.write(LINE, SIZE, None)
    assert memory.read(LINE, SIZE) is None


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": 2}', '{"format": 1}', "\xff"])
def test_a_file_that_cannot_be_used_is_left_out(content: str, tmp_path: Path) -> None:
    path = tmp_path / "region.json"
    path.write_text(content, encoding="latin-1")
    assert RegionMemory(path).read(LINE, SIZE) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"x1": -1},
        {"x1": 300},
        {"y2": 481},
        {"x2": 641},
        {"y1": 10.5},
        {"y1": "10"},
        {"y1": True},
        {"longest_side": 0},
        {"longest_side": 333},
        {"longest_side": 1 << 20},
        {"more": 1},
    ],
)
def test_a_region_that_is_no_part_of_the_pictures_is_refused(
    changed: dict[str, Any], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    memory = RegionMemory(tmp_path / "region.json")
    memory.write(LINE, SIZE, REGION)
    content = json.loads(memory.path.read_text())
    content["region"] |= changed
    memory.path.write_text(json.dumps(content))
    assert memory.read(LINE, SIZE) is None
    assert "is no part of 640 × 480 pixels" in caplog.text


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    RegionMemory(tmp_path / "missing" / "region.json").write(LINE, SIZE, REGION)
    assert "cannot be written" in caplog.text
