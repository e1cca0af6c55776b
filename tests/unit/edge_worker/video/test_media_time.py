from __future__ import annotations

from itertools import pairwise

import pytest

from edge_worker.video.media_time import FALLBACK_FPS, MediaClock


def test_at_a_constant_rate_time_is_the_frame_number_over_the_rate() -> None:
    clock = MediaClock(25.0)
    odd_start = [0.0, 0.08, 0.12, 0.16, 0.20]
    assert [clock.time_of(i, stamp) for i, stamp in enumerate(odd_start)] == [i / 25 for i in range(5)]


def test_a_varying_rate_follows_the_stamps() -> None:
    clock = MediaClock(25.0)
    stamps = [i * 0.1 for i in range(100)]
    times = [clock.time_of(i, stamp) for i, stamp in enumerate(stamps)]
    assert times[-1] == pytest.approx(9.9)


def test_time_never_stands_still_or_goes_back() -> None:
    clock = MediaClock(25.0)
    stamps = [0.0, 5.0, 5.0, 1.0, 6.0, 6.0]
    times = [clock.time_of(i, stamp) for i, stamp in enumerate(stamps)]
    assert all(later > earlier for earlier, later in pairwise(times))


@pytest.mark.parametrize("nonsense", [0.0, -1.0, 90000.0, float("nan")])
def test_a_nonsensical_rate_is_replaced(nonsense: float) -> None:
    assert MediaClock(nonsense).fps == FALLBACK_FPS
