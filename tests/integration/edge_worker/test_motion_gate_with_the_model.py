"""The motion gate with the real model: it skips an empty doorway and counts who comes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from edge_worker.detection.detector import Backend
from edge_worker.detection.selection import choose_detector, open_detector
from edge_worker.evaluation.ground_truth import read_ground_truth
from edge_worker.evaluation.score import score_crossings
from edge_worker.motion.parameters import MotionParameters
from edge_worker.pipeline.opening import open_pipeline
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Frame
from local.clip import render
from local.clip.render import doorway_clip
from local.clip.walks import Walk, Waypoint
from tests.assets import clip, models_folder

# -- with the real model -----------------------------------------------------------------------------------------------


def score_with_gate(video: Path, truth_file: Path) -> tuple[int, int, int, float]:
    """Hits, misses, extras, and the share that was skipped, counted with the gate."""
    truth = read_ground_truth(truth_file)
    pipeline = open_pipeline(str(video), line=truth.line, anchor=truth.anchor, motion_gate=True)
    results = [result for result in pipeline.frames() if result is not None]
    pipeline.close()
    crossings = [crossing for result in results for crossing in result.crossings]
    found = score_crossings(crossings, truth.crossings, truth.tolerance_s)
    skipped = sum(result.skipped for result in results) / len(results)
    return len(found.hits), len(found.missed), len(found.extra), skipped


@pytest.mark.slow
def test_a_person_who_enters_an_empty_shop_is_counted_and_the_still_frames_are_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))
    way_in = (Waypoint(15.0, 150, 208), Waypoint(16.9, 320, 214), Waypoint(18.6, 320, 292), Waypoint(22.2, 750, 400))
    monkeypatch.setattr(render, "WALKS", (Walk(0, way_in),))
    monkeypatch.setattr(render, "DURATION_S", 36.0)
    made = doorway_clip(tmp_path)
    hits, misses, extras, skipped = score_with_gate(made.video, made.truth)
    assert (hits, misses, extras) == (1, 0, 0)
    assert skipped > 0.5


class StillDoorway:
    """A real doorway that is empty for `EMPTY_FRAMES`, with a camera's grain, before people come (a source of frames).

    The clip's hundredths of a second are painted over: they would move all the time.
    """

    is_live = False
    fps_wanted = None
    transport = None
    damage = None
    decoder = None
    EMPTY_FRAMES = 500
    BEGINS_AT = 150

    def __init__(self, video: Path) -> None:
        self._file = FileSource(str(video))
        self.size = self._file.size
        self._random = np.random.default_rng(11)
        self._index = -1
        for _ in range(self.BEGINS_AT):
            self._last = self._file.read()

    @property
    def ended(self) -> bool:
        return self._file.ended

    def read(self, timeout_s: float) -> Frame | None:
        self._index += 1
        if self._index >= self.EMPTY_FRAMES:
            self._last = self._file.read(timeout_s)
        if self._last is None:
            return None
        picture = self._last.image.astype(np.int16) + self._random.integers(-6, 7, self._last.image.shape, np.int16)
        picture[:10] = 0
        return Frame(self._index, self._index / 25, None, np.clip(picture, 0, 255).astype(np.uint8))

    def progress(self) -> None:
        return None

    def set_sample_fps(self, fps: float) -> None:  # noqa: ARG002 - a source's signature
        return None

    def set_check_interval(self, seconds: float) -> None:  # noqa: ARG002 - a source's signature
        return None

    def close(self) -> None:
        self._file.close()


@pytest.mark.slow
def test_people_who_come_to_a_real_empty_doorway_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))
    video = clip("doorway_1.mpg")
    truth = read_ground_truth(video.with_name("doorway_1.truth.json"))
    pipeline = Pipeline(
        lambda: StillDoorway(video),
        lambda size: open_detector(choose_detector(None, Backend.AUTO), size),
        line=truth.line,
        anchor=truth.anchor,
        motion=MotionParameters(),
    )
    results = [result for result in pipeline.frames() if result is not None]
    pipeline.close()
    shift_s = (StillDoorway.EMPTY_FRAMES - StillDoorway.BEGINS_AT) / 25
    crossings = [replace(one, t=one.t - shift_s) for result in results for one in result.crossings]
    found = score_crossings(crossings, truth.crossings, truth.tolerance_s)
    assert (len(found.hits), len(found.missed), len(found.extra)) == (2, 0, 0)
    assert sum(result.skipped for result in results) > 0.85 * StillDoorway.EMPTY_FRAMES
