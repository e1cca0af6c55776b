"""A camera that stops, freezes, changes its resolution or refuses the password; against a real RTSP server."""

from __future__ import annotations

import itertools
import os
import signal
import traceback
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic, sleep

import pytest

from edge_worker.errors import SourceLostError
from edge_worker.video.camera_stream import StreamError
from edge_worker.video.frame import Frame
from edge_worker.video.live_source import LiveSource
from edge_worker.video.network_stream import NetworkStream
from edge_worker.video.stream_socket import Transport
from tests.faults.edge_worker import walkers
from tests.faults.edge_worker.rtsp_camera import address, camera, require_gstreamer
from tests.faults.edge_worker.rtsp_proxy import loses, rtsp_proxy

BACK_WITHIN_S = 10.0
PATIENCE_S = 40.0
"""For a machine that does other things, too."""


@pytest.fixture(scope="module", autouse=True)
def _gstreamer() -> None:
    require_gstreamer()


def frames(source: LiveSource, count: int, patience_s: float = PATIENCE_S) -> list[Frame]:
    """So many frames; fails when they do not come in time."""
    taken: list[Frame] = []
    until = monotonic() + patience_s
    while len(taken) < count:
        assert monotonic() < until, f"{len(taken)} of {count} frames within {patience_s} s"
        frame = source.read(0.5)
        if frame is not None:
            taken.append(frame)
    return taken


def drained(source: LiveSource) -> None:
    """Until no frame comes any more."""
    until = monotonic() + PATIENCE_S
    while source.read(1.0) is not None:
        assert monotonic() < until


def test_frames_come_in_capture_time(port: int) -> None:
    with camera(port):
        source = LiveSource(address(port), first_frame_s=PATIENCE_S)
        taken = frames(source, 10)
        source.close()
    assert source.size == (240, 320)
    assert [frame.index for frame in taken] == list(range(10))
    assert all(b.media_s > a.media_s for a, b in itertools.pairwise(taken))
    captured = taken[-1].captured_at
    assert captured is not None
    assert abs(datetime.now(UTC) - captured) < timedelta(seconds=10)


def test_a_frame_rate_that_is_set_anew_holds_from_the_next_frame_on(port: int) -> None:
    with camera(port):
        source = LiveSource(address(port), sample_fps=25, first_frame_s=PATIENCE_S)
        frames(source, 2)
        source.set_sample_fps(2)
        for _ in range(100):  # those that were buffered before
            before, after = frames(source, 2)
            if after.media_s - before.media_s > 0.4:
                break
        slow = [after, *frames(source, 3)]
        source.close()
    assert all(b.media_s - a.media_s > 0.4 for a, b in itertools.pairwise(slow))


def test_in_a_quiet_scene_pictures_come_less_often_and_the_frames_between_are_counted(port: int) -> None:
    with camera(port):
        source = LiveSource(address(port), first_frame_s=PATIENCE_S)
        frames(source, 2)
        source.set_check_interval(0.3)
        while frames(source, 1)[0].unchecked == 0:  # those that were buffered before
            pass
        quiet = frames(source, 6)
        source.set_check_interval(0)
        while (after := frames(source, 1)[0]).unchecked:
            pass
        busy = [after, *frames(source, 4)]
        source.close()
    everything = [*quiet, *busy]
    assert all(b.index - a.index == 1 + b.unchecked for a, b in itertools.pairwise(everything))
    assert all(b.media_s - a.media_s > 0.3 - 1 / 15 - 0.001 for a, b in itertools.pairwise(quiet))
    assert [b.media_s - a.media_s for a, b in itertools.pairwise(busy)] == pytest.approx([1 / 15] * 4, abs=0.02)
    assert {frame.dropped for frame in everything} == {0}


def test_a_reader_that_was_busy_for_a_moment_gets_the_frames_of_that_moment_in_order(port: int) -> None:
    with camera(port):
        source = LiveSource(address(port), first_frame_s=PATIENCE_S)
        before = frames(source, 20)[-1]
        until = monotonic() + PATIENCE_S
        while len(source._buffer._frames) < 5 and monotonic() < until:
            sleep(0.05)
        late = frames(source, 5)
        source.close()
    assert [frame.dropped for frame in late] == [0] * 5
    steps = [b.media_s - a.media_s for a, b in itertools.pairwise([before, *late])]
    assert steps == pytest.approx([1 / 15] * 5, abs=0.02)


def test_a_camera_that_restarts_with_another_resolution_is_seen_again_within_ten_seconds(port: int) -> None:
    with camera(port):
        source = LiveSource(address(port), first_frame_s=PATIENCE_S)
        frames(source, 3)
    drained(source)
    with camera(port, (640, 480)):
        back_at = monotonic()
        first = frames(source, 1)[0]
        waited = monotonic() - back_at
        source.close()
    assert first.size == (480, 640)
    assert first.reconnects >= 1
    assert waited < BACK_WITHIN_S


