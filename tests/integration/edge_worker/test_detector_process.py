"""The detector process and the detectors of its workers, in threads of one process, with a detector of red people."""

from __future__ import annotations

import os
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import numpy as np
import pytest

from edge_worker.detection.detector import Backend, ModelDetector
from edge_worker.detector_process.messages import Acceptance, DetectionRequest, SourceRequest
from edge_worker.detector_process.remote_detector import RemoteDetector
from edge_worker.detector_process.sockets import DetectorSockets, receive_answer, request_connection
from edge_worker.errors import BackendError, ModelError, UsageError
from edge_worker.video.frame import Image
from tests.integration.edge_worker.red_detector import (
    INPUT,
    PATIENCE_S,
    RedModel,
    assert_set,
    picture,
    request,
    serving,
    wait_until,
)


def test_a_frame_has_the_same_detections_as_in_the_process_of_the_worker(detector_sockets: DetectorSockets) -> None:
    with serving(detector_sockets, lambda _: (RedModel(), "red on torch")):
        detector = RemoteDetector(detector_sockets.address, request())
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


def test_a_model_is_loaded_once_for_all_sources_with_its_size(detector_sockets: DetectorSockets) -> None:
    loaded: list[str | None] = []

    def load(asked: SourceRequest) -> tuple[ModelDetector, str]:
        loaded.append(asked.model)
        return RedModel(), ""

    with serving(detector_sockets, load) as server:
        detectors = [RemoteDetector(detector_sockets.address, request(name)) for name in ("a", "b", "c")]
        detectors.append(RemoteDetector(detector_sockets.address, request("d", model="other")))
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
    detector_sockets: DetectorSockets, error: Exception, raised: type[Exception]
) -> None:
    def load(asked: SourceRequest) -> tuple[ModelDetector, str]:
        if asked.model == "bad":
            raise error
        return RedModel(), ""

    with serving(detector_sockets, load):
        good = RemoteDetector(detector_sockets.address, request("good"))
        with pytest.raises(raised, match=str(error)):
            RemoteDetector(detector_sockets.address, request("bad", model="bad"))
        assert len(good.detect(picture())) == 1
        good.close()


def test_a_frame_on_which_the_model_fails_is_an_error_of_its_source_alone(detector_sockets: DetectorSockets) -> None:
    def fails_on_bright_frames(model_input: Image) -> None:
        if model_input[0, 0, 0, 0] > 200:
            raise ValueError("NaN in the output")

    with serving(detector_sockets, lambda _: (RedModel(fails_on_bright_frames), "")):
        one, other = (RemoteDetector(detector_sockets.address, request(name)) for name in ("one", "other"))
        with pytest.raises(BackendError, match=r"the model red \(torch\) failed: ValueError: NaN in the output"):
            one.detect(picture(255))
        assert len(other.detect(picture())) == len(one.detect(picture())) == 1
        one.close()
        other.close()


def test_a_worker_that_reads_no_replies_is_dropped_and_delays_nobody(detector_sockets: DetectorSockets) -> None:
    with serving(detector_sockets, lambda _: (RedModel(), "")) as server:
        frozen = request_connection(detector_sockets.address, request("frozen"), PATIENCE_S)
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
        healthy = RemoteDetector(detector_sockets.address, request("healthy"))
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
def test_a_request_that_makes_no_sense_ends_the_connection(
    detector_sockets: DetectorSockets, message: DetectionRequest
) -> None:
    with serving(detector_sockets, lambda _: (RedModel(), "")):
        connection = request_connection(detector_sockets.address, request(), PATIENCE_S)
        assert connection is not None
        answer = receive_answer(connection, PATIENCE_S)
        assert answer is not None
        assert answer[1] is not None
        os.close(answer[1])
        connection.sendall(message.encode())
        connection.settimeout(PATIENCE_S)
        assert connection.recv(1) == b""
        connection.close()


def test_a_model_that_does_not_return_is_overdue(detector_sockets: DetectorSockets) -> None:
    hold = threading.Event()

    def hangs(model_input: Image) -> None:
        if model_input[0, 0, 0, 0] == 50:
            assert_set(hold)

    with serving(detector_sockets, lambda _: (RedModel(hangs), "")) as server, ThreadPoolExecutor(1) as pool:
        detector = RemoteDetector(detector_sockets.address, request())
        begun = pool.submit(detector.detect, picture(50))
        wait_until(lambda: server.overdue_s(monotonic() + 3.0) is not None)
        assert server.overdue_s(monotonic()) is None  # not yet
        hold.set()
        begun.result(PATIENCE_S)
        wait_until(lambda: server.overdue_s(monotonic() + 3.0) is None)
        detector.close()
