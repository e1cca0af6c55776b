"""The changes to a graph, run by OpenVINO."""

from __future__ import annotations

from collections import Counter

import numpy as np
import openvino as ov
import pytest
from openvino import opset13

from edge_worker.detection.detector import Floats
from edge_worker.detection.openvino_graph import concatenate_whole
from edge_worker.weights.export_cache import export_weights
from edge_worker.weights.lookup import require_pt

CHANNELS = 6


def run(graph: ov.Model, seed: int = 0) -> list[Floats]:
    shape = tuple(graph.inputs[0].shape)
    compiled = ov.Core().compile_model(graph, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    image = np.random.default_rng(seed).random(shape, np.float32)
    return [np.array(value) for value in compiled(image).values()]


def block(axis: int = 1, order: tuple[int, ...] = (0, 1, 2), *, halves: bool = True) -> ov.Model:
    """A block of YOLO: split, compute with the second part, concatenate the parts and the result.

    Args:
        axis: Axis of the concatenation; the split has 1.
        order: What is concatenated: 0 the first part, 1 the second, 2 the result.
        halves: Split by a number of parts, not by lengths.
    """
    frame = opset13.parameter([1, CHANNELS, 4, 4], np.float32)
    half = CHANNELS // 2
    split = opset13.split(frame, 1, 2) if halves else opset13.variadic_split(frame, 1, [half, half])
    result = opset13.add(opset13.relu(split.output(1)), np.float32(0.5))
    parts = (split.output(0), split.output(1), result.output(0))
    return ov.Model([opset13.concat([parts[index] for index in order], axis)], [frame], "block")


def types(graph: ov.Model) -> Counter[str]:
    return Counter(node.get_type_name() for node in graph.get_ops())


@pytest.mark.parametrize("halves", [True, False])
@pytest.mark.parametrize("axis", [1, -3])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 0, 1), (0, 1, 0, 1)])
def test_what_was_split_is_concatenated_as_it_was(order: tuple[int, ...], axis: int, halves: bool) -> None:
    graph = block(axis, order, halves=halves)
    before = run(graph)
    assert concatenate_whole(graph) == 1
    [concatenation] = [node for node in graph.get_ops() if node.get_type_name() == "Concat"]
    assert graph.inputs[0].get_node() in [value.get_node() for value in concatenation.input_values()]
    np.testing.assert_array_equal(run(graph), before)


def test_no_split_is_left_in_a_block() -> None:
    graph = block()
    concatenate_whole(graph)
    assert types(graph)["Split"] == 0
    assert types(graph)["Slice"] == 1


@pytest.mark.parametrize(("order", "axis"), [((1, 0, 2), 1), ((0, 2, 1), 1), ((0, 2), 1), ((0, 1, 2), 2), ((0, 1), -1)])
def test_other_orders_and_axes_stay_as_they_are(order: tuple[int, ...], axis: int) -> None:
    graph = block(axis, order)
    before = types(graph)
    assert concatenate_whole(graph) == 0
    assert types(graph) == before


def test_the_model_answers_the_same_with_fewer_copies() -> None:
    core = ov.Core()
    path = export_weights(require_pt(None), "openvino")
    answers = []
    for change in (False, True):
        graph = core.read_model(path)
        graph.reshape([1, 3, 160, 160])
        if change:
            assert concatenate_whole(graph) > 4
        answers.append(run(graph))
    before, after = answers
    np.testing.assert_array_equal(after, before)
