from __future__ import annotations

import numpy as np
import pytest

from edge_worker.tracking import kalman


def test_a_steady_walk_is_predicted() -> None:
    mean, covariance = kalman.initiate(np.array([[0.0, 0.0, 0.4, 100.0]]))
    for step in range(1, 30):
        mean, covariance = kalman.predict(mean, covariance, 0.1)
        mean, covariance = kalman.correct(mean, covariance, np.array([[8.0 * step, 0.0, 0.4, 100.0]]))
    assert mean[0, 0, 1] == pytest.approx(80, rel=0.02)
    ahead, _ = kalman.predict(mean, covariance, 0.5)
    assert ahead[0, 0, 0] == pytest.approx(8 * 29 + 40, abs=1)


def test_one_long_step_is_as_uncertain_as_several_short_ones() -> None:
    start = kalman.initiate(np.array([[0.0, 0.0, 0.4, 100.0]]))
    _, once = kalman.predict(*start, 1.0)
    mean, often = start
    for _ in range(10):
        mean, often = kalman.predict(mean, often, 0.1)
    assert often == pytest.approx(once, rel=1e-6)


def test_covariances_stay_positive() -> None:
    random = np.random.default_rng(1)
    mean, covariance = kalman.initiate(np.array([[0.0, 0.0, 0.4, 100.0]]))
    for _ in range(500):
        mean, covariance = kalman.predict(mean, covariance, float(random.uniform(0.01, 0.5)))
        measured = np.array([[*random.normal(0, 50, 2), 0.4, 100.0]])
        mean, covariance = kalman.correct(mean, covariance, measured)
        p, c, v = covariance[0, :, 0], covariance[0, :, 1], covariance[0, :, 2]
        assert (p > 0).all()
        assert (v > 0).all()
        assert (c**2 <= p * v * (1 + 1e-9)).all()
