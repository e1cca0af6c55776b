"""A network that holds the stream, a decoder that is too slow, packets that get lost: a real RTSP server and a proxy.

The clip shows its own time, so a test knows when a frame was really captured.
"""

from __future__ import annotations

import socket
from collections import Counter, deque
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from math import inf
from time import monotonic, thread_time
from typing import Any

import pytest

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor
from edge_worker.crossing import Direction
from edge_worker.detection.detector import Backend
from edge_worker.detection.selection import choose_detector, open_detector
from edge_worker.evaluation.ground_truth import read_ground_truth
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.running.event_time import crossing_time
from edge_worker.video import camera_connection, live_source
from edge_worker.video.capture import open_capture
from edge_worker.video.frame import Frame
from edge_worker.video.live_source import LiveSource
from tests.assets import clip, models_folder
from tests.faults.edge_worker import walkers
from tests.faults.edge_worker.rtsp_camera import address, camera, require_gstreamer
from tests.faults.edge_worker.rtsp_proxy import Fault, Proxy, damages, holds, loses, rtsp_proxy, stamps

PATIENCE_S = 40.0
"""For a machine that does other things, too."""


@pytest.fixture(scope="module")
def camera_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a camera that plays the clip with the walkers."""
    require_gstreamer()
    drawn = walkers.draw_clip(tmp_path_factory.mktemp("clip") / "walkers.avi")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    with camera(port, clip=drawn):
        yield port


def count(camera_port: int, fault: Fault, until_s: float = walkers.SECONDS - 0.3) -> tuple[list[FrameResult], Proxy]:
    """Count behind a proxy until this second of the clip; all results."""
    results: list[FrameResult] = []
    with rtsp_proxy(camera_port, fault) as proxy:
        pipeline = Pipeline(
            lambda: LiveSource(address(proxy.port), first_frame_s=PATIENCE_S),
            lambda _size: walkers.SeesRed(),
            line=walkers.LINE,
            anchor=Anchor.CENTER,
        )
        given_up_at = monotonic() + walkers.SECONDS + PATIENCE_S
        for result in pipeline.frames():
            if result is not None:
                results.append(result)
                if walkers.clip_time(result.image) >= until_s:
                    break
            assert monotonic() < given_up_at
        pipeline.close()
    return results, proxy


def crossings(results: list[FrameResult]) -> list[tuple[datetime, Direction]]:
    found = []
    for result in results:
        assert result.captured_at is not None
        for crossing in result.crossings:
            found.append((crossing_time(result.captured_at, result.media_s, crossing.t), crossing.direction))
    return sorted(found)


def times_in_the_clip(found: list[tuple[datetime, Direction]]) -> list[float]:
    """The times of the crossings in seconds of the clip: those after the first, relative to it."""
    return [walkers.CROSSINGS[0][0] + (at - found[0][0]).total_seconds() for at, _ in found]


def test_crossings_keep_their_count_and_their_times_when_the_network_holds_the_stream(camera_port: int) -> None:
    results, _ = count(camera_port, holds(hold_s=2.5, every_s=5.0))
    found = crossings(results)
    assert [way for _, way in found] == [way for _, way in walkers.CROSSINGS]
    assert times_in_the_clip(found) == pytest.approx([at for at, _ in walkers.CROSSINGS], abs=0.25)
    assert sum(result.dropped for result in results) == 0


class SlowDecoder:
    """OpenCV's capture, whose every frame costs this much more CPU time."""

    def __init__(self, capture: Any, extra_s: float) -> None:
        self._capture = capture
        self._extra_s = extra_s

    def grab(self) -> bool:
        until_s = thread_time() + self._extra_s
        while thread_time() < until_s:
            sum(range(1000))
        return bool(self._capture.grab())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._capture, name)


