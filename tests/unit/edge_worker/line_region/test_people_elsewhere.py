"""Nobody who sits far from the line is learnt as a part of the empty scene while the model looks at the region."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from edge_worker.detection.detector import Backend, Detections, Detector, DetectorClosedError, LocalDetector
from edge_worker.errors import BackendError
from edge_worker.line_region.people_elsewhere import INTERVAL_S, PeopleElsewhere
from edge_worker.line_region.region import Region
from edge_worker.overhead.turned_detector import ViewDetector
from edge_worker.overhead.turns import Turn
from edge_worker.video.frame import Box, Image

SIZE = (480, 640)
PICTURE: Image = np.zeros((*SIZE, 3), np.uint8)
REGION = Region(400, 0, 640, 240, 320)
AT_THE_LINE: Box = (500.0, 100.0, 520.0, 160.0)
SITTING: Box = (20.0, 300.0, 60.0, 400.0)


class SceneDetector(LocalDetector):
    """Finds the people of a scene in the whole picture, and the one at the line in the region."""

    backend = Backend.OPENVINO
    model = "scene"
    workers = 1
    precision = "f32"
    device = "cpu"

    def __init__(self, size: tuple[int, int]) -> None:
        self.size = self.input_size = size
        self.people: list[Box] = [AT_THE_LINE, SITTING] if size == SIZE else [(100.0, 100.0, 120.0, 160.0)]
        self.looked = 0
        self.is_closed = False

    def detect(self, image: Image) -> Detections:
        if self.is_closed:
            raise DetectorClosedError
        assert image.shape[:2] == self.size
        self.looked += 1
        return detections(self.people)

    def close(self) -> None:
        self.is_closed = True


def detections(boxes: Sequence[Box]) -> Detections:
    return Detections(np.array(boxes, np.float32).reshape(-1, 4), np.full(len(boxes), 0.6, np.float32))


class Camera:
    """A camera whose model looks at the region."""

    def __init__(self) -> None:
        self.whole = SceneDetector(SIZE)
        self.detector = ViewDetector(self.whole, self._load_turned, lambda size, _longest_side: SceneDetector(size))
        self.elsewhere = PeopleElsewhere(self.detector)
        self.detector.set_region(self.detector.open_region(REGION))

    def _load_turned(self, turn: Turn) -> Detector:
        raise BackendError(f"no picture is turned by {turn:d}°")

    def people(self, t: float) -> tuple[Box, ...]:
        return self.elsewhere.added_to(self.detector.detect(PICTURE), PICTURE, t)


@pytest.fixture
def camera() -> Camera:
    return Camera()


def test_people_outside_of_the_region_are_among_those_of_every_frame(camera: Camera) -> None:
    for frame in range(30):
        people = camera.people(frame / 10)
        assert people[0] == AT_THE_LINE
        assert SITTING in people
    assert camera.whole.looked == 1


def test_somebody_who_comes_is_seen_after_five_seconds(camera: Camera) -> None:
    camera.whole.people = []
    assert camera.people(0.0) == (AT_THE_LINE,)
    camera.whole.people = [SITTING]
    assert camera.people(INTERVAL_S - 0.1) == (AT_THE_LINE,)
    assert camera.people(INTERVAL_S) == (AT_THE_LINE, SITTING)


def test_without_a_region_no_picture_is_looked_at_twice(camera: Camera) -> None:
    camera.detector.set_region(None)
    assert camera.people(0.0) == (AT_THE_LINE, SITTING)
    assert camera.whole.looked == 1


def test_a_camera_that_is_being_closed_has_the_people_of_the_frame(camera: Camera) -> None:
    found = camera.detector.detect(PICTURE)
    camera.detector.close()
    assert camera.elsewhere.added_to(found, PICTURE, 0.0) == (AT_THE_LINE,)
