"""The pipeline on a real video file, with a detector that finds a square."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import cv2
import numpy as np
import pytest

from edge_worker.annotation.video import AnnotatedVideo
from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.detector import Backend, Detections, Detector, LocalDetector
from edge_worker.errors import BackendError
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Image

FRAMES = 60
FPS = 20.0


class SquareDetector(LocalDetector):
    """Finds the white square; several workers, of which the second is slower, so that results come out of order."""

    backend = Backend.OPENVINO
    model = "square"
    input_size = (240, 320)
    workers = 3
    precision = "f32"
    device = "cpu"

    def __init__(self, fails_at: int | None = None) -> None:
        self._calls = 0
        self._mutex = threading.Lock()
        self._fails_at = fails_at

    def detect(self, image: Image) -> Detections:
        with self._mutex:
            self._calls += 1
            call = self._calls
        if call == self._fails_at:
            raise BackendError("the engine gave up")
        for _ in range(40 if call % self.workers == 1 else 1):
            rows, columns = np.nonzero(image[..., 1] > 127)
        if not len(rows):
            return Detections.none()
        box = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
        return Detections(np.array([box], np.float32), np.array([0.9], np.float32))


@pytest.fixture
def clip(tmp_path: Path) -> Path:
    """A square that goes down through the middle and comes half-way back up."""
    path = tmp_path / "square.avi"
    writer = cv2.VideoWriter(str(path), cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"MJPG"), FPS, (320, 240))
    for frame in range(FRAMES):
        y = 5 * frame if frame < 40 else 200 - 6 * (frame - 40)
        image = np.zeros((240, 320, 3), np.uint8)
        image[y : y + 40, 150:170] = 255
        writer.write(image)
    writer.release()
    return path


def pipeline(clip: Path, detector: Detector | None = None) -> Pipeline:
    chosen: Detector = detector or SquareDetector()
    return Pipeline(lambda: FileSource(str(clip)), lambda _: chosen, line=Line.mid_height(), anchor=Anchor.CENTER)


def run(pipeline: Pipeline) -> list[FrameResult]:
    return [result for result in pipeline.frames() if result is not None]


def directions(results: list[FrameResult]) -> list[str]:
    return [crossing.direction.value for result in results for crossing in result.crossings]


def test_every_frame_of_a_file_comes_once_and_in_order_in_media_time(clip: Path) -> None:
    results = run(pipeline(clip))
    assert [result.index for result in results] == list(range(FRAMES))
    assert [result.media_s for result in results] == pytest.approx([i / FPS for i in range(FRAMES)])


def test_an_annotated_video_begins_anew_when_the_clip_is_counted_anew(clip: Path, tmp_path: Path) -> None:
    counted, path = pipeline(clip), tmp_path / "out.mp4"
    video = AnnotatedVideo(path, Line.mid_height(), Anchor.CENTER)
    results = run(counted)
    for result in results[: FRAMES // 2]:
        video.add(result, counted)
    video.restart()
    for result in results:
        video.add(result, counted)
    video.close()
    capture, frames = cv2.VideoCapture(str(path)), 0
    while capture.read()[0]:
        frames += 1
    assert frames == FRAMES


def test_the_status_of_the_camera_names_engine_and_device(clip: Path) -> None:
    camera = CameraStatus()
    Pipeline(
        lambda: FileSource(str(clip)),
        lambda _: SquareDetector(),
        line=Line.mid_height(),
        anchor=Anchor.CENTER,
        camera=camera,
    ).close()
    assert camera.measurements() == {"device": "openvino:cpu"}


def test_the_square_is_counted_in_and_out(clip: Path) -> None:
    assert directions(run(pipeline(clip))) == ["IN", "OUT"]


def test_swapping_the_line_swaps_the_later_crossings(clip: Path) -> None:
    counting = pipeline(clip)
    results = []
    for result in counting.frames():
        assert result is not None
        results.append(result)
        if result.index == 35:
            counting.set_line(Line(1.0, 0.5, 0.0, 0.5), Anchor.CENTER)
    assert directions(results) == ["IN", "IN"]


def test_a_file_counts_again_after_rewinding_with_new_ids(clip: Path) -> None:
    counting = pipeline(clip)
    first = run(counting)
    counting.rewind()
    second = run(counting)
    assert directions(first) == directions(second)
    assert max(t.tracker_id for r in first for t in r.tracks) < min(t.tracker_id for r in second for t in r.tracks)


class PerThreadDetector(SquareDetector):
    """Allocates a request per calling thread, as inference engines do."""

    def __init__(self) -> None:
        super().__init__()
        self._local = threading.local()
        self.requests = 0

    def detect(self, image: Image) -> Detections:
        if not hasattr(self._local, "request"):
            self._local.request = object()
            self.requests += 1
        return super().detect(image)


def test_a_file_that_is_rewound_uses_the_same_inference_threads(clip: Path) -> None:
    detector = PerThreadDetector()
    counting = pipeline(clip, detector)
    for _ in range(5):
        run(counting)
        counting.rewind()
    assert detector.requests <= detector.workers
    counting.close()


def test_closing_ends_the_frames_from_another_thread(clip: Path) -> None:
    counting = pipeline(clip)
    taken = 0
    for _ in counting.frames():
        taken += 1
        if taken == 5:
            closer = threading.Thread(target=counting.close)
            closer.start()
            closer.join()
    assert taken < FRAMES


def test_a_file_may_be_closed_while_another_thread_decodes_it(tmp_path: Path) -> None:
    """FFmpeg would abort the whole process, so the test uses a child process."""
    program = f"""
import threading, cv2, numpy as np
from edge_worker.video.file_source import FileSource
path = {str(tmp_path / "noise.mp4")!r}
writer = cv2.VideoWriter(path, cv2.CAP_FFMPEG, cv2.VideoWriter.fourcc(*"mp4v"), 25, (640, 480))
random = np.random.default_rng(0)
for _ in range(12):
    writer.write(random.integers(0, 255, (480, 640, 3), np.uint8))
writer.release()
for taken in [0, 1, 2, 3, 4] * 8:
    source, started = FileSource(path), threading.Event()
    def read():
        for count, _ in enumerate(iter(source.read, None)):
            if count >= taken:
                started.set()
    thread = threading.Thread(target=read)
    thread.start()
    started.wait()
    source.close()
    thread.join()
    assert source.read() is None
print("alive")
"""
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "alive", done.stderr


def test_a_model_that_cannot_be_loaded_leaves_no_source_open(clip: Path) -> None:
    opened: list[FileSource] = []

    def open_source() -> FileSource:
        opened.append(FileSource(str(clip)))
        return opened[-1]

    def load(_size: tuple[int, int]) -> Detector:
        raise BackendError("no engine")

    with pytest.raises(BackendError, match="no engine"):
        Pipeline(open_source, load, line=Line.mid_height(), anchor=Anchor.CENTER)
    assert [source.ended for source in opened] == [True]


def test_a_failure_of_the_detector_is_raised_to_the_caller(clip: Path) -> None:
    with pytest.raises(BackendError, match="the engine gave up"):
        run(pipeline(clip, SquareDetector(fails_at=10)))


def test_a_frame_result_holds_the_boxes_of_people(clip: Path) -> None:
    results = run(pipeline(clip))
    (person,) = results[10].people
    assert person == pytest.approx((150, 50, 170, 90), abs=2)
    assert results[10].image.shape == (240, 320, 3)