def test_the_lag_of_a_decoder_that_is_slower_than_the_camera_is_bounded_and_reported(
    camera_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The limits are scaled down, so that the clip of some seconds reaches them.
    monkeypatch.setattr(camera_connection, "MAX_LAG_S", 1.5)
    monkeypatch.setattr(camera_connection, "SMALL_LAG_S", 0.5)
    monkeypatch.setattr(camera_connection, "CATCH_UP_S", 0.5)
    monkeypatch.setattr(live_source, "open_capture", lambda *a, **k: SlowDecoder(open_capture(*a, **k), 0.15))
    status = CameraStatus()
    lags, reported, dropped, reconnects = [], [], 0, 0
    began_at = inf  # when the clip began on this connection
    pipeline = Pipeline(
        lambda: LiveSource(address(camera_port), first_frame_s=PATIENCE_S),
        lambda _size: walkers.SeesRed(),
        line=walkers.LINE,
        anchor=Anchor.CENTER,
        camera=status,
    )
    given_up_at = monotonic() + 2 * PATIENCE_S
    for result in pipeline.frames():
        assert monotonic() < given_up_at
        if result is None or result.captured_at is None:
            continue
        if result.reconnects:
            began_at = inf
        played_at = monotonic() - walkers.clip_time(result.image)
        began_at = min(began_at, played_at)
        lags.append(played_at - began_at)
        reported.append((datetime.now(UTC) - result.captured_at).total_seconds())
        dropped += result.dropped
        reconnects += result.reconnects
        if reconnects == 2:
            break
    pipeline.close()
    assert dropped > 0
    assert max(lags) < 4.0
    assert max(reported) > 1.0
    assert status.decode_ms is not None
    assert status.decode_ms > 150


WHOLE_CLIP_S = walkers.SECONDS - 0.3


@pytest.mark.parametrize("until_s", [6.3, pytest.param(WHOLE_CLIP_S, marks=pytest.mark.slow)])
@pytest.mark.parametrize("fault", [loses(0.01), damages(0.01)], ids=["lost", "damaged"])
def test_packets_that_are_lost_or_damaged_invent_no_crossing(camera_port: int, fault: Fault, until_s: float) -> None:
    results, _ = count(camera_port, fault, until_s)
    found = Counter(way for _, way in crossings(results))
    walked = Counter(way for at, way in walkers.CROSSINGS if at < until_s)
    assert found <= walked
    assert found.total() >= walked.total() / 2


@pytest.mark.parametrize(("until_s", "last"), [(7.8, 2), pytest.param(WHOLE_CLIP_S, 3, marks=pytest.mark.slow)])
def test_a_camera_that_stamps_every_frame_with_zero_is_counted_by_the_times_of_arrival(
    camera_port: int, until_s: float, last: int
) -> None:
    results, _ = count(camera_port, stamps(lambda _: 0), until_s)
    # The first seconds come at once, because FFmpeg reads them while it opens the stream.
    found, walked = (
        crossings(results)[-last:],
        [crossing for crossing in walkers.CROSSINGS if crossing[0] < until_s][-last:],
    )
    assert [way for _, way in found] == [way for _, way in walked]
    later, expected = times_in_the_clip(found), [at for at, _ in walked]
    assert [b - a for a, b in pairwise(later)] == pytest.approx([b - a for a, b in pairwise(expected)], abs=0.5)


class Recording:
    """The frames of a camera, played again as fast as the detector takes them."""

    is_live = False
    ended = False
    fps_wanted = None
    transport = None
    decoder = None

    def __init__(self, frames: list[Frame]) -> None:
        self._frames = deque(frames)
        self.size = frames[0].size

    def read(self, timeout_s: float) -> Frame | None:  # noqa: ARG002 - a source's signature
        self.ended = not self._frames
        return self._frames.popleft() if self._frames else None

    def progress(self) -> None:
        return None

    def set_sample_fps(self, fps: float) -> None:  # noqa: ARG002 - a source's signature
        return None

    def set_check_interval(self, seconds: float) -> None:  # noqa: ARG002 - a source's signature
        return None

    def close(self) -> None:
        return None


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_real_people_keep_their_count_when_the_network_holds_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of this clip 28 of 32 were counted when frames had their times of arrival."""
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))
    require_gstreamer()
    video = clip("plaza.avi")
    truth = read_ground_truth(video.with_name("plaza.truth.json"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    frames: list[Frame] = []
    with camera(port, clip=video), rtsp_proxy(port, holds(hold_s=3, every_s=20)) as proxy:
        source = LiveSource(address(proxy.port), first_frame_s=PATIENCE_S)
        given_up_at = monotonic() + 80 + PATIENCE_S
        # After the end of the clip the source connects again, and the camera begins anew.
        while (frame := source.read(1.0)) is None or frame.reconnects == 0:
            assert monotonic() < given_up_at
            if frame is not None:
                frames.append(frame)
        source.close()
    assert sum(frame.dropped for frame in frames) == 0
    # The recording is analysed afterwards, so that a slow machine counts the same.
    pipeline = Pipeline(
        lambda: Recording(frames),
        lambda size: open_detector(choose_detector(None, Backend.AUTO), size),
        line=truth.line,
        anchor=truth.anchor,
    )
    found = Counter(crossing.direction for result in pipeline.frames() if result for crossing in result.crossings)
    assert found == Counter(crossing.direction for crossing in truth.crossings)
