from __future__ import annotations

import numpy as np
import pytest

from edge_worker.tracking.association import contained_share, iou_matrix


def test_the_margins_of_a_row_enlarge_both_boxes() -> None:
    first = np.array([[0.0, 0, 40, 100], [0, 0, 40, 100]])
    second = np.array([[40.0, 0, 80, 100], [60, 0, 100, 100]])
    assert iou_matrix(first, second).tolist() == [[0, 0], [0, 0]]
    found = iou_matrix(first, second, np.array([0.0, 10.0]))
    assert found[0].tolist() == [0, 0]
    # Enlarged by 10 on each side they are 60 × 120, and share 20 × 120 of the first column, nothing of the second.
    assert found[1] == pytest.approx([20 / 100, 0])


def test_the_contained_share_is_of_the_smaller_box() -> None:
    person = np.array([[0.0, 0, 40, 100]])
    inside, half, apart = [10.0, 40, 30, 100], [20.0, 0, 60, 100], [60.0, 0, 100, 100]
    assert contained_share(np.array([inside, half, apart]), person).tolist() == [1.0, 0.5, 0.0]
    assert contained_share(person, np.array([apart, inside])).tolist() == [1.0]
    assert contained_share(person, np.empty((0, 4))).tolist() == [0.0]
    assert contained_share(np.empty((0, 4)), person).tolist() == []
