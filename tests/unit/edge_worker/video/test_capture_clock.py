from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge_worker.video.capture_clock import MAX_DRIFT, MAX_LAG_S, MAX_REPEATED, CaptureClock

FPS = 25
DELAY_S = 0.08


def captured(clock: CaptureClock) -> float:
    return clock.captured_s(clock.media_s)


def play(clock: CaptureClock, frames: list[tuple[float, float]], *, data_waits: bool = False) -> list[float]:
    """Feed (timestamp, arrival) pairs; the capture times of the frames, as known at their arrival."""
    return [captured(clock) for timestamp, arrival in frames if clock.add(timestamp, arrival, data_waited=data_waits)]


def test_frames_that_the_network_holds_keep_their_capture_times() -> None:
    sent = [i / FPS for i in range(20 * FPS)]
    # 3 s in every 20 s nothing arrives; then all of it does.
    arrivals = [100 + DELAY_S + (17 if 14 <= at < 17 else at) for at in sent]
    times = play(CaptureClock(), list(zip(sent, arrivals, strict=True)))
    errors = [time - 100 - DELAY_S - at for at, time in zip(sent, times, strict=True)]
    assert max(map(abs, errors)) <= 3.1 * MAX_DRIFT


def test_the_frames_that_were_read_while_the_stream_was_opened_get_earlier_times_once_the_delay_is_known() -> None:
    clock = CaptureClock()
    play(clock, [(i / FPS, 100 + i / 1000) for i in range(75)])  # three seconds of the stream at once
    assert captured(clock) == pytest.approx(100.074)
    assert clock.captured_s(0.0) == pytest.approx(100.074 - 74 / FPS)


@pytest.mark.parametrize("jump_s", [-3600.0, -0.5, 3600.0])
def test_a_step_of_the_timestamps_does_not_move_the_capture_times(jump_s: float) -> None:
    frames = [(i / FPS + (jump_s if i >= 100 else 0), 100 + i / FPS) for i in range(200)]
    assert play(CaptureClock(), frames) == pytest.approx([arrival for _, arrival in frames])


def test_frames_that_wait_over_a_reconnection_keep_their_capture_times() -> None:
    clock = CaptureClock()
    play(clock, [(i / FPS, 100 + i / FPS) for i in range(100)])
    late = [(i / FPS, 106 + (i - 100) / 1000) for i in range(100, 140)]  # two seconds late
    assert play(clock, late, data_waits=True)[0] == pytest.approx(100 + 100 / FPS)
    waiting = {i: i / FPS for i in range(100, 140)}
    clock.restart()
    again = [(i / FPS, 108 + i / 1000) for i in range(75)]  # three seconds of the new stream at once
    play(clock, again)
    assert {i: clock.captured_s(media_s) for i, media_s in waiting.items()} == pytest.approx(
        {i: 100 + i / FPS for i in range(100, 140)}
    )
    assert captured(clock) == pytest.approx(108.074)
    assert clock.offset_s == pytest.approx(108.074 - clock.media_s)


def test_a_stream_without_timestamps_gets_the_times_of_arrival() -> None:
    clock = CaptureClock()
    times = play(clock, [(0.0, 100 + i / FPS) for i in range(100)])
    assert not clock.is_trusted
    assert len(times) == 100 - MAX_REPEATED + 1
    assert times[-1] == pytest.approx(100 + 99 / FPS)
    assert clock.media_s == pytest.approx(99 / FPS)


def test_a_second_picture_with_the_same_timestamp_is_no_new_picture() -> None:
    clock = CaptureClock()
    assert [clock.add(at, 100 + at) for at in (0.0, 0.0, 0.04, 0.08, 0.08)] == [True, False, True, True, False]


def test_a_camera_whose_clock_is_one_per_cent_slow_shows_no_lag() -> None:
    clock = CaptureClock()
    play(clock, [(i / FPS * 0.99, 100 + i / FPS) for i in range(600 * FPS)])
    assert clock.lag_s < 0.01


@pytest.mark.parametrize("rate", [0.99, 0.9, 0.5])
def test_a_decoder_that_is_slower_than_the_camera_shows_as_lag(rate: float) -> None:
    clock = CaptureClock()
    play(clock, [(i / FPS * rate, 100 + i / FPS) for i in range(60 * FPS)], data_waits=True)
    assert clock.lag_s == pytest.approx(60 * (1 - rate), rel=0.01)


def test_media_time_continues_after_a_reconnection() -> None:
    clock = CaptureClock()
    play(clock, [(i / FPS, 100 + i / FPS) for i in range(50)])
    clock.restart()
    assert clock.add(0.0, 110.0)
    assert clock.media_s == pytest.approx(10.0)
    play(clock, [(i / FPS, 110 + i / FPS) for i in range(1, 50)])
    assert captured(clock) == pytest.approx(110 + 49 / FPS)


def test_the_lag_is_gone_after_a_reconnection() -> None:
    clock = CaptureClock()
    play(clock, [(i / FPS / 2, 100 + i / FPS) for i in range(10 * FPS)], data_waits=True)
    assert clock.lag_s == pytest.approx(5, rel=0.01)
    clock.restart()
    clock.add(77.0, 111.0)
    assert clock.lag_s == 0


@given(
    st.lists(
        st.tuples(st.floats(-1e7, 1e7), st.floats(0.001, 10.0), st.booleans()),
        min_size=2,
        max_size=60,
    )
)
def test_whatever_the_timestamps_are_media_time_increases_and_no_frame_is_captured_after_its_arrival(
    frames: list[tuple[float, float, bool]],
) -> None:
    clock, arrival = CaptureClock(), 1000.0
    media = []
    for timestamp, waited_s, data_waits in frames:
        arrival += waited_s
        if clock.add(timestamp, arrival, data_waited=data_waits):
            media.append(clock.media_s)
            assert captured(clock) <= arrival + 1e-6
    assert all(later > earlier for earlier, later in pairwise(media))
    assert clock.media_s <= arrival - 1000.0 + MAX_LAG_S * len(frames)
