from __future__ import annotations

import pytest

from edge_worker.video.sampling import Sampler


@pytest.mark.parametrize(("camera", "wanted"), [(25.0, 10.0), (30.0, 8.0), (12.0, 10.0), (10.0, 10.0)])
def test_the_rate_is_met_on_average(camera: float, wanted: float) -> None:
    sampler = Sampler(wanted)
    taken = sum(sampler.is_due(i / camera) for i in range(int(60 * camera)))
    assert taken / 60 == pytest.approx(wanted, rel=0.03)


def test_a_camera_slower_than_the_rate_loses_nothing() -> None:
    sampler = Sampler(10.0)
    assert all(sampler.is_due(i / 5) for i in range(100))


def test_a_burst_after_a_gap_is_not_let_through_to_catch_up() -> None:
    sampler = Sampler(10.0)
    sampler.is_due(0.0)
    burst = [5.0 + i * 0.001 for i in range(50)]
    assert sum(sampler.is_due(at) for at in burst) <= 2


def test_without_a_rate_everything_is_taken() -> None:
    sampler = Sampler(None)
    assert all(sampler.is_due(i / 1000) for i in range(50))