def test_a_camera_that_freezes_is_opened_again(port: int) -> None:
    with camera(port) as process:
        source = LiveSource(address(port), first_frame_s=PATIENCE_S)
        frames(source, 3)
        os.kill(process.pid, signal.SIGSTOP)
        drained(source)
        # FFmpeg gives up by itself; only then is the camera allowed to go on.
        until = monotonic() + PATIENCE_S
        while source._problem != "it refused or did not answer" and monotonic() < until:
            source.read(0.5)
        assert source._problem == "it refused or did not answer"
        os.kill(process.pid, signal.SIGCONT)
        back_at = monotonic()
        first = frames(source, 1)[0]
        waited = monotonic() - back_at
        source.close()
    assert first.reconnects >= 1
    assert waited < BACK_WITHIN_S


def test_a_refused_password_is_an_error_that_does_not_repeat_it(port: int) -> None:
    with camera(port, (320, 240), "viewer", "right"):
        source = LiveSource(address(port, "viewer:right@"), first_frame_s=PATIENCE_S)
        frames(source, 1)
        source.close()
        with pytest.raises(SourceLostError, match="check the address, the password") as caught:
            LiveSource(address(port, "viewer:wr0ng-secret@"), first_frame_s=3.0)
    assert "it refuses the user or the password" in str(caught.value)
    assert "wr0ng-secret" not in str(caught.value)


def test_neither_ffmpeg_nor_an_error_says_the_address_of_a_camera(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    secret = "wr0ng-secret"
    with camera(port, (320, 240), "viewer", "right"), pytest.raises(StreamError) as refused:
        NetworkStream(address(port, f"viewer:{secret}@"), open_timeout_s=PATIENCE_S, read_timeout_s=1)
    with pytest.raises(StreamError) as away:
        NetworkStream(address(port, f"viewer:{secret}@"), open_timeout_s=1, read_timeout_s=1)
    said = capfd.readouterr()
    for text in (*map(formatted, (refused.value, away.value)), said.out, said.err):
        assert secret not in text


def formatted(error: BaseException) -> str:
    """An error as a log shows it, with its causes."""
    return "".join(traceback.format_exception(error))


def test_a_camera_that_is_not_there_is_an_error(port: int) -> None:
    with pytest.raises(SourceLostError, match="no frame from"):
        LiveSource(address(port), first_frame_s=2.0)


def test_a_camera_that_has_only_udp_is_read_with_a_warning(port: int, caplog: pytest.LogCaptureFixture) -> None:
    with camera(port, udp=True):
        source = LiveSource(address(port), first_frame_s=PATIENCE_S)
        read = frames(source, 20)
        transport = source.transport
        source.close()
    assert transport is Transport.UDP
    assert "allow RTSP over TCP" in caplog.text
    steps = [b.media_s - a.media_s for a, b in itertools.pairwise(read)]
    assert max(steps) < 0.5


def test_the_sound_of_a_camera_is_not_asked_for(port: int, tmp_path: Path) -> None:
    clip = walkers.draw_clip(tmp_path / "walkers.avi")
    asked: list[bytes] = []
    with (
        camera(port, clip=clip, sound=True),
        rtsp_proxy(port, lambda packet, _at_s: packet, on_request=asked.append) as proxy,
    ):
        source = LiveSource(address(proxy.port), first_frame_s=PATIENCE_S)
        assert len(frames(source, 10)) == 10
        source.close()
    assert b"".join(asked).count(b"SETUP ") == 1


@pytest.mark.parametrize("codec", ["mjpeg", pytest.param("h265", marks=pytest.mark.slow)])
def test_where_the_decoder_marks_nothing_missing_frames_count_as_damaged(codec: str, port: int, tmp_path: Path) -> None:
    clip = walkers.draw_clip(tmp_path / "walkers.avi")
    with camera(port, clip=clip, codec=codec), rtsp_proxy(port, loses(0.03)) as proxy:
        source = LiveSource(address(proxy.port), first_frame_s=PATIENCE_S)
        until, left_out = monotonic() + PATIENCE_S, 0
        while source.damage.damaged < 3:
            assert monotonic() < until, source.damage
            frame = source.read(0.5)
            left_out += frame.damaged if frame is not None else 0
        source.close()
    assert source.damage.frames > source.damage.damaged
    assert left_out == 0


def test_tcp_is_preferred(port: int, caplog: pytest.LogCaptureFixture) -> None:
    with camera(port):
        source = LiveSource(address(port), first_frame_s=PATIENCE_S)
        frames(source, 3)
        transport = source.transport
        source.close()
    assert transport is Transport.TCP
    assert "UDP" not in caplog.text
