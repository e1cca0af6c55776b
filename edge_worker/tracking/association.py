"""Which detection is which track: overlap and optimal assignment."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

Boxes = npt.NDArray[np.float64]
Indices = npt.NDArray[np.intp]


def overlaps(first: Boxes, second: Boxes) -> npt.NDArray[np.float64]:
    """IoU (n × m) of boxes (n × 4 and m × 4, as x1, y1, x2, y2)."""
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    shared = np.clip(high - low, 0, None).prod(axis=2)
    area = (first[:, 2:] - first[:, :2]).prod(axis=1)[:, None] + (second[:, 2:] - second[:, :2]).prod(axis=1)[None]
    return np.asarray(shared / np.maximum(area - shared, 1e-9))


def assigned(cost: npt.NDArray[np.float64], limit: float) -> list[tuple[int, int]]:
    """Pairs (row, column) of least total cost, none of which costs more than ``limit``.

    A pair beyond the limit is worth as much as leaving both alone, so it never displaces a good one.
    """
    if cost.size == 0:
        return []
    rows, columns = linear_sum_assignment(np.minimum(cost, limit + 1e-6))
    return [(int(r), int(c)) for r, c in zip(rows, columns, strict=True) if cost[r, c] <= limit]


def without_duplicates(boxes: Boxes, scores: npt.NDArray[np.float64], limit: float) -> Indices:
    """Indices, best score first, of the boxes that overlap no better one by more than ``limit``."""
    order = np.argsort(-scores, kind="stable")
    if len(order) < 2:
        return order
    overlap = overlaps(boxes[order], boxes[order])
    kept: list[int] = []
    for i in range(len(order)):
        if not kept or overlap[i, kept].max() <= limit:
            kept.append(i)
    return order[kept]
