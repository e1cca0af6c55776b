"""The boxes that are found in a turned or cut picture, in pixels of the picture itself."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from benchmarks.from_above import labelled_lines, once, tiled, together, turned
from edge_worker.detection.detector import Detections
from edge_worker.overhead.turns import Turn
from edge_worker.video.frame import Image

LEFT, TOP, RIGHT, BOTTOM = 18, 8, 23, 12


def bright_box(image: Image) -> Detections:
    """The box around the bright pixels, with a score that grows with its area."""
    rows, columns = np.nonzero(image[..., 0])
    if not len(rows):
        return Detections.none()
    box = np.array([[columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]], np.float32)
    return Detections(box, np.array([len(rows) / 100], np.float32))


@pytest.fixture
def picture() -> Image:
    """A dark picture of 40 × 20 pixels with one bright body."""
    image = np.zeros((20, 40, 3), np.uint8)
    image[TOP:BOTTOM, LEFT:RIGHT] = 255
    return image


@pytest.mark.parametrize("turn", Turn)
def test_a_box_of_a_turned_picture_is_turned_back(picture: Image, turn: Turn) -> None:
    assert turned(bright_box, turn)(picture).boxes.tolist() == [[LEFT, TOP, RIGHT, BOTTOM]]


@pytest.mark.parametrize(("columns", "rows"), [(1, 1), (2, 1), (2, 2)])
def test_a_body_in_the_overlap_of_tiles_is_found_once(picture: Image, columns: int, rows: int) -> None:
    assert tiled(bright_box, columns, rows)(picture).boxes.tolist() == [[LEFT, TOP, RIGHT, BOTTOM]]


def test_the_early_labels_of_busdark_are_moved_once(tmp_path: Path) -> None:
    truth = {
        "line": [0.1, 0.5, 0.9, 0.5],
        "anchor": "foot",
        "tolerance_s": 1.0,
        "crossings": [{"t": 11.0, "direction": "IN"}],
    }
    for name in ("busdark", "busdoor_2"):
        (tmp_path / f"{name}.mp4").touch()
        (tmp_path / f"{name}.truth.json").write_text(json.dumps(truth | {"clip": f"{name}.mp4"}))
    lines = labelled_lines(tmp_path, ["busdark", "busdoor_2"])
    assert {name: [crossing.t for crossing in moved.crossings] for _, name, moved in lines} == {
        "busdark": [13.0],
        "busdoor_2": [11.0],
    }


def test_nobody_in_any_picture_is_nobody(picture: Image) -> None:
    assert len(together(bright_box, turned(bright_box, Turn.QUARTER))(np.zeros_like(picture))) == 0


def test_a_picture_is_looked_at_once(picture: Image) -> None:
    seen: list[Image] = []

    def look(image: Image) -> Detections:
        seen.append(image)
        return bright_box(image)

    remembered = once(look)
    other = np.zeros_like(picture)
    assert [len(remembered(image)) for image in (picture, picture, other, picture)] == [1, 1, 0, 1]
    assert len(seen) == 3
