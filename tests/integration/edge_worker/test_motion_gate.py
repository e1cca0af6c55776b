"""The motion gate in the whole pipeline: it skips still frames and loses no crossing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from edge_worker.annotation.video import AnnotatedVideo
from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.line_region.watch import RegionWatch
from edge_worker.motion.parameters import MotionParameters
from edge_worker.overhead.view import View
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Frame, Image
from edge_worker.video.timing import FrameSampler

FPS = 10.0
STILL_S, WALK_S, STANDS_S = 15, 4, 3
ENDS_S = STILL_S + WALK_S + STANDS_S + WALK_S + STILL_S


class DarkSquareDetector(LocalDetector):
    """Finds a dark square on a bright, grainy floor."""

    backend = Backend.OPENVINO
    model = "square"
    input_size = (240, 320)
    workers = 2
    precision = "f32"
    device = "cpu"

    def __init__(self) -> None:
        self.calls = 0

    def detect(self, image: Image) -> Detections:
        self.calls += 1
        rows, columns = np.nonzero(cv2.blur(image[..., 1], (5, 5)) < 90)
        if len(rows) < 60:
            return Detections.none()
        box = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
        return Detections(np.array([box], np.float32), np.array([0.9], np.float32))


@pytest.fixture(scope="module")
def square_clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nobody; then a square comes in from above, crosses, stands still below the line, goes back and out; nobody."""
    path = tmp_path_factory.mktemp("film") / "square.avi"
    random = np.random.default_rng(3)
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"MJPG"), FPS, (320, 240))
    for n in range(round(ENDS_S * FPS)):
        picture = np.clip(150 + random.normal(0, 5, (240, 320, 1)) + np.zeros(3), 0, 255).astype(np.uint8)
        y = square_at(n / FPS)
        picture[max(y, 0) : max(y + 40, 0), 150:175] = 40
        writer.write(picture)
    writer.release()
    return path


def square_at(t: float) -> int:
    """The square's upper edge; -40 is out of the picture, 160 where it stands."""
    into_the_walk = min(t - STILL_S, ENDS_S - STILL_S - t)
    return round(-40 + 200 * min(max(into_the_walk / WALK_S, 0.0), 1.0))


def count_with(path: Path, motion: MotionParameters | None) -> tuple[list[FrameResult], DarkSquareDetector]:
    detector = DarkSquareDetector()
    pipeline = Pipeline(
        lambda: FileSource(str(path)), lambda _: detector, line=Line.mid_height(), anchor=Anchor.CENTER, motion=motion
    )
    return [result for result in pipeline.frames() if result is not None], detector


def test_the_same_crossings_are_counted_and_most_of_the_still_time_is_skipped(square_clip: Path) -> None:
    plain, plain_detector = count_with(square_clip, None)
    gated, detector = count_with(square_clip, MotionParameters())
    crossings = [result.crossings for result in plain]
    assert [one.direction.value for some in crossings for one in some] == ["IN", "OUT"]
    assert [result.crossings for result in gated] == crossings
    assert [(result.index, result.media_s) for result in gated] == [(r.index, r.media_s) for r in plain]
    skipped = sum(result.skipped for result in gated)
    assert (plain_detector.calls, detector.calls) == (len(plain), len(gated) - skipped)
    assert skipped > 0.7 * (2 * STILL_S - 6) * FPS


def test_no_frame_is_skipped_while_a_person_walks_stands_and_leaves(square_clip: Path) -> None:
    plain, _ = count_with(square_clip, None)
    gated, _ = count_with(square_clip, MotionParameters())
    assert [result.tracks for result in gated] == [result.tracks for result in plain]
    assert not [result.index for result in gated if result.skipped and square_at(result.media_s) > -40]


def test_a_file_skips_the_same_frames_every_time(square_clip: Path) -> None:
    first, second = ([result.skipped for result in count_with(square_clip, MotionParameters())[0]] for _ in range(2))
    assert first == second


class SimulatedCamera(FileSource):
    """The clip as a camera sends it: with moments, one frame per worker at a time."""

    is_live = True

    def read(self, timeout_s: float = 0.0) -> Frame | None:
        frame = super().read(timeout_s)
        return frame and replace(frame, captured_at=datetime.now(UTC), dropped=frame.index % 2)


