"""Conversion of the raw output of a model to detections of people."""

from __future__ import annotations

import numpy as np

from edge_worker.detection.detector import Detections, Floats
from edge_worker.detection.preprocessing import Letterbox
from edge_worker.errors import ModelError

"""The class ``person`` of COCO."""
LOWEST_SCORE = 0.05
"""Detections below this score are of no use to the tracker."""
NMS_IOU = 0.7
"""For models whose head answers several times for one person (the default of Ultralytics)."""
SMALLEST_SIDE = 1.0
"""In pixels of the frame. Smaller boxes are artefacts at its edge."""


def detections_from_output(
    output: Floats, letterbox: Letterbox, lowest_score: float = LOWEST_SCORE, class_index: int = 0
) -> Detections:
    """Return the people in a raw output.

    Args:
        output: 1 × n × 6 (x1, y1, x2, y2, score, class) of an NMS-free head (YOLO26), or 1 × (4 + classes) × n
            (cx, cy, w, h, one score per class) of a head that needs non-maximum suppression (YOLO11). In input pixels,
            or in 0..1 of the input (LiteRT exports).
        letterbox: The placement of the frame in the input.
        lowest_score: Detections below this score are dropped.
        class_index: Number of the class that is counted.

    Raises:
        ModelError: The output has another shape.
    """
    if output.ndim == 3 and output.shape[2] == 6:
        boxes, scores = _from_nms_free(output[0], lowest_score, class_index)
    elif output.ndim == 3 and output.shape[1] > 4:
        boxes, scores = _from_dense(output[0], lowest_score, class_index)
    else:
        raise ModelError(
            f"the output of the model has the shape {output.shape}, which is no YOLO detector: use yolo26n or yolo11n"
        )
    if len(boxes) and boxes.max() <= 2.0:
        height, width = letterbox.target
        boxes = boxes * np.array([width, height] * 2, np.float32)
    boxes = letterbox.to_frame(boxes)
    is_valid = ((boxes[:, 2:] - boxes[:, :2]) >= SMALLEST_SIDE).all(axis=1) & np.isfinite(scores)
    return Detections(boxes[is_valid], scores[is_valid])


def _from_nms_free(rows: Floats, lowest_score: float, class_index: int) -> tuple[Floats, Floats]:
    rows = rows[(rows[:, 4] >= lowest_score) & (rows[:, 5] == class_index)]
    return rows[:, :4].copy(), rows[:, 4].copy()


def _from_dense(columns: Floats, lowest_score: float, class_index: int) -> tuple[Floats, Floats]:
    import cv2

    scores = columns[4 + class_index]
    # A box is a person if no other class has a higher score.
    is_person = (scores >= lowest_score) & (scores >= columns[4:].max(axis=0))
    centre, size, scores = columns[:2, is_person].T, columns[2:4, is_person].T, scores[is_person]
    corners = np.concatenate([centre - size / 2, centre + size / 2], axis=1).astype(np.float32)
    with_size = np.concatenate([corners[:, :2], size], axis=1)
    kept = np.asarray(cv2.dnn.NMSBoxes(with_size.tolist(), scores.tolist(), lowest_score, NMS_IOU), int).reshape(-1)
    return corners[kept], np.asarray(scores[kept], np.float32)
