"""A detector process in a thread, with a model that sees red people, and what is sent to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic, sleep

import numpy as np

from edge_worker.detection.detector import Backend, Detections, LocalDetector, ModelDetector
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.detector_process.messages import SourceRequest
from edge_worker.detector_process.model_cache import ModelCache
from edge_worker.detector_process.server import DetectorServer
from edge_worker.detector_process.sockets import DetectorSockets
from edge_worker.video.frame import Image
from tests.faults.edge_worker import walkers

PATIENCE_S = 20.0
INPUT = (240, 320)


@dataclass
class RedModel(LocalDetector):
    """A model of red rectangles; `before` runs before each detection."""

    before: Callable[[Image], None] = lambda _image: None
    frames: list[int] = field(default_factory=list)
    backend = Backend.TORCH
    device = "cpu"
    model = "red"
    precision = "f32"
    workers = 2
    input_size = INPUT

    def detect(self, image: Image) -> Detections:
        letterbox = Letterbox.fit((image.shape[0], image.shape[1]), self.input_size)
        return self.detect_input(letterbox.apply(image), letterbox)

    def detect_input(self, model_input: Image, letterbox: Letterbox) -> Detections:
        self.before(model_input)
        self.frames.append(int(model_input[0, 0, 0, 0]))
        found = walkers.SeesRed().detect(np.asarray(model_input[0], np.uint8))
        return Detections(letterbox.to_frame(found.boxes), found.scores)


@contextmanager
def serving(
    detector_sockets: DetectorSockets, load: Callable[[SourceRequest], tuple[ModelDetector, str]]
) -> Iterator[DetectorServer]:
    """Serve until the block is left; all connections end then, as when the process dies."""
    server = DetectorServer(detector_sockets.listener, ModelCache(load, lambda request: request.model))
    ended = threading.Event()

    def serve() -> None:
        while not ended.is_set():
            server.serve(0.1)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield server
    finally:
        ended.set()
        thread.join()
        server.stop()


def request(name: str = "door", size: tuple[int, int] = (240, 320), model: str | None = None) -> SourceRequest:
    return SourceRequest(name, size, model, "torch")


def picture(shade: int = 0, person: tuple[int, int] | None = (100, 60)) -> Image:
    image = np.full((240, 320, 3), shade, np.uint8)
    if person is not None:
        x, y = person
        image[y : y + 60, x : x + 24] = (0, 0, 255)
    return image


def wait_until(holds: Callable[[], bool]) -> None:
    until = monotonic() + PATIENCE_S
    while not holds():
        assert monotonic() < until
        sleep(0.005)


def assert_set(event: threading.Event) -> None:
    assert event.wait(PATIENCE_S)
