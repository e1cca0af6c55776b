"""The detector process ends or is away: frames wait, and are sent again when it is back."""

from __future__ import annotations

import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep

import pytest

from edge_worker.counting.line import Anchor
from edge_worker.detection.detector import DetectorClosedError
from edge_worker.detector_process.remote_detector import MAX_ATTEMPTS, RemoteDetector
from edge_worker.detector_process.sockets import DetectorSockets, request_connection
from edge_worker.errors import BackendError
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.video.file_source import FileSource
from edge_worker.video.frame import Image
from tests.faults.edge_worker import walkers
from tests.integration.edge_worker.red_detector import PATIENCE_S, RedModel, assert_set, picture, request, serving


def test_frames_that_were_sent_when_it_ended_are_sent_again(detector_sockets: DetectorSockets) -> None:
    reached, hold = threading.Event(), threading.Event()

    def hangs(model_input: Image) -> None:
        if model_input[0, 0, 0, 0] == 50:
            reached.set()
            assert_set(hold)

    with ThreadPoolExecutor(1) as pool:
        with serving(detector_sockets, lambda _: (RedModel(hangs), "")):
            detector = RemoteDetector(detector_sockets.address, request())
            begun = pool.submit(detector.detect, picture(50))
            assert_set(reached)
        hold.set()
        with serving(detector_sockets, lambda _: (RedModel(), "")):
            assert len(begun.result(PATIENCE_S)) == 1
            detector.close()


def test_a_frame_on_which_it_ends_again_and_again_is_an_error(detector_sockets: DetectorSockets) -> None:
    reached, hold = threading.Semaphore(0), threading.Event()

    def hangs(model_input: Image) -> None:
        if model_input[0, 0, 0, 0] == 50:
            reached.release()
            assert_set(hold)

    with ThreadPoolExecutor(1) as pool:
        with serving(detector_sockets, lambda _: (RedModel(hangs), "")):
            detector = RemoteDetector(detector_sockets.address, request("front door"))
            begun = pool.submit(detector.detect, picture(50))
            assert reached.acquire(timeout=PATIENCE_S)
        for _ in range(MAX_ATTEMPTS - 1):
            with serving(detector_sockets, lambda _: (RedModel(hangs), "")):
                assert reached.acquire(timeout=PATIENCE_S)
        with pytest.raises(BackendError, match="has ended 3 times while it had a frame of front door"):
            begun.result(PATIENCE_S)
    hold.set()


def test_a_source_that_is_closed_while_it_waits_ends_at_once(detector_sockets: DetectorSockets) -> None:
    with serving(detector_sockets, lambda _: (RedModel(), "")):
        detector = RemoteDetector(detector_sockets.address, request())
    with ThreadPoolExecutor(1) as pool:
        begun = pool.submit(detector.detect, picture())
        sleep(0.05)
        assert not begun.done()
        detector.close()
        with pytest.raises(DetectorClosedError):
            begun.result(PATIENCE_S)


def pipeline_of_walkers(detector_sockets: DetectorSockets, folder: Path) -> Pipeline:
    """A pipeline that counts a clip of walkers with the detector process."""
    clip = walkers.draw_clip(folder / "walkers.avi")
    return Pipeline(
        lambda: FileSource(str(clip)),
        lambda size: RemoteDetector(detector_sockets.address, request(size=size)),
        line=walkers.LINE,
        anchor=Anchor.CENTER,
    )


def test_a_pipeline_waits_for_it_without_losing_a_frame_and_does_not_look_stuck(
    detector_sockets: DetectorSockets, tmp_path: Path
) -> None:
    with serving(detector_sockets, lambda _: (RedModel(), "")):
        pipeline = pipeline_of_walkers(detector_sockets, tmp_path)
        frames = pipeline.frames()
        results = [next(frames) for _ in range(60)]
    while results[-1] is not None:  # it is away: None instead of silence
        results.append(next(frames))
    with serving(detector_sockets, lambda _: (RedModel(), "")):
        results += list(frames)
    counted = [result for result in results if result is not None]
    assert [result.index for result in counted] == list(range(round(walkers.SECONDS * walkers.FPS)))
    crossings = [crossing.direction for result in counted for crossing in result.crossings]
    assert crossings == [direction for _, direction in sorted(walkers.CROSSINGS, key=lambda one: one[0])]
    pipeline.close()


def test_a_pipeline_that_is_closed_while_it_waits_ends_its_frames(
    detector_sockets: DetectorSockets, tmp_path: Path
) -> None:
    with serving(detector_sockets, lambda _: (RedModel(), "")):
        pipeline = pipeline_of_walkers(detector_sockets, tmp_path)
        frames = pipeline.frames()
        assert next(frames) is not None
    while next(frames) is not None:
        continue
    pipeline.close()
    assert len(list(frames)) <= 1  # a file's last frame is held back


def test_a_worker_waits_for_a_place_in_the_queue_of_a_process_that_is_away(detector_sockets: DetectorSockets) -> None:
    full: list[socket.socket] = []
    while (waiting := request_connection(detector_sockets.address, request(str(len(full))), 0.01)) is not None:
        full.append(waiting)
    with serving(detector_sockets, lambda _: (RedModel(), "")):
        detector = RemoteDetector(detector_sockets.address, request())
        assert len(detector.detect(picture())) == 1
        detector.close()
    for one in full:
        one.close()
