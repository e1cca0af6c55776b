"""A detector that looks at turned frames, and the detectors behind it."""

from __future__ import annotations

import numpy as np
import pytest

from edge_worker.detection.detector import Backend, Detections, Detector, LocalDetector
from edge_worker.errors import BackendError
from edge_worker.line_region.region import Region
from edge_worker.overhead.turned_detector import SharedTurns, TurnedDetectors, ViewDetector
from edge_worker.overhead.turns import Turn
from edge_worker.video.frame import Image

SIZE = (24, 40)


class CornerDetector(LocalDetector):
    """Finds somebody in the upper left corner of any picture, and remembers the sizes of the pictures."""

    backend = Backend.OPENVINO
    model = "corner"
    workers = 1
    precision = "f32"
    device = "cpu"

    def __init__(self, size: tuple[int, int]) -> None:
        self.input_size = size
        self.seen: list[tuple[int, int]] = []
        self.is_closed = False

    def detect(self, image: Image) -> Detections:
        self.seen.append((image.shape[0], image.shape[1]))
        return Detections(np.array([[0, 0, 4, 8]], np.float32), np.array([0.5], np.float32))

    def close(self) -> None:
        self.is_closed = True


class Loader:
    """Loads a detector for each size that is asked for."""

    def __init__(self) -> None:
        self.loaded: list[CornerDetector] = []
        self.longest_sides: list[int] = []

    def __call__(self, size: tuple[int, int]) -> Detector:
        self.loaded.append(CornerDetector(size))
        return self.loaded[-1]

    def load_sized(self, size: tuple[int, int], longest_side: int) -> Detector:
        self.longest_sides.append(longest_side)
        return self(size)


@pytest.fixture
def loader() -> Loader:
    return Loader()


@pytest.fixture
def detector(loader: Loader) -> ViewDetector:
    return ViewDetector(loader(SIZE), TurnedDetectors(loader, SIZE), loader.load_sized)


def frame() -> Image:
    return np.zeros((*SIZE, 3), np.uint8)


def test_frames_are_looked_at_as_they_are_until_turns_are_set(detector: ViewDetector, loader: Loader) -> None:
    assert not detector.is_above
    assert detector.detect(frame()).boxes.tolist() == [[0, 0, 4, 8]]
    assert [one.seen for one in loader.loaded] == [[SIZE]]


def test_each_turn_finds_people_in_another_corner(detector: ViewDetector) -> None:
    detector.set_turns([Turn.QUARTER, Turn.THREE_QUARTERS])
    assert detector.is_above
    found = detector.detect(frame()).boxes.tolist()
    assert sorted(found) == [[0, 20, 8, 24], [32, 0, 40, 4]]


def test_both_quarter_turns_use_one_detector_for_the_size_of_the_turned_frames(
    detector: ViewDetector, loader: Loader
) -> None:
    detector.set_turns([Turn.QUARTER, Turn.THREE_QUARTERS])
    detector.detect(frame())
    assert [one.input_size for one in loader.loaded] == [(24, 40), (40, 24)]
    assert loader.loaded[1].seen == [(40, 24)] * 2


def test_one_turn_can_be_tried_without_setting_it(detector: ViewDetector) -> None:
    assert detector.look(frame(), [Turn.HALF]).boxes.tolist() == [[36, 16, 40, 24]]
    assert detector.turns == (Turn.NONE,)


def test_a_detector_that_cannot_be_opened_leaves_the_turns_as_they_were() -> None:
    def refuse(turn: Turn) -> Detector:
        raise BackendError(f"no detector for {turn:d}°")

    detector = ViewDetector(CornerDetector(SIZE), refuse, Loader().load_sized)
    with pytest.raises(BackendError, match="no detector for 90°"):
        detector.set_turns([Turn.QUARTER])
    assert detector.turns == (Turn.NONE,)


def test_all_detectors_are_closed(detector: ViewDetector, loader: Loader) -> None:
    detector.set_turns([Turn.QUARTER])
    detector.close()
    assert [one.is_closed for one in loader.loaded] == [True, True]


def test_a_detector_that_is_opened_after_the_end_is_closed_at_once(detector: ViewDetector, loader: Loader) -> None:
    detector.close()
    detector.set_turns([Turn.QUARTER])
    assert [one.is_closed for one in loader.loaded] == [True, True]


def test_cameras_with_the_same_frames_search_each_turned_frame_once(loader: Loader) -> None:
    shared = SharedTurns()
    cameras = [
        ViewDetector(CornerDetector(SIZE), shared.opener(TurnedDetectors(loader, SIZE)), loader.load_sized)
        for _ in range(2)
    ]
    image = frame()
    for camera in cameras:
        camera.set_turns([Turn.QUARTER, Turn.THREE_QUARTERS])
    assert [len(camera.detect(image)) for camera in cameras] == [2, 2]
    assert [one.seen for one in loader.loaded] == [[(40, 24)] * 2]
    cameras[0].close()
    assert [one.is_closed for one in loader.loaded] == [False]
    cameras[1].close()
    assert [one.is_closed for one in loader.loaded] == [True]


def test_turned_frames_are_never_cut_to_the_region_of_people_who_are_seen_from_the_side(
    detector: ViewDetector, loader: Loader
) -> None:
    region = Region(0, 0, 32, 16, 32)
    detector.set_region(detector.open_region(region))
    assert detector.detect(frame()).boxes.tolist() == [[0, 0, 4, 8]]
    detector.set_turns([Turn.QUARTER, Turn.THREE_QUARTERS])
    detector.set_region(detector.open_region(region))  # a trial that began before ends now
    assert detector.region is None
    assert loader.loaded[-1].is_closed
    assert len(detector.detect(frame())) == 2
