"""What the watch does where no turned picture can be looked at."""

from __future__ import annotations

import logging
import threading

import numpy as np
import pytest

from edge_worker.counting.line import Line
from edge_worker.detection.detector import Backend, Detections, Detector, LocalDetector
from edge_worker.errors import BackendError
from edge_worker.overhead import watch
from edge_worker.overhead.passage_pictures import LineSample
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.overhead.turns import Turn
from edge_worker.overhead.watch import OverheadWatch
from edge_worker.video.frame import Image

SIZE = (90, 160)
PATIENCE_S = 30.0


class BlindDetector(LocalDetector):
    """Finds nobody."""

    backend = Backend.OPENVINO
    model = "blind"
    input_size = SIZE
    workers = 1
    precision = "f32"
    device = "cpu"

    def detect(self, image: Image) -> Detections:  # noqa: ARG002 - a detector's signature
        return Detections.none()


def refuse(turn: Turn) -> Detector:
    raise BackendError(f"the model cannot be loaded for {turn:d}°")


def refuse_sized(size: tuple[int, int], longest_side: int) -> Detector:
    raise BackendError(f"no region of {size} is needed at {longest_side} pixels")


def add_passage(watched: OverheadWatch) -> None:
    """Something passes the line after two seconds, and five seconds later its pictures are complete."""
    for number in range(36):
        picture = np.zeros((*SIZE, 3), np.uint8)
        watched.add(LineSample(picture, number / 5, has_passed=number == 10, is_seen=False))


def wait_for_end() -> None:
    """Wait until the thread of the watch has ended."""
    for thread in threading.enumerate():
        if thread.name == watch.THREAD_NAME:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()


@pytest.fixture(autouse=True)
def no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watch, "PAUSE_S", 0.0)


def test_a_model_that_cannot_be_loaded_for_turned_pictures_is_reported_and_the_view_stays(
    caplog: pytest.LogCaptureFixture,
) -> None:
    detector = ViewDetector(BlindDetector(), refuse, refuse_sized)
    watched = OverheadWatch(detector, Line.mid_height(), SIZE)
    with caplog.at_level(logging.WARNING):
        add_passage(watched)
        wait_for_end()
    assert "the view stays as it is: the model cannot be loaded for 90°" in caplog.text
    assert not detector.is_above
