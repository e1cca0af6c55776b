from __future__ import annotations

import pytest

from edge_worker.pipeline.performance import Performance


def test_the_last_minute_counts() -> None:
    performance = Performance()
    for i in range(100 * 10):
        performance.add(i / 10, decode_s=0.004, inference_s=0.1)
    for i in range(61 * 5):
        performance.add(100 + i / 5, decode_s=0.002, inference_s=0.05 if i % 2 else 0.0)
    assert performance.fps == pytest.approx(5, rel=0.01)
    assert performance.decode_ms == pytest.approx(2)
    assert performance.inference_ms == pytest.approx(50)


def test_frames_that_nobody_looked_at_count() -> None:
    performance = Performance()
    for i in range(100):
        performance.add(i * 0.3, frames=3, decode_s=0.002, inference_s=0.0)
    assert performance.fps == pytest.approx(10)


def test_a_pause_of_the_camera_is_not_slow_processing() -> None:
    performance = Performance()
    for i in range(200):
        performance.add(i / 10 + (20 if i >= 100 else 0), decode_s=0.002, inference_s=0.02)
    assert performance.fps == pytest.approx(10, rel=0.1)


def test_nothing_is_known_in_the_first_seconds() -> None:
    performance = Performance()
    assert (performance.fps, performance.decode_ms, performance.inference_ms) == (None, None, None)
    for i in range(40):
        performance.add(i / 10, decode_s=0.0, inference_s=0.0)
    assert (performance.fps, performance.decode_ms, performance.inference_ms) == (None, None, None)
