"""The clip as it is rendered on this machine, and as the worker counts it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import pytest

from local.clip.people import cut_out_people
from local.clip.render import FPS, DoorwayClip, doorway_clip
from local.clip.walks import DURATION_S
from local.errors import ClipError
from tests.assets import models_folder

BUILD = Path(__file__).parents[4] / "build" / "clip"


@pytest.fixture(scope="module")
def clip() -> DoorwayClip:
    return doorway_clip(BUILD)


def _truth(clip: DoorwayClip) -> dict[str, Any]:
    truth: dict[str, Any] = json.loads(clip.truth.read_text(encoding="utf-8"))
    return truth


def test_every_frame_can_be_read(clip: DoorwayClip) -> None:
    video = cv2.VideoCapture(str(clip.video))
    frames = 0
    while video.grab():
        frames += 1
    assert frames == round(DURATION_S * FPS)
    assert [video.get(cv2.CAP_PROP_FRAME_WIDTH), video.get(cv2.CAP_PROP_FRAME_HEIGHT)] == _truth(clip)["frame_size"]


def test_it_is_rendered_once(clip: DoorwayClip) -> None:
    modified_at = clip.video.stat().st_mtime_ns
    assert doorway_clip(BUILD) == clip
    assert clip.video.stat().st_mtime_ns == modified_at


@pytest.mark.slow
def test_the_worker_counts_exactly_its_labels(clip: DoorwayClip, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))
    truth = _truth(clip)
    line = ",".join(map(str, truth["line"]))
    count = ("count", str(clip.video), "--line", line, "--anchor", truth["anchor"], "--json", "-")
    done = subprocess.run(
        [sys.executable, "-m", "edge_worker.cli", *count], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    counted = json.loads(done.stdout)["crossings"]
    for direction in ("IN", "OUT"):  # two people pass each other at almost the same moment: each direction apart
        when = [crossing["t"] for crossing in counted if crossing["direction"] == direction]
        true = [crossing["t"] for crossing in truth["crossings"] if crossing["direction"] == direction]
        assert when == pytest.approx(true, abs=truth["tolerance_s"])


def test_another_picture_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "bus.jpg"
    picture.write_bytes(b"no picture")
    with pytest.raises(ClipError, match="is not the picture of 810 × 1080 pixels"):
        cut_out_people(picture)


def test_a_folder_that_cannot_be_created_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ClipError, match="cannot be written to"):
        doorway_clip(tmp_path / "file" / "clip")
