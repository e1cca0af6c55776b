"""Real people from straight above, with the real detector: their view is found out, and they are counted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_worker.evaluation.ground_truth import read_ground_truth
from edge_worker.evaluation.look_of_clip import look_of_clip
from edge_worker.evaluation.recorded_detections import detect_clip
from edge_worker.evaluation.score import score_crossings
from edge_worker.overhead.view import View
from edge_worker.pipeline.clip_count import count_clip
from edge_worker.pipeline.clip_look import Look
from tests.assets import clip, models_folder
from tests.integration.edge_worker.test_motion_backend import LABELS_EARLY_S, TOLERANCE_S


@pytest.fixture(autouse=True)
def real_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_people_at_a_bus_door_at_night_are_counted_in_turned_pictures() -> None:
    truth = read_ground_truth(clip("views/busdark.truth.json"))
    messages: list[str] = []
    counted = count_clip(
        str(clip("views/busdark.mp4")), line=truth.line, anchor=truth.anchor, on_message=messages.append
    )
    assert Look(View.ABOVE).message in messages
    labelled = [replace(crossing, t=crossing.t + LABELS_EARLY_S) for crossing in truth.crossings]
    score = score_crossings(counted.crossings, labelled, TOLERANCE_S)
    assert score.labelled == 13
    assert len(score.missed) <= 3  # all of them in the picture as it is
    assert len(score.extra) <= 1


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["views/busdoor_2", "views/campus_a", "doorway_2"])
def test_other_views_stay_as_they_are(name: str) -> None:
    truth = read_ground_truth(clip(f"{name}.truth.json"))
    path = clip(name).with_name(truth.clip)
    assert look_of_clip(path, truth.line, truth.anchor, detect_clip(path)) == Look()
