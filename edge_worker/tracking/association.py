"""Overlap of boxes and optimal assignment of detections to tracks."""

from __future__ import annotations

import lap
import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


def iou_matrix(first: Boxes, second: Boxes) -> npt.NDArray[np.float64]:
    """Return the intersection over union of every pair of boxes.

    Args:
        first: n × 4, as (x1, y1, x2, y2).
        second: m × 4, as (x1, y1, x2, y2).

    Returns:
        n × m, each in 0..1.
    """
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=2)
    area = (first[:, 2:] - first[:, :2]).prod(axis=1)[:, None] + (second[:, 2:] - second[:, :2]).prod(axis=1)[None]
    return np.asarray(shared / np.maximum(area - shared, 1e-9))


def assign(cost: npt.NDArray[np.float64], limit: float) -> list[tuple[int, int]]:
    """Return the (row, column) pairs of least total cost, by the Jonker-Volgenant algorithm.

    Leaving a row and a column unassigned costs as much as a pair at the limit, so a pair beyond the limit never
    displaces a better one.

    Args:
        cost: n × m, finite.
        limit: Largest cost of a pair.
    """
    if cost.size == 0:
        return []
    # The small margin keeps a pair whose cost is exactly the limit better than no pair.
    columns, _ = lap.lapjv(cost, extend_cost=True, cost_limit=limit + 1e-6, return_cost=False)
    return [(row, int(column)) for row, column in enumerate(columns) if column >= 0 and cost[row, column] <= limit]


def suppress_duplicates(boxes: Boxes, scores: npt.NDArray[np.float64], limit: float) -> Indices:
    """Return the indices, best score first, of the boxes that overlap no better one by more than ``limit`` (IoU)."""
    order = np.argsort(-scores, kind="stable")
    if len(order) < 2:
        return order
    overlap = iou_matrix(boxes[order], boxes[order])
    kept: list[int] = []
    for i in range(len(order)):
        if not kept or overlap[i, kept].max() <= limit:
            kept.append(i)
    return order[kept]
