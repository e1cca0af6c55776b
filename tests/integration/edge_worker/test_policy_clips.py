"""The policies with real people, the real detector and their tracks."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from edge_worker.counting.line import Line
from edge_worker.counting.short_stays import ShortStays
from edge_worker.crossing import Crossing
from edge_worker.detection.detector import Detections
from edge_worker.evaluation.ground_truth import GroundTruth, read_ground_truth
from edge_worker.evaluation.recorded_detections import ClipDetections, detect_clip
from edge_worker.pipeline.counting_stage import CountingStage
from tests.assets import clip, models_folder

CHILD = 0.6
"""Height of a child, as a share of that of an adult."""
LEARNT = 5
"""How often a clip is played before the usual heights are known: ten people and more have crossed."""
PAUSE_S = 10.0


@pytest.fixture(autouse=True)
def real_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))


def labelled(name: str) -> tuple[GroundTruth, ClipDetections]:
    truth = read_ground_truth(clip(f"{name}.truth.json"))
    return truth, detected(clip(name).with_name(truth.clip))


@cache
def detected(path: Path) -> ClipDetections:
    """The people in a clip, which several lines share."""
    return detect_clip(path)


def with_height(found: Detections, share: float) -> Detections:
    """People of another height who stand in the same place."""
    x1, y1, x2, y2 = found.boxes.T
    middle, half = (x1 + x2) / 2, share * (x2 - x1) / 2
    boxes = np.stack([middle - half, y2 - share * (y2 - y1), middle + half, y2], axis=1)
    return Detections(boxes.astype(np.float32), found.scores)


def counts(truth: GroundTruth, detections: ClipDetections, heights: list[float], *, ignore: bool) -> list[int]:
    """The crossings of each round of a clip that is played again and again, with people of these heights."""
    stage = CountingStage(truth.line, truth.anchor, ignore_children=ignore)
    period_s = detections.frames[-1].media_s + PAUSE_S
    found = []
    for number, height in enumerate(heights):
        crossings: list[Crossing] = []
        for frame in detections.frames:
            seen = frame.detections if height == 1 else with_height(frame.detections, height)
            crossings += stage.update(seen, detections.size, frame.index, frame.media_s + number * period_s)[1]
        found.append(len(crossings))
    return found


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["views/kitti_a", "views/campus_a", "views/stadtmitte_a"])
def test_no_adult_is_taken_for_a_child_however_far_away(name: str) -> None:
    truth, detections = labelled(name)
    rounds = [1.0] * (LEARNT + 2)
    assert counts(truth, detections, rounds, ignore=True) == counts(truth, detections, rounds, ignore=False)


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", ["views/kitti_a", "views/campus_b", "views/stadtmitte_b"])
def test_people_of_the_height_of_children_are_left_out_among_adults(name: str) -> None:
    truth, detections = labelled(name)
    rounds = [1.0] * LEARNT + [CHILD]
    all_of_them = counts(truth, detections, rounds, ignore=False)
    assert all_of_them[-1] >= 5
    *adults, children = counts(truth, detections, rounds, ignore=True)
    assert adults == all_of_them[:-1]
    assert children <= 1  # the tallest of them


def reversed_line(truth: GroundTruth) -> GroundTruth:
    """The same line with IN on the other side."""
    ax, ay, bx, by = truth.line.points
    return replace(truth, line=Line(bx, by, ax, ay))


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_somebody_who_goes_through_a_real_door_and_comes_back_is_left_out_if_asked() -> None:
    """In doorway_6 one person leaves, stands outside and comes back; seen from there, it is a short stay."""
    truth, detections = labelled("doorway_6")
    truth = reversed_line(truth)
    stage = CountingStage(truth.line, truth.anchor)
    crossings: list[Crossing] = []
    for frame in detections.frames:
        crossings += stage.update(frame.detections, detections.size, frame.index, frame.media_s)[1]
    crossings += stage.finish()
    assert [one.direction.value for one in crossings] == ["IN", "OUT"]
    stay_s = crossings[1].t - crossings[0].t
    assert left(crossings, stay_s + 1) == []
    assert left(crossings, stay_s - 1) == ["IN", "OUT"]


def left(crossings: list[Crossing], min_stay_s: float) -> list[str]:
    stays, found = ShortStays(min_stay_s), []
    for crossing in crossings:
        found += stays.update([crossing], crossing.t)
    return [one.direction.value for one in [*found, *stays.finish()]]
