from __future__ import annotations

from itertools import pairwise

import pytest

from edge_worker.video.timing import FALLBACK_FPS, FrameSampler, MediaClock


def test_at_a_constant_rate_time_is_the_frame_number_over_the_rate() -> None:
    clock = MediaClock(25.0)
    odd_start = [0.0, 0.08, 0.12, 0.16, 0.20]
    assert [clock.time_of(i, stamp) for i, stamp in enumerate(odd_start)] == [i / 25 for i in range(5)]


def test_a_varying_rate_follows_the_timestamps() -> None:
    clock = MediaClock(25.0)
    timestamps = [i * 0.1 for i in range(100)]
    times = [clock.time_of(i, stamp) for i, stamp in enumerate(timestamps)]
    assert times[-1] == pytest.approx(9.9)


def test_time_always_increases() -> None:
    clock = MediaClock(25.0)
    timestamps = [0.0, 5.0, 5.0, 1.0, 6.0, 6.0]
    times = [clock.time_of(i, stamp) for i, stamp in enumerate(timestamps)]
    assert all(later > earlier for earlier, later in pairwise(times))


@pytest.mark.parametrize("fps", [0.0, -1.0, 90000.0, float("nan")])
def test_an_implausible_rate_is_replaced(fps: float) -> None:
    assert MediaClock(fps).fps == FALLBACK_FPS


@pytest.mark.parametrize(("camera", "wanted"), [(25.0, 10.0), (30.0, 8.0), (12.0, 10.0), (10.0, 10.0)])
def test_the_sample_rate_is_met_on_average(camera: float, wanted: float) -> None:
    sampler = FrameSampler(wanted)
    taken = sum(sampler.is_due(i / camera) for i in range(int(60 * camera)))
    assert taken / 60 == pytest.approx(wanted, rel=0.03)


def test_a_camera_slower_than_the_sample_rate_loses_no_frame() -> None:
    sampler = FrameSampler(10.0)
    assert all(sampler.is_due(i / 5) for i in range(100))


def test_a_burst_after_a_gap_is_not_used_to_catch_up() -> None:
    sampler = FrameSampler(10.0)
    sampler.is_due(0.0)
    burst = [5.0 + i * 0.001 for i in range(50)]
    assert sum(sampler.is_due(at) for at in burst) <= 2


def test_without_a_sample_rate_every_frame_is_taken() -> None:
    sampler = FrameSampler(None)
    assert all(sampler.is_due(i / 1000) for i in range(50))
