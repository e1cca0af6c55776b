"""The changes to a quantised graph, run by OpenVINO."""

from __future__ import annotations

import numpy as np
import openvino as ov
import pytest
from openvino import opset13

from edge_worker.detection.detector import Floats
from edge_worker.weights.quantised_graph import (
    LEVELS,
    SWISH_ERROR,
    SWISH_SCALE,
    keep_pixels,
    replace_coarse_swish,
)

X = np.linspace(-60, 60, 24_001, dtype=np.float32).reshape(1, 1, 1, -1)
COARSE = 2 * SWISH_ERROR * (LEVELS - 1)
"""The smallest range in which half of a step is the difference."""


def quantised_swish(highest: float, *, beta: float | None = None, floats_too: bool = False) -> ov.Model:
    x = opset13.parameter(X.shape, np.float32)
    swish = opset13.swish(x) if beta is None else opset13.swish(x, np.float32(beta))
    quantised = opset13.fake_quantize(
        swish, np.float32(0), np.float32(highest), np.float32(0), np.float32(highest), LEVELS
    )
    results = [quantised, swish] if floats_too else [quantised]
    return ov.Model(results, [x], "swish")


def run(graph: ov.Model, values: Floats) -> Floats:
    compiled = ov.Core().compile_model(graph, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    return np.array(compiled(values)[0])


def test_the_difference_of_hard_swish_is_what_it_is_said_to_be() -> None:
    x = X.astype(np.float64)
    swish = x / (1 + np.exp(-x))
    hard = x * np.clip(SWISH_SCALE * x / 6 + 0.5, 0, 1)
    assert SWISH_ERROR - 0.001 < np.abs(hard - swish).max() <= SWISH_ERROR


@pytest.mark.parametrize("highest", [COARSE + 0.01, 70.7, 150.0])
def test_a_coarse_swish_becomes_a_hard_swish_that_is_at_most_one_step_away(highest: float) -> None:
    graph = quantised_swish(highest)
    before = run(graph, X)
    assert replace_coarse_swish(graph) == 1
    assert "Swish" not in {node.get_type_name() for node in graph.get_ops()}
    steps = np.abs(run(graph, X) - before) / (highest / (LEVELS - 1))
    assert steps.max() == pytest.approx(1, abs=1e-3)


def test_a_fine_swish_stays() -> None:
    assert replace_coarse_swish(quantised_swish(COARSE - 0.01)) == 0


def test_another_swish_stays() -> None:
    assert replace_coarse_swish(quantised_swish(70.7, beta=1.7)) == 0
    assert replace_coarse_swish(quantised_swish(70.7, beta=1.0)) == 1


def test_a_swish_that_is_also_used_in_floats_stays() -> None:
    assert replace_coarse_swish(quantised_swish(70.7, floats_too=True)) == 0


def quantised_input(highest: float) -> ov.Model:
    image = opset13.parameter([1, 1, 1, LEVELS], np.float32)
    limits = np.float32(0), np.float32(highest)
    return ov.Model([opset13.fake_quantize(image, *limits, *limits, LEVELS)], [image], "input")


def test_each_value_of_a_pixel_is_kept() -> None:
    pixels: Floats = (np.arange(LEVELS) / 255).astype(np.float32).reshape(1, 1, 1, -1)
    graph = quantised_input(0.9944)
    assert np.abs(run(graph, pixels) - pixels).max() > 0.005
    assert keep_pixels(graph)
    np.testing.assert_allclose(run(graph, pixels), pixels, atol=1e-6)


def test_an_input_in_floats_stays() -> None:
    graph = quantised_swish(70.7)
    assert not keep_pixels(graph)
    np.testing.assert_array_equal(run(graph, X), run(quantised_swish(70.7), X))
