"""Small people with the real detector: whole pictures do not show them, and the region around the line does."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.small_people import SmallScene
from edge_worker.evaluation.ground_truth import read_ground_truth
from edge_worker.evaluation.look_of_clip import look_of_clip
from edge_worker.evaluation.recorded_detections import detect_clip
from edge_worker.evaluation.score import score_crossings
from edge_worker.overhead.view import View
from edge_worker.pipeline.clip_count import count_clip
from edge_worker.pipeline.clip_look import Look
from tests.assets import clip, models_folder


@pytest.fixture(autouse=True)
def real_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_people_who_are_too_small_for_the_whole_picture_are_counted_around_the_line(tmp_path: Path) -> None:
    truth = read_ground_truth(clip("doorway_2.truth.json"))
    scene = SmallScene(3)
    path = scene.write(clip("doorway_2.mpg"), tmp_path / "small.avi", step=2)
    line = scene.line(truth.line)
    whole = count_clip(str(path), line=line, anchor=truth.anchor, view=View.SIDE)
    messages: list[str] = []
    found_out = count_clip(str(path), line=line, anchor=truth.anchor, on_message=messages.append)
    assert whole.crossings == ()
    assert any("people at the line are small" in message for message in messages)
    score = score_crossings(found_out.crossings, truth.crossings, truth.tolerance_s)
    assert (len(score.missed), len(score.extra)) == (0, 0)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["doorway_1", "plaza", "views/stadtmitte_a", "views/kitti_a", "views/onebyone"])
def test_people_who_are_large_enough_are_looked_for_in_whole_pictures(name: str) -> None:
    truth = read_ground_truth(clip(f"{name}.truth.json"))
    path = clip(name).with_name(truth.clip)
    assert look_of_clip(path, truth.line, truth.anchor, detect_clip(path)) == Look()
