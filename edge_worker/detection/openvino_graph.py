"""What the worker changes in a graph of OpenVINO before it is compiled. The answers stay the same."""

from __future__ import annotations

import openvino as ov
from openvino import opset13

SPLITS = ("Split", "VariadicSplit")


def prepare(graph: ov.Model) -> ov.Model:
    """Return the graph as the worker runs it: with 8-bit BGR frames, height × width × 3, as its input.

    Args:
        graph: A detector whose input, 1 × 3 × height × width, has a size. It is changed.
    """
    concatenate_whole(graph)
    builder = ov.preprocess.PrePostProcessor(graph)
    frame = builder.input(0)
    frame.tensor().set_element_type(ov.Type.u8).set_layout(ov.Layout("NHWC")).set_color_format(
        ov.preprocess.ColorFormat.BGR
    )
    frame.preprocess().convert_element_type(ov.Type.f32).convert_color(ov.preprocess.ColorFormat.RGB).scale(255.0)
    frame.model().set_layout(ov.Layout("NCHW"))
    return builder.build()


def concatenate_whole(graph: ov.Model) -> int:
    """Let a concatenation take a tensor as a whole that is split before, and return how often that was possible.

    A block of YOLO splits a tensor into halves, computes with the second one, and concatenates both halves with the
    results. OpenVINO copies every part twice, which takes 4 to 7 % of the time of yolo26n.

    Args:
        graph: The graph, which is changed. The sizes of its channels must be known.
    """
    splits = [node for node in graph.get_ordered_ops() if node.get_type_name() in SPLITS]
    changed = sum(_concatenate_whole(split) for split in splits)
    graph.validate_nodes_and_infer_types()
    return changed


def _concatenate_whole(split: ov.Node) -> bool:
    parts = split.outputs()
    axis_node = split.input_value(1).get_node()
    concatenation = _concatenation_of(parts)
    if concatenation is None or axis_node.get_type_name() != "Constant":
        return False
    axis = int(axis_node.get_data().item())
    node, first = concatenation
    rank = len(parts[0].get_partial_shape())
    if node.get_attributes()["axis"] % rank != axis % rank:
        return False
    inputs = node.input_values()
    inputs[first : first + len(parts)] = [split.input_value(0)]
    whole = opset13.concat(inputs, axis % rank)
    whole.set_friendly_name(node.get_friendly_name())
    node.output(0).replace(whole.output(0))
    start = 0
    for part in parts:
        stop = start + part.get_partial_shape()[axis].get_length()
        # The old concatenation is not part of the graph any more, but still one of the users.
        users = [user for user in part.get_target_inputs() if user.get_node() != node]
        if users:
            piece = opset13.slice(split.input_value(0), [start], [stop], [1], [axis])
            for user in users:
                user.replace_source_output(piece.output(0))
        start = stop
    return True


def _concatenation_of(parts: list[ov.Output]) -> tuple[ov.Node, int] | None:
    """Return the concatenation that takes all parts one after the other, and the index of the first one in it."""
    for user in parts[0].get_target_inputs():
        node, first = user.get_node(), user.get_index()
        if node.get_type_name() == "Concat" and node.input_values()[first : first + len(parts)] == parts:
            return node, first
    return None
