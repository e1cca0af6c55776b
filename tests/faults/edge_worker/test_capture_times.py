"""A network that holds the stream, a decoder that is too slow, packets that get lost: a real RTSP server and a proxy.

The clip shows its own time, so a test knows when a frame was really captured.
"""

from __future__ import annotations

import socket
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from math import inf
from pathlib import Path
from statistics import median
from time import monotonic, thread_time
from typing import Any

import pytest

from edge_worker.camera_status import CameraStatus
from edge_worker.counting.line import Anchor
from edge_worker.crossing import Crossing, Direction
from edge_worker.detection.detector import Backend
from edge_worker.detection.selection import choose_detector, open_detector
from edge_worker.evaluation.ground_truth import GroundTruth, LabelledCrossing, read_ground_truth
from edge_worker.evaluation.score import score_crossings
from edge_worker.pipeline.frame_result import FrameResult
from edge_worker.pipeline.pipeline import Pipeline
from edge_worker.running.event_time import crossing_time
from edge_worker.video import camera_connection, live_source
from edge_worker.video.camera_stream import CameraStream, open_stream
from edge_worker.video.damage import Damage
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
    """Count behind a proxy until this second of the clip, or until its end; all results."""
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
                if result.reconnects:  # the clip begins anew, because its last frames were left out
                    break
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


WHOLE_CLIP_S = walkers.SECONDS - 0.3


class SlowDecoder:
    """A stream, whose every decoded frame costs this much more CPU time."""

    def __init__(self, stream: CameraStream, extra_s: float) -> None:
        self._stream = stream
        self._extra_s = extra_s

    def grab(self, *, skip: bool = False) -> bool:
        is_read = self._stream.grab(skip=skip)
        until_s = thread_time() + (0 if self._stream.is_skipped else self._extra_s)
        while thread_time() < until_s:
            sum(range(1000))
        return is_read

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def test_the_lag_of_a_decoder_that_is_slower_than_the_camera_is_bounded_and_reported(
    camera_port: int, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # The limits are scaled down, so that the clip of some seconds reaches them.
    monkeypatch.setattr(camera_connection, "MAX_LAG_S", 1.5)
    monkeypatch.setattr(camera_connection, "SMALL_LAG_S", 0.5)
    monkeypatch.setattr(live_source, "open_stream", lambda *a, **k: SlowDecoder(open_stream(*a, **k), 0.15))
    status = CameraStatus()
    lags, reported, dropped = [], [], 0
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
        if result.reconnects:  # the clip is over
            break
        played_at = monotonic() - walkers.clip_time(result.image)
        began_at = min(began_at, played_at)
        lags.append(played_at - began_at)
        reported.append((datetime.now(UTC) - result.captured_at).total_seconds())
        dropped += result.dropped
    pipeline.close()
    assert "it stopped sending" in caplog.text
    assert "too late even if they are not decoded" not in caplog.text
    assert dropped > 0
    assert max(lags) < 4.0
    assert max(reported) > 1.0
    assert status.decode_ms is not None
    assert status.decode_ms > 150


RUNS = 4


@pytest.mark.parametrize("until_s", [6.3, pytest.param(WHOLE_CLIP_S, marks=pytest.mark.slow)])
@pytest.mark.parametrize("fault", [loses, damages])
def test_packets_that_are_lost_or_damaged_invent_no_crossing(
    camera_port: int, fault: Callable[[float, int], Fault], until_s: float
) -> None:
    with ThreadPoolExecutor(RUNS) as pool:
        runs = list(pool.map(lambda seed: count(camera_port, fault(0.01, seed), until_s)[0], range(1, RUNS + 1)))
    walked = [LabelledCrossing(at, way) for at, way in walkers.CROSSINGS]
    for results in runs:
        # What a lost packet leaves in the picture stays until the next keyframe, which is 2 s later at most.
        score = score_crossings(in_seconds_of_the_clip(results), walked, tolerance_s=1.5)
        assert not score.extra
        assert len(score.hits) >= len([crossing for crossing in walked if crossing.t < until_s]) / 2
    assert sum(result.damaged for results in runs for result in results) > 0


def in_seconds_of_the_clip(results: list[FrameResult]) -> list[Crossing]:
    """The crossings with their times in the clip, whose pictures show it."""
    offset_s = median(walkers.clip_time(result.image) - result.media_s for result in results)
    return [replace(crossing, t=crossing.t + offset_s) for result in results for crossing in result.crossings]


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
    damage = None
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


def record(video: Path, fault: Fault) -> tuple[list[Frame], Damage]:
    """The frames of a camera that plays a video behind a proxy, and the largest damage of a minute."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    frames: list[Frame] = []
    damages = [Damage()]
    with camera(port, clip=video), rtsp_proxy(port, fault) as proxy:
        source = LiveSource(address(proxy.port), first_frame_s=PATIENCE_S)
        given_up_at = monotonic() + 80 + PATIENCE_S
        # After the end of the clip the source connects again, and the camera begins anew.
        while (frame := source.read(1.0)) is None or frame.reconnects == 0:
            assert monotonic() < given_up_at
            if frame is not None:
                frames.append(frame)
                damages.append(source.damage)
        source.close()
    return frames, max(damages, key=lambda damage: damage.damaged)


def count_recording(frames: list[Frame], truth: GroundTruth) -> list[Crossing]:
    """Count a recording afterwards, so that a slow machine counts the same."""
    pipeline = Pipeline(
        lambda: Recording(frames),
        lambda size: open_detector(choose_detector(None, Backend.AUTO), size),
        line=truth.line,
        anchor=truth.anchor,
    )
    return [crossing for result in pipeline.frames() if result for crossing in result.crossings]


@pytest.fixture
def plaza(monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("METRICA_MODELS", str(models_folder()))
    require_gstreamer()
    return clip("plaza.avi")


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_real_people_keep_their_count_when_the_network_holds_the_stream(plaza: Path) -> None:
    """Of this clip 28 of 32 were counted when frames had their times of arrival."""
    truth = read_ground_truth(plaza.with_name("plaza.truth.json"))
    frames, damage = record(plaza, holds(hold_s=3, every_s=20))
    assert sum(frame.dropped for frame in frames) == 0
    assert damage.damaged == sum(frame.damaged for frame in frames) == 0
    found = Counter(crossing.direction for crossing in count_recording(frames, truth))
    assert found == Counter(crossing.direction for crossing in truth.crossings)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_of_real_people_none_is_invented_when_packets_are_lost(plaza: Path) -> None:
    """Four runs with 1 % of the packets lost: no crossing is wrong, and seven of eight people are counted."""
    truth = read_ground_truth(plaza.with_name("plaza.truth.json"))
    with ThreadPoolExecutor(RUNS) as pool:
        runs = list(pool.map(lambda seed: record(plaza, loses(0.01, seed)), range(1, RUNS + 1)))
    scores = [score_crossings(count_recording(frames, truth), truth.crossings, truth.tolerance_s) for frames, _ in runs]
    assert [score.extra for score in scores] == [()] * RUNS
    assert sum(len(score.hits) for score in scores) >= 7 / 8 * RUNS * len(truth.crossings)
    for frames, damage in runs:
        assert damage.is_reported
        assert 0.03 < damage.share < 0.15
        assert sum(frame.damaged for frame in frames) > 30
