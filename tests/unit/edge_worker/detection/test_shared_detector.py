from __future__ import annotations

import gc
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.detection.shared_detector import SharedDetector
from edge_worker.errors import BackendError
from edge_worker.video.frame import Image

PATIENCE_S = 10.0


class Counting(LocalDetector):
    """Counts its calls, and finds as many people as a frame is bright."""

    backend = Backend.OPENVINO
    model = "counting"
    input_size = (4, 6)
    workers = 2
    device = "cpu"
    precision = "f32"

    def __init__(self) -> None:
        self.calls = 0
        self.is_closed = False
        self.may_return = threading.Event()
        self.may_return.set()

    def detect(self, image: Image) -> Detections:
        self.calls += 1
        assert self.may_return.wait(PATIENCE_S)
        people = int(image[0, 0, 0])
        if people == 99:
            raise BackendError("the engine gave up")
        return Detections(np.zeros((people, 4), np.float32), np.zeros(people, np.float32))

    def close(self) -> None:
        self.is_closed = True


def frame(people: int) -> Image:
    return np.full((4, 6, 3), people, np.uint8)


def test_a_frame_is_searched_once_for_all_cameras() -> None:
    detector, shared = Counting(), SharedDetector()
    views = [shared.open(lambda: detector) for _ in range(3)]
    frames = [frame(people) for people in range(5)]
    found = [[len(view.detect(image)) for image in frames] for view in views]
    assert found == [list(range(5))] * 3
    assert detector.calls == 5
    assert (views[0].model, views[0].workers, views[0].is_remote) == ("counting", 2, False)


def test_a_camera_that_asks_while_another_one_waits_gets_the_same_result() -> None:
    detector, shared = Counting(), SharedDetector()
    views = [shared.open(lambda: detector) for _ in range(2)]
    detector.may_return.clear()
    image = frame(2)
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(view.detect, image) for view in views]
        detector.may_return.set()
        assert [len(one.result(PATIENCE_S)) for one in waiting] == [2, 2]
    assert detector.calls == 1


def test_an_error_of_the_engine_reaches_every_camera() -> None:
    shared = SharedDetector()
    views = [shared.open(Counting) for _ in range(2)]
    image = frame(99)
    for view in views:
        with pytest.raises(BackendError, match="gave up"):
            view.detect(image)
    freed = weakref.ref(image)
    del image
    gc.collect()  # pytest keeps the error in a cycle
    assert freed() is None, "the frame was kept with the error"


def test_a_camera_that_opens_the_detector_later_gets_the_results_of_the_frames_that_wait_for_it() -> None:
    detector, shared = Counting(), SharedDetector()
    frames = [frame(people) for people in range(20)]
    early = shared.open(lambda: detector)
    for image in frames:
        early.detect(image)
    early.close()
    late = shared.open(Counting)
    assert [len(late.detect(image)) for image in frames] == list(range(20))
    assert detector.calls == 20


def test_nothing_is_kept_of_a_frame_that_no_camera_holds() -> None:
    detector, shared = Counting(), SharedDetector()
    views = [shared.open(lambda: detector) for _ in range(2)]
    kept = []
    for people in range(5):
        image = frame(people)
        kept.append((weakref.ref(image), weakref.ref(views[0].detect(image).boxes)))
        del image
    assert [(image(), result()) for image, result in kept] == [(None, None)] * 5
    for people in range(5, 40):  # a new frame may get the id of one that has gone
        assert len(views[0].detect(frame(people))) == people


def test_the_detector_is_loaded_once_and_closed_with_the_last_camera() -> None:
    loaded: list[Counting] = []

    def load() -> Counting:
        loaded.append(Counting())
        return loaded[-1]

    shared = SharedDetector()
    one, other = shared.open(load), shared.open(load)
    one.close()
    one.close()
    assert (len(loaded), loaded[0].is_closed) == (1, False)
    other.close()
    assert loaded[0].is_closed
    shared.open(load)
    assert len(loaded) == 2