def test_a_camera_is_counted_with_the_gate_and_every_frame_keeps_its_data(square_clip: Path) -> None:
    detector = DarkSquareDetector()
    pipeline = Pipeline(
        lambda: SimulatedCamera(str(square_clip)),
        lambda _: detector,
        line=Line.mid_height(),
        anchor=Anchor.CENTER,
        motion=MotionParameters(),
    )
    results = [result for result in pipeline.frames() if result is not None]
    assert [one.direction.value for result in results for one in result.crossings] == ["IN", "OUT"]
    assert [(result.index, result.dropped) for result in results] == [(n, n % 2) for n in range(len(results))]
    assert len(results) == ENDS_S * FPS
    assert all(result.captured_at for result in results)
    assert detector.calls < 0.6 * len(results)


class QuietCamera(SimulatedCamera):
    """The clip as a camera sends it that returns fewer pictures on request."""

    def __init__(self, source: str) -> None:
        super().__init__(source)
        self._checks = FrameSampler(None)

    def set_check_interval(self, seconds: float) -> None:
        self._checks = FrameSampler(1 / seconds if seconds else None)

    def read(self, timeout_s: float = 0.0) -> Frame | None:
        unchecked = 0
        while (frame := super().read(timeout_s)) is not None and not self._checks.is_due(frame.media_s):
            unchecked += 1
        return frame and replace(frame, unchecked=unchecked)


def test_a_quiet_scene_is_looked_at_less_often_and_whoever_comes_is_counted_as_before(square_clip: Path) -> None:
    def results_of(parameters: MotionParameters) -> list[FrameResult]:
        pipeline = Pipeline(
            lambda: QuietCamera(str(square_clip)),
            lambda _: DarkSquareDetector(),
            line=Line.mid_height(),
            anchor=Anchor.CENTER,
            motion=parameters,
        )
        return [result for result in pipeline.frames() if result is not None]

    usual = results_of(MotionParameters())
    quiet = results_of(MotionParameters(quiet_s=5.0))
    assert sum(result.unchecked for result in usual) == 0
    # The last frames of the clip have no frame after them that counts them.
    assert len(usual) - 2 <= sum(1 + result.unchecked for result in quiet) <= len(usual)
    assert sum(result.unchecked for result in quiet) > 100
    assert not [result.index for result in quiet if result.unchecked and 0 < square_at(result.media_s) < 160]
    crossings = [[one for result in results for one in result.crossings] for results in (usual, quiet)]
    assert [one.direction.value for one in crossings[0]] == ["IN", "OUT"]
    assert [one.direction for one in crossings[1]] == [one.direction for one in crossings[0]]
    assert [one.t for one in crossings[1]] == pytest.approx([one.t for one in crossings[0]], abs=0.11)


def test_no_region_is_tried_on_the_pictures_of_a_quiet_scene(
    square_clip: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried_at: list[float] = []

    class RecordingWatch(RegionWatch):
        def add(self, image: Image, t: float) -> None:
            tried_at.append(t)
            super().add(image, t)

    monkeypatch.setattr("edge_worker.pipeline.pipeline.RegionWatch", RecordingWatch)
    motion = MotionParameters(quiet_s=5.0)
    pipeline = Pipeline(
        lambda: QuietCamera(str(square_clip)),
        lambda _: DarkSquareDetector(),
        line=Line.mid_height(),
        anchor=Anchor.CENTER,
        motion=motion,
        view=View.AUTO,
    )
    searched_at = [result.media_s for result in pipeline.frames() if result is not None and not result.skipped]
    pipeline.close()

    looked_back_s = (motion.lookback_frames + 1) * motion.check_quiet_s

    def of_quiet_scene(times: list[float]) -> list[float]:
        return [t for t in times if 7 < t < STILL_S - looked_back_s or t > ENDS_S - STILL_S + 10]

    assert of_quiet_scene(searched_at)
    assert of_quiet_scene(tried_at) == []
    assert [t for t in tried_at if t < 5]
    assert [t for t in tried_at if STILL_S + 1 < t < ENDS_S - STILL_S]


def test_a_skipped_frame_is_annotated_like_any_other(square_clip: Path, tmp_path: Path) -> None:
    gated, _ = count_with(square_clip, MotionParameters())
    pipeline = Pipeline(
        lambda: FileSource(str(square_clip)),
        lambda _: DarkSquareDetector(),
        line=Line.mid_height(),
        anchor=Anchor.CENTER,
    )
    annotated = AnnotatedVideo(tmp_path / "out.mp4", Line.mid_height(), Anchor.CENTER)
    for result in gated:
        annotated.add(result, pipeline)
    annotated.close()
    pipeline.close()
    assert sum(1 for _ in frames_of(tmp_path / "out.mp4")) == len(gated)


def frames_of(path: Path) -> list[int]:
    source = FileSource(str(path))
    inrandoms = []
    while (frame := source.read()) is not None:
        inrandoms.append(frame.index)
    source.close()
    return inrandoms
