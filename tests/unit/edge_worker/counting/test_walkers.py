"""Thousands of simulated crossings with known ground truth: a change that makes the counter worse fails here."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edge_worker.counting.parameters import CounterParameters
from tests.unit.edge_worker.counting.walkers import Detector, score_walkers

PERFECT = Detector(jitter=0.0, miss=0.0, blackouts=0.0)


@pytest.mark.parametrize("fps", [8.0, 10.0, 15.0, 30.0])
def test_perfectly_detected_walkers_are_counted_perfectly(fps: float) -> None:
    true, wrong = score_walkers(1, 150, fps=fps, detector=PERFECT)
    assert true > 100
    assert wrong == 0


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3, 4))])
def test_walkers_with_realistic_detection_errors_are_counted_within_one_percent(seed: int) -> None:
    true, wrong = score_walkers(seed, 500)
    assert true > 400
    assert wrong <= 0.01 * true


@pytest.mark.slow
def test_without_relinking_it_is_several_times_worse() -> None:
    _, wrong = score_walkers(1, 500)
    _, without = score_walkers(1, 500, parameters=replace(CounterParameters(), relink_window_s=0.0))
    assert without > 3 * max(1, wrong)


@pytest.mark.slow
def test_without_a_dead_band_it_is_several_times_worse() -> None:
    _, wrong = score_walkers(1, 500)
    _, without = score_walkers(1, 500, parameters=replace(CounterParameters(), dead_band=0.0))
    assert without > 3 * max(1, wrong)
