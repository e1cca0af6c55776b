"""Overlap of boxes and optimal assignment of detections to tracks."""

from __future__ import annotations

import lap
import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


def iou_matrix(first: Boxes, second: Boxes, margins: npt.NDArray[np.float64] | None = None) -> npt.NDArray[np.float64]:
    """Return the intersection over union of every pair of boxes.

    Args:
        first: n × 4, as (x1, y1, x2, y2).
        second: m × 4, as (x1, y1, x2, y2).
        margins: n distances by which each side of both boxes of a pair is moved outwards first (buffered IoU; Yang et
            al., C-BIoU, WACV 2023, arXiv 2211.14317). None for no margin.

    Returns:
        n × m, each in 0..1.
    """
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    first_size, second_size = (first[:, 2:] - first[:, :2])[:, None], (second[:, 2:] - second[:, :2])[None]
    shared_size = high - low
    if margins is not None:
        added = 2 * margins[:, None, None]
        first_size, second_size, shared_size = first_size + added, second_size + added, shared_size + added
    shared = np.clip(shared_size, 0, None).prod(axis=2)
    area = first_size.prod(axis=2) + second_size.prod(axis=2)
    return np.asarray(shared / np.maximum(area - shared, 1e-9))


def contained_share(boxes: Boxes, others: Boxes) -> npt.NDArray[np.float64]:
    """Return how much of each box and another one overlaps, as the largest share 0..1 of the smaller of the two.

    Args:
        boxes: n × 4, as (x1, y1, x2, y2).
        others: m × 4; n zeros are returned for none.
    """
    if not len(boxes) or not len(others):
        return np.zeros(len(boxes))
    low = np.maximum(boxes[:, None, :2], others[None, :, :2])
    high = np.minimum(boxes[:, None, 2:], others[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=2)
    areas, other_areas = ((some[:, 2:] - some[:, :2]).prod(axis=1) for some in (boxes, others))
    smaller = np.minimum(areas[:, None], other_areas[None])
    return np.asarray((shared / np.maximum(smaller, 1e-9)).max(axis=1))


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
