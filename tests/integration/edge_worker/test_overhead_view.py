"""A camera from straight above: the detector finds people only when the picture is turned, and the worker notices."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cv2
import numpy as np
import pytest

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor, Line
from edge_worker.crossing import Direction
from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.overhead import watch
from edge_worker.overhead.view import View
from edge_worker.overhead.view_memory import ViewMemory
from edge_worker.picture_health.monitor import CountedLine, PictureMonitor
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.video.frame import Frame, Image

RATE = 10
HEIGHT, WIDTH = 240, 320
LINE = Line.mid_height()
PERIOD_S = 7.0
"""Somebody crosses the line every so many seconds."""
SPEED = 60.0
"""Pixels per second."""
AFTERWARDS = 8
MOST_PASSAGES = 100
FLOOR = np.asarray(
    cv2.GaussianBlur(np.random.default_rng(1).integers(60, 120, (HEIGHT, WIDTH, 3)).astype(np.uint8), (0, 0), 3),
    np.uint8,
)


CLOTHES = np.asarray(
    np.random.default_rng(2).integers(0, 25, (12, 12, 3)).repeat(8, axis=0).repeat(8, axis=1) * 2 + (0, 0, 205),
    np.uint8,
)
"""Checked cloth: the motion of a plain area cannot be measured."""


def picture(t: float, body: tuple[int, int]) -> Image:
    """A floor over which somebody of (width, height) walks downwards within each period."""
    image = FLOOR.copy()
    top = round((t % PERIOD_S) * SPEED) - body[1]
    left = WIDTH // 2 - body[0] // 2
    if top < HEIGHT:
        visible = image[max(top, 0) : top + body[1], left : left + body[0]]
        hidden = max(-top, 0)
        visible[:] = CLOTHES[hidden : hidden + visible.shape[0], : visible.shape[1]]
    return image


class UprightDetector(LocalDetector):
    """Finds red bodies, but only those that are higher than wide, as a model that knows people from the side."""

    backend = Backend.OPENVINO
    model = "upright"
    input_size = (HEIGHT, WIDTH)
    workers = 2
    precision = "f32"
    device = "cpu"

    def detect(self, image: Image) -> Detections:
        red = (image[..., 2] > 200) & (image[..., 1] < 60)
        rows, columns = np.nonzero(red)
        if not len(rows):
            return Detections.none()
        box = [columns.min(), rows.min(), columns.max() + 1, rows.max() + 1]
        if box[3] - box[1] <= box[2] - box[0]:
            return Detections.none()
        return Detections(np.array([box], np.float32), np.array([0.8], np.float32))


LYING = (80, 50)
"""(width, height) of somebody who is seen from straight above, with the shoulders across the picture."""
UPRIGHT = (50, 80)


class Camera:
    """People cross the line until the worker has found out the view, and `AFTERWARDS` more.

    Args:
        body: (width, height) of the people.
        status: What the worker knows about the camera.
        expected: The view that is to be found out.
    """

    is_live = True
    ended = False
    fps_wanted = float(RATE)
    transport = None
    decoder = None
    damage = None
    size = (HEIGHT, WIDTH)

    def __init__(self, body: tuple[int, int], status: CameraStatus, expected: View) -> None:
        self._body, self._status, self._expected = body, status, expected
        self._index = 0
        self._last = round(MOST_PASSAGES * PERIOD_S * RATE)

    def read(self, timeout_s: float) -> Frame | None:  # noqa: ARG002 - a source's signature
        index = self._index
        if self._status.view is self._expected:
            in_period = index % round(PERIOD_S * RATE)
            self._last = min(self._last, index - in_period + round(AFTERWARDS * PERIOD_S * RATE))
        if index >= self._last:
            self.ended = True
            return None
        self._index += 1
        captured_at = datetime(2026, 11, 27, 12, tzinfo=UTC) + timedelta(seconds=index / RATE)
        return Frame(index, index / RATE, captured_at, picture(index / RATE, self._body))

    def progress(self) -> None:
        return None

    def set_sample_fps(self, fps: float) -> None:
        raise AssertionError(fps)

    def set_check_interval(self, seconds: float) -> None:
        raise AssertionError(seconds)

    def close(self) -> None:
        self.ended = True


@dataclass
class Run:
    """What the worker did with a camera."""

    results: list[FrameResult]
    status: CameraStatus

    def crossings_in_the_last(self, passages: int) -> list[Direction]:
        """The crossings while the last people walked, each within one period."""
        since_s = self.results[-1].media_s + 1 / RATE - passages * PERIOD_S
        return [one.direction for result in self.results for one in result.crossings if one.t >= since_s]


def run(body: tuple[int, int], expected: View, *, view: View = View.AUTO, memory: ViewMemory | None = None) -> Run:
    """Count a camera as the worker does."""
    status = CameraStatus()
    pipeline = Pipeline(
        lambda: Camera(body, status, expected),
        lambda _: UprightDetector(),
        line=LINE,
        anchor=Anchor.FOOT,
        view=view,
        view_memory=memory,
        camera=status,
    )
    monitor = PictureMonitor(status, CountedLine(LINE, Anchor.FOOT, 1))
    results = []
    for result in pipeline.frames():
        if result is None:
            continue
        results.append(result)
        monitor.add(result, result.media_s)
        if monitor.line_sample is not None:
            pipeline.add_line_sample(monitor.line_sample)
    pipeline.close()
    return Run(results, status)


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PAUSE_S", 0.0)


def test_people_who_are_found_only_in_the_turned_picture_are_counted_after_a_while(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    memory = ViewMemory(tmp_path / "view.json")
    found = run(LYING, View.ABOVE, memory=memory)
    assert found.status.view is View.ABOVE
    assert found.crossings_in_the_last(AFTERWARDS - 1) == [Direction.IN] * (AFTERWARDS - 1)
    assert memory.read() is View.ABOVE
    assert "looks from straight above: at 6 of the last 6 movements" in caplog.text


def test_the_view_that_was_found_out_is_used_from_the_first_frame_after_a_restart(tmp_path: Path) -> None:
    memory = ViewMemory(tmp_path / "view.json")
    memory.write(View.ABOVE)
    found = run(LYING, View.ABOVE, memory=memory)
    assert found.crossings_in_the_last(AFTERWARDS) == [Direction.IN] * AFTERWARDS


def test_a_camera_that_was_hung_up_anew_is_looked_at_as_it_is_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "CONTROL_S", 0.0)
    memory = ViewMemory(tmp_path / "view.json")
    memory.write(View.ABOVE)
    found = run(UPRIGHT, View.SIDE, memory=memory)
    assert found.status.view is View.SIDE
    assert found.crossings_in_the_last(AFTERWARDS - 1) == [Direction.IN] * (AFTERWARDS - 1)
    assert memory.read() is View.SIDE


def test_people_who_are_found_as_they_are_change_nothing(tmp_path: Path) -> None:
    memory = ViewMemory(tmp_path / "view.json")
    found = run(UPRIGHT, View.SIDE, memory=memory)
    assert found.status.view is View.SIDE
    assert found.crossings_in_the_last(AFTERWARDS) == [Direction.IN] * AFTERWARDS
    assert not memory.path.exists()


@pytest.mark.parametrize(("view", "expected"), [(View.ABOVE, [Direction.IN] * AFTERWARDS), (View.SIDE, [])])
def test_a_view_that_is_named_is_not_found_out(view: View, expected: list[Direction]) -> None:
    found = run(LYING, view, view=view)
    assert found.status.view is view
    assert found.crossings_in_the_last(AFTERWARDS) == expected
