"""The region of a camera is found out while it counts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pytest

from edge_worker.counting.line import Line
from edge_worker.detection.detector import Backend, Detections, Detector, DetectorClosedError, LocalDetector
from edge_worker.detection.preprocessing import input_size
from edge_worker.errors import BackendError
from edge_worker.line_region import watch
from edge_worker.line_region.region import Region, region_around
from edge_worker.line_region.region_memory import RegionMemory
from edge_worker.line_region.watch import RegionWatch
from edge_worker.overhead.turned_detector import TurnedDetectors, ViewDetector
from edge_worker.overhead.turns import Turn
from edge_worker.video.frame import Image

SIZE = (720, 1280)
LINE = Line(0.5, 0.4, 0.5, 0.6)
PATIENCE_S = 30.0


class WalkerDetector(LocalDetector):
    """Finds somebody in the middle of the picture, each time further down, if the model sees them large.

    Args:
        size: (height, width) of the frames that it gets.
        longest_side: Longest side of its input.
        height: The height of that person, in pixels.
    """

    backend = Backend.OPENVINO
    model = "walker"
    workers = 1
    precision = "f32"
    device = "cpu"

    def __init__(self, size: tuple[int, int], longest_side: int, height: float = 40.0) -> None:
        self.size, self.height = size, height
        self.input_size = input_size(size, longest_side)
        self.looked = 0
        self.is_closed = False

    def detect(self, image: Image) -> Detections:
        if self.is_closed:
            raise DetectorClosedError
        assert image.shape[:2] == self.size
        self.looked += 1
        if self.size == SIZE:
            return Detections.none()
        half = self.height / 2
        x, y = self.size[1] / 2, self.size[0] / 2 - 4 * half + self.looked % 11 * 0.75 * half
        box = [x - 0.4 * half, y - half, x + 0.4 * half, y + half]
        score = self.score_of(self.input_size[0] / self.size[0])
        return Detections(np.array([box], np.float32), np.array([score], np.float32))

    def score_of(self, scale: float) -> float:  # noqa: ARG002 - for those who override it
        """Return the score of the person in an input of so many pixels per pixel of the picture."""
        return 0.6

    def close(self) -> None:
        self.is_closed = True


class SharpDetector(WalkerDetector):
    """Knows people of 20 pixels the better the more they are enlarged."""

    def __init__(self, size: tuple[int, int], longest_side: int) -> None:
        super().__init__(size, longest_side, height=20.0)

    def score_of(self, scale: float) -> float:
        return min(0.4 + 0.1 * scale, 1.0)


class BlurredDetector(SharpDetector):
    """Knows them less the more they are enlarged."""

    def score_of(self, scale: float) -> float:
        return max(0.9 - 0.1 * scale, 0.3)


OpenDetector = Callable[[tuple[int, int], int], WalkerDetector]


class Camera:
    """A camera whose detectors are known."""

    def __init__(
        self,
        memory: RegionMemory | None = None,
        open_detector: OpenDetector = WalkerDetector,
    ) -> None:
        self._open_detector = open_detector
        self.detectors: list[WalkerDetector] = []
        self.refuses = False
        self.detector = ViewDetector(self.load(SIZE, 640), self.load_turned, self.load)
        self.watch = RegionWatch(self.detector, LINE, SIZE, memory)
        self.t = 0.0

    def load(self, size: tuple[int, int], longest_side: int) -> Detector:
        if self.refuses:
            raise BackendError("there is no memory for another model")
        self.detectors.append(self._open_detector(size, longest_side))
        return self.detectors[-1]

    def load_turned(self, turn: Turn) -> Detector:
        raise BackendError(f"no picture is turned by {turn:d}°")

    def show(self, pictures: int) -> None:
        """Show pictures, each after the one before was looked at."""
        for _ in range(pictures):
            seen = self.detectors[0].looked
            self.t += watch.TRIAL_S
            self.watch.add(np.zeros((*SIZE, 3), np.uint8), self.t)
            self.wait_until(lambda seen=seen: self.detectors[0].looked > seen or self.detector.region is not None)

    def show_until(self, is_so: Callable[[], bool]) -> None:
        """Show pictures as fast as they are looked at, until something is so."""
        deadline = monotonic() + PATIENCE_S
        while not is_so():
            assert monotonic() < deadline
            self.t += watch.TRIAL_S
            self.watch.add(np.zeros((*SIZE, 3), np.uint8), self.t)
            sleep(0.005)

    def wait_until(self, is_so: object) -> None:
        deadline = monotonic() + PATIENCE_S
        assert callable(is_so)
        while not is_so():
            assert monotonic() < deadline
            sleep(0.005)


@pytest.fixture
def open_camera() -> Iterator[Callable[..., Camera]]:
    opened = []

    def open_(memory: RegionMemory | None = None, open_detector: OpenDetector = WalkerDetector) -> Camera:
        opened.append(Camera(memory, open_detector))
        return opened[-1]

    yield open_
    for camera in opened:
        camera.watch.stop()
    for thread in threading.enumerate():
        if thread.name == watch.THREAD_NAME:
            thread.join(PATIENCE_S)
            assert not thread.is_alive()


@pytest.fixture
def camera(open_camera: Callable[..., Camera]) -> Camera:
    return open_camera()


def test_the_model_looks_at_the_region_once_enough_small_people_were_found_there(
    camera: Camera, caplog: pytest.LogCaptureFixture
) -> None:
    camera.show(12)
    camera.wait_until(lambda: camera.detector.region is not None)
    region = camera.detector.region
    assert region is not None
    assert region.size == (224, 200)
    camera.wait_until(lambda: "people at the line are small" in caplog.text)
    boxes = camera.detector.detect(np.zeros((*SIZE, 3), np.uint8)).boxes
    assert abs(boxes[0, 0] - (640 - 8)) <= 1


@pytest.mark.parametrize(
    ("open_detector", "is_narrow_better"), [(SharpDetector, True), (BlurredDetector, False)], ids=["sharp", "blurred"]
)
def test_people_of_20_pixels_are_looked_for_in_the_wide_region_until_the_narrow_one_is_better(
    open_detector: type[WalkerDetector], is_narrow_better: bool, open_camera: Callable[..., Camera], tmp_path: Path
) -> None:
    memory = RegionMemory(tmp_path / "region.json")
    camera = open_camera(memory, open_detector)
    camera.show_until(lambda: camera.detector.region is not None)
    assert camera.detector.region == region_around(LINE, SIZE, 30, longest_side=640)
    assert memory.read(LINE, SIZE) is None  # nothing is kept before the end of the search
    camera.show_until(lambda: memory.read(LINE, SIZE) is not None)
    assert camera.detector.region == region_around(LINE, SIZE, 20 if is_narrow_better else 30, longest_side=640)


def test_people_of_29_pixels_have_one_region(open_camera: Callable[..., Camera], tmp_path: Path) -> None:
    """Those for 30 and for 29 pixels would be about the same."""
    memory = RegionMemory(tmp_path / "region.json")
    camera = open_camera(memory, lambda size, longest_side: WalkerDetector(size, longest_side, height=29.0))
    camera.show_until(lambda: memory.read(LINE, SIZE) is not None)
    assert camera.detector.region == region_around(LINE, SIZE, 29, longest_side=640)
    in_regions = [detector.size for detector in camera.detectors[1:]]
    assert len(in_regions) == 2  # the first region of the search and the one that is used


def test_a_picture_that_waits_while_the_search_ends_starts_no_other_one(
    open_camera: Callable[..., Camera], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = RegionMemory(tmp_path / "region.json")
    camera = open_camera(memory, lambda size, longest_side: WalkerDetector(size, longest_side, height=29.0))
    write = memory.write

    def write_while_a_picture_comes(line: Line, size: tuple[int, int], region: Region | None) -> None:
        camera.watch.add(np.zeros((*SIZE, 3), np.uint8), camera.t + watch.TRIAL_S)
        write(line, size, region)

    monkeypatch.setattr(memory, "write", write_while_a_picture_comes)
    camera.show(12)
    camera.wait_until(lambda: memory.read(LINE, SIZE) is not None)
    looked = camera.detectors[0].looked
    sleep(0.2)
    assert camera.detectors[0].looked == looked
    assert [detector.is_closed for detector in camera.detectors[1:]] == [True, False]


def test_a_line_that_is_set_again_is_searched_again(camera: Camera) -> None:
    camera.show(12)
    camera.wait_until(lambda: camera.detector.region is not None)
    camera.wait_until(lambda: camera.detectors[1].is_closed)
    camera.watch.set_line(Line(0.2, 0.4, 0.2, 0.6))
    camera.watch.set_line(Line(0.5, 0.4, 0.5, 0.6))
    assert camera.detector.region is None
    camera.show(12)
    camera.wait_until(lambda: camera.detector.region is not None)


def test_another_line_begins_with_whole_pictures(camera: Camera) -> None:
    camera.show(12)
    camera.wait_until(lambda: camera.detector.region is not None)
    in_region = camera.detectors[-1]
    camera.watch.set_line(Line(0.2, 0.4, 0.2, 0.6))
    assert camera.detector.region is None
    assert in_region.is_closed


def test_no_picture_is_looked_at_again_for_an_hour_after_the_result(camera: Camera) -> None:
    camera.show(12)
    camera.wait_until(lambda: camera.detector.region is not None)
    camera.wait_until(lambda: camera.detectors[1].is_closed)
    looked = camera.detectors[0].looked
    camera.watch.add(np.zeros((*SIZE, 3), np.uint8), camera.t + watch.CONTROL_S - 1)
    sleep(0.1)
    assert camera.detectors[0].looked == looked


def test_a_model_that_cannot_be_loaded_for_the_region_is_reported_and_whole_pictures_stay(
    camera: Camera, caplog: pytest.LogCaptureFixture
) -> None:
    camera.refuses = True
    camera.watch.add(np.zeros((*SIZE, 3), np.uint8), 1.0)
    camera.wait_until(lambda: "no memory for another model" in caplog.text)
    assert camera.detector.region is None


def test_a_stored_region_is_used_from_the_first_frame_on(tmp_path: Path, camera: Camera) -> None:
    camera.show(12)
    camera.wait_until(lambda: camera.detector.region is not None)
    memory = RegionMemory(tmp_path / "region.json")
    memory.write(LINE, SIZE, camera.detector.region)
    assert Camera(memory).detector.region == camera.detector.region


def test_a_frame_in_a_region_that_is_replaced_meanwhile_is_looked_at_as_a_whole(camera: Camera) -> None:
    camera.show(12)
    camera.wait_until(lambda: camera.detector.region is not None)
    in_region = camera.detectors[-1]
    looked = camera.detectors[0].looked

    def replaced(_image: Image) -> Detections:
        camera.detector.set_region(None)
        raise DetectorClosedError

    in_region.detect = replaced  # type: ignore[assignment,method-assign]
    assert len(camera.detector.detect(np.zeros((*SIZE, 3), np.uint8))) == 0
    assert camera.detectors[0].looked == looked + 1


def test_a_region_of_before_is_not_used_while_the_pictures_are_turned(tmp_path: Path) -> None:
    """People were small and seen from the side; then the camera was hung up above the line, and started again."""
    memory = RegionMemory(tmp_path / "region.json")
    memory.write(LINE, SIZE, Region(500, 200, 800, 500, 640))

    def load(size: tuple[int, int], longest_side: int = 640) -> Detector:
        return WalkerDetector(size, longest_side)

    detector = ViewDetector(load(SIZE), TurnedDetectors(load, SIZE), load)
    detector.set_turns([Turn.NONE, Turn.HALF])
    RegionWatch(detector, LINE, SIZE, memory)
    assert detector.region is None
    assert detector.turns == (Turn.NONE, Turn.HALF)
