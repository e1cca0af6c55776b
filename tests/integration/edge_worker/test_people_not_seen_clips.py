"""The labelled views with the real detector: where it does not know the people, `people_not_seen` is reported."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.small_people import SmallScene
from edge_worker.camera_status import CameraStatus, Picture
from edge_worker.detection.detector import Backend
from edge_worker.evaluation.ground_truth import read_ground_truth
from edge_worker.evaluation.look_of_clip import look_of_clip
from edge_worker.evaluation.recorded_detections import detect_clip
from edge_worker.evaluation.replay import track_detections
from edge_worker.picture_health.monitor import CountedLine, PictureMonitor
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.opening import open_pipeline
from edge_worker.tracking.byte_track import Track
from edge_worker.video.source import open_source
from tests.assets import clip, models_folder

REPORTED_WITHIN_S = 240.0


@pytest.fixture(autouse=True)
def real_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))


def analysed(name: str) -> tuple[list[FrameResult], CountedLine]:
    """Every frame of a clip with its tracks, by the real detector, and the labelled line."""
    truth = read_ground_truth(clip(f"{name}.truth.json"))
    pipeline = open_pipeline(
        str(clip(name).with_name(truth.clip)), line=truth.line, anchor=truth.anchor, backend=Backend.AUTO.value
    )
    results = [result for result in pipeline.frames() if result is not None]
    pipeline.close()
    return results, CountedLine(truth.line, truth.anchor, 1)


def problems_of(results: list[FrameResult], counted: CountedLine) -> list[tuple[Picture, str]]:
    """The reports of people who are not seen: the clip is repeated, each time with new people, until there is one."""
    camera = CameraStatus()
    monitor = PictureMonitor(camera, counted)
    length_s, most_ids = (
        results[-1].media_s + results[1].media_s,
        1 + max((track.tracker_id for result in results for track in result.tracks), default=0),
    )
    problems: list[tuple[Picture, str]] = []
    for again in range(round(REPORTED_WITHIN_S / length_s)):
        for result in results:
            tracks = [Track(track.tracker_id + again * most_ids, track.box, track.score) for track in result.tracks]
            monitor.add(replace(result, tracks=tuple(tracks)), again * length_s + result.media_s)
            if camera.picture is Picture.PEOPLE_NOT_SEEN:
                problems.append((camera.picture, str(camera.picture_problem)))
        if problems:
            break
    return problems


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("name", "expected", "sentence"),
    [
        ("views/busdark", Picture.PEOPLE_NOT_SEEN, "people are not seen"),
        ("views/busdoor_2", Picture.PEOPLE_NOT_SEEN, "people are hardly recognised"),
        ("views/campus_a", None, None),
        ("doorway_2", None, None),
    ],
)
def test_views_that_the_detector_does_not_know_are_reported_and_others_are_not(
    name: str, expected: Picture | None, sentence: str | None
) -> None:
    problems = problems_of(*analysed(name))
    if expected is None:
        assert problems == []
    else:
        assert problems[0][0] is expected
        assert sentence is not None
        assert sentence in problems[0][1]


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("factor", "is_reported"), [(3, False), (6, True)])
def test_people_who_are_too_small_even_around_the_line_are_reported(
    factor: int, is_reported: bool, tmp_path: Path
) -> None:
    """The people of the plaza are 17 pixels tall, of which few are missed, or 9, of which every third is."""
    truth, scene = read_ground_truth(clip("plaza.truth.json")), SmallScene(factor, is_reduced=True)
    path, line = scene.write(clip("plaza.avi"), tmp_path / "small.avi", step=2), scene.line(truth.line)
    whole = detect_clip(path)
    region = look_of_clip(path, line, truth.anchor, whole).region
    assert region is not None
    tracked = track_detections(detect_clip(path, region=region))
    source, results = open_source(str(path)), []
    for frame in tracked:
        read = source.read(timeout_s=0)
        assert read is not None
        results.append(
            FrameResult(index=frame.index, media_s=frame.media_s, image=read.image.copy(), tracks=frame.tracks)
        )
    source.close()
    problems = problems_of(results, CountedLine(line, truth.anchor, 1))
    assert bool(problems) is is_reported
    assert all("people are too small" in sentence for _, sentence in problems)
