"""The detector process and the detectors of its workers, in threads of one process, with a detector of red people."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep

import numpy as np
import pytest

from edge_worker.counting.line import Anchor
from edge_worker.detection.detector import Backend, Detections, DetectorClosedError, LocalDetector, ModelDetector
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.detector_process.messages import Acceptance, DetectionRequest, SourceRequest
from edge_worker.detector_process.model_cache import ModelCache
from edge_worker.detector_process.remote_detector import MAX_ATTEMPTS, RemoteDetector
from edge_worker.detector_process.server import DetectorServer
from edge_worker.detector_process.sockets import DetectorSockets, receive_answer, request_connection
from edge_worker.errors import BackendError, ModelError, UsageError
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.video.file_source import FileSource
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
    sockets: DetectorSockets, load: Callable[[SourceRequest], tuple[ModelDetector, str]]
) -> Iterator[DetectorServer]:
    """Serve until the block is left; all connections end then, as when the process dies."""
    server = DetectorServer(sockets.listener, ModelCache(load, lambda request: request.model))
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


@pytest.fixture
def sockets() -> Iterator[DetectorSockets]:
    made = DetectorSockets.create()
    yield made
    made.close()


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


def test_a_frame_has_the_same_detections_as_in_the_process_of_the_worker(sockets: DetectorSockets) -> None:
    with serving(sockets, lambda _: (RedModel(), "red on torch")):
        detector = RemoteDetector(sockets.address, request())
        assert (detector.model, detector.backend, detector.description) == ("red", Backend.TORCH, "red on torch")
        assert (detector.input_size, detector.workers) == (INPUT, 3)
        for shape in ((240, 320), (300, 200), (120, 160)):  # a camera may change its size
            image = np.zeros((*shape, 3), np.uint8)
            image[40:100, 50:74] = (0, 0, 255)
            here, there = RedModel().detect(image), detector.detect(image)
            assert len(here) == 1
            assert np.array_equal(here.boxes, there.boxes)
            assert np.array_equal(here.scores, there.scores)
        detector.close()


def test_a_model_is_loaded_once_for_all_sources_with_its_size(sockets: DetectorSockets) -> None:
    loaded: list[str | None] = []

    def load(asked: SourceRequest) -> tuple[ModelDetector, str]:
        loaded.append(asked.model)
        return RedModel(), ""

    with serving(sockets, load) as server:
        detectors = [RemoteDetector(sockets.address, request(name)) for name in ("a", "b", "c")]
        detectors.append(RemoteDetector(sockets.address, request("d", model="other")))
        assert [len(detector.detect(picture())) for detector in detectors] == [1, 1, 1, 1]
        assert loaded == [None, "other"]
        assert server.status()["sources"] == ["a", "b", "c", "d"]
        for detector in detectors:
            detector.close()
        wait_until(lambda: server.status()["sources"] == [])


@pytest.mark.parametrize(
    ("error", "raised"),
    [
        (UsageError("unknown backend 'x'"), UsageError),
        (ModelError("no model file at x.xml"), BackendError),
        (RuntimeError("out of memory"), BackendError),
    ],
)
def test_a_model_that_cannot_be_loaded_is_refused_and_other_sources_go_on(
    sockets: DetectorSockets, error: Exception, raised: type[Exception]
) -> None:
    def load(asked: SourceRequest) -> tuple[ModelDetector, str]:
        if asked.model == "bad":
            raise error
        return RedModel(), ""

    with serving(sockets, load):
        good = RemoteDetector(sockets.address, request("good"))
        with pytest.raises(raised, match=str(error)):
            RemoteDetector(sockets.address, request("bad", model="bad"))
        assert len(good.detect(picture())) == 1
        good.close()


def test_a_frame_on_which_the_model_fails_is_an_error_of_its_source_alone(sockets: DetectorSockets) -> None:
    def fails_on_bright_frames(model_input: Image) -> None:
        if model_input[0, 0, 0, 0] > 200:
            raise ValueError("NaN in the output")

    with serving(sockets, lambda _: (RedModel(fails_on_bright_frames), "")):
        one, other = (RemoteDetector(sockets.address, request(name)) for name in ("one", "other"))
        with pytest.raises(BackendError, match=r"the model red \(torch\) failed: ValueError: NaN in the output"):
            one.detect(picture(255))
        assert len(other.detect(picture())) == len(one.detect(picture())) == 1
        one.close()
        other.close()


def assert_set(event: threading.Event) -> None:
    assert event.wait(PATIENCE_S)


def test_a_worker_that_reads_no_replies_is_dropped_and_delays_nobody(sockets: DetectorSockets) -> None:
    with serving(sockets, lambda _: (RedModel(), "")) as server:
        frozen = request_connection(sockets.address, request("frozen"), PATIENCE_S)
        assert frozen is not None
        answer = receive_answer(frozen, PATIENCE_S)
        assert answer is not None
        accepted, memory = answer
        assert isinstance(accepted, Acceptance)
        assert memory is not None
        os.close(memory)
        frozen.setblocking(False)
        sent = 1
        while sent:  # as much as fits, and it never reads
            sent = _send(frozen, DetectionRequest(0, (240, 320)).encode())
        healthy = RemoteDetector(sockets.address, request("healthy"))
        assert len(healthy.detect(picture())) == 1
        healthy.close()
        frozen.close()
        wait_until(lambda: server.status()["sources"] == [])


def _send(connection: socket.socket, message: bytes) -> int:
    try:
        return connection.send(message)
    except OSError:
        return 0


@pytest.mark.parametrize("message", [DetectionRequest(99, (240, 320)), DetectionRequest(0, (0, 320))])
def test_a_request_that_makes_no_sense_ends_the_connection(sockets: DetectorSockets, message: DetectionRequest) -> None:
    with serving(sockets, lambda _: (RedModel(), "")):
        connection = request_connection(sockets.address, request(), PATIENCE_S)
        assert connection is not None
        answer = receive_answer(connection, PATIENCE_S)
        assert answer is not None
        assert answer[1] is not None
        os.close(answer[1])
        connection.sendall(message.encode())
        connection.settimeout(PATIENCE_S)
        assert connection.recv(1) == b""
        connection.close()


def test_frames_that_were_sent_when_it_ended_are_sent_again(sockets: DetectorSockets) -> None:
    reached, hold = threading.Event(), threading.Event()

    def hangs(model_input: Image) -> None:
        if model_input[0, 0, 0, 0] == 50:
            reached.set()
            assert_set(hold)

    with ThreadPoolExecutor(1) as pool:
        with serving(sockets, lambda _: (RedModel(hangs), "")):
            detector = RemoteDetector(sockets.address, request())
            begun = pool.submit(detector.detect, picture(50))
            assert_set(reached)
        hold.set()
        with serving(sockets, lambda _: (RedModel(), "")):
            assert len(begun.result(PATIENCE_S)) == 1
            detector.close()


def test_a_frame_on_which_it_ends_again_and_again_is_an_error(sockets: DetectorSockets) -> None:
    reached, hold = threading.Semaphore(0), threading.Event()

    def hangs(model_input: Image) -> None:
        if model_input[0, 0, 0, 0] == 50:
            reached.release()
            assert_set(hold)

    with ThreadPoolExecutor(1) as pool:
        with serving(sockets, lambda _: (RedModel(hangs), "")):
            detector = RemoteDetector(sockets.address, request("front door"))
            begun = pool.submit(detector.detect, picture(50))
            assert reached.acquire(timeout=PATIENCE_S)
        for _ in range(MAX_ATTEMPTS - 1):
            with serving(sockets, lambda _: (RedModel(hangs), "")):
                assert reached.acquire(timeout=PATIENCE_S)
        with pytest.raises(BackendError, match="has ended 3 times while it had a frame of front door"):
            begun.result(PATIENCE_S)
    hold.set()


def test_a_source_that_is_closed_while_it_waits_ends_at_once(sockets: DetectorSockets) -> None:
    with serving(sockets, lambda _: (RedModel(), "")):
        detector = RemoteDetector(sockets.address, request())
    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(detector.detect, picture())
        sleep(0.05)
        assert not begun.done()
        detector.close()
        with pytest.raises(DetectorClosedError):
            begun.result(PATIENCE_S)


def test_a_model_that_does_not_return_is_overdue(sockets: DetectorSockets) -> None:
    hold = threading.Event()

    def hangs(model_input: Image) -> None:
        if model_input[0, 0, 0, 0] == 50:
            assert_set(hold)

    with serving(sockets, lambda _: (RedModel(hangs), "")) as server, ThreadPoolExecutor(1) as pool:
        detector = RemoteDetector(sockets.address, request())
        begun = pool.submit(detector.detect, picture(50))
        wait_until(lambda: server.overdue_s(monotonic() + 3.0) is not None)
        assert server.overdue_s(monotonic()) is None  # not yet
        hold.set()
        begun.result(PATIENCE_S)
        wait_until(lambda: server.overdue_s(monotonic() + 3.0) is None)
        detector.close()


def pipeline_of_walkers(sockets: DetectorSockets, folder: Path) -> Pipeline:
    """A pipeline that counts a clip of walkers with the detector process."""
    clip = walkers.draw_clip(folder / "walkers.avi")
    return Pipeline(
        lambda: FileSource(str(clip)),
        lambda size: RemoteDetector(sockets.address, request(size=size)),
        line=walkers.LINE,
        anchor=Anchor.CENTER,
    )


def test_a_pipeline_waits_for_it_without_losing_a_frame_and_does_not_look_stuck(
    sockets: DetectorSockets, tmp_path: Path
) -> None:
    with serving(sockets, lambda _: (RedModel(), "")):
        pipeline = pipeline_of_walkers(sockets, tmp_path)
        frames = pipeline.frames()
        results = [next(frames) for _ in range(60)]
    while results[-1] is not None:  # it is away: None instead of silence
        results.append(next(frames))
    with serving(sockets, lambda _: (RedModel(), "")):
        results += list(frames)
    counted = [result for result in results if result is not None]
    assert [result.index for result in counted] == list(range(round(walkers.SECONDS * walkers.FPS)))
    crossings = [crossing.direction for result in counted for crossing in result.crossings]
    assert crossings == [direction for _, direction in sorted(walkers.CROSSINGS, key=lambda one: one[0])]
    pipeline.close()


def test_a_pipeline_that_is_closed_while_it_waits_ends_its_frames(sockets: DetectorSockets, tmp_path: Path) -> None:
    with serving(sockets, lambda _: (RedModel(), "")):
        pipeline = pipeline_of_walkers(sockets, tmp_path)
        frames = pipeline.frames()
        assert next(frames) is not None
    while next(frames) is not None:
        continue
    pipeline.close()
    assert len(list(frames)) <= 1  # a file's last frame is held back


def test_a_worker_waits_for_a_place_in_the_queue_of_a_process_that_is_away(sockets: DetectorSockets) -> None:
    full: list[socket.socket] = []
    while (waiting := request_connection(sockets.address, request(str(len(full))), 0.01)) is not None:
        full.append(waiting)
    with serving(sockets, lambda _: (RedModel(), "")):
        detector = RemoteDetector(sockets.address, request())
        assert len(detector.detect(picture())) == 1
        detector.close()
    for one in full:
        one.close()
