"""The motion backend: what differs from the empty scene, for views from straight above.

A detector that was trained on COCO hardly knows people who are seen from straight above. There everybody who crosses
the line moves, nobody hides anybody else, and nothing else of that size moves. So a moving body is taken for a person.
"""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.detection.detector import Backend, Detections, LocalDetector
from edge_worker.video.frame import Image

MODEL_FILE = Path(__file__)
"""This backend has no weights; the program is its model."""

GRID_WIDTH = 96
"""Width of the reduced picture in cells: a person has 10 × 10 cells or more, and a cell has little noise."""
MIN_CHANGE = 15.0
"""A cell has changed if one of its colours (0..255) differs by this much from the empty scene."""
NOISE_FACTOR = 4.0
"""A change must also exceed this many times the usual difference of the cell (a lamp, a screen)."""
MAX_CHANGED = 0.7
"""If a larger share of the picture has changed, the light or the view has: the scene is learnt anew."""
BACKGROUND_STEP = 0.2
"""Levels by which the empty scene follows a frame. At 10 frames/s, somebody who stands still fades in 10 s or more, and
a bag that was put down does, too."""
NOISE_WEIGHT = 0.0025
"""Weight of a frame in the usual difference of a cell, which is learnt over some hundred frames."""
GAP_CELLS = 3
"""Gaps of a body up to about this size are closed (a belt of the colour of the floor)."""
MIN_AREA, MAX_AREA = 0.01, 0.6
"""Smallest and largest share of the picture that is a person. A person seen from above by a camera over a door fills
3 to 15 % of the picture."""
SCORE = 0.9
"""The score of every moving body."""

_Grid: TypeAlias = npt.NDArray[np.float32]


class MotionDetector(LocalDetector):
    """Finds moving bodies by comparing each frame with a slowly learnt empty scene.

    It needs all frames in order, so it has one worker. The first frame is taken for the empty scene.

    Attributes:
        input_size: (height, width) of the reduced picture, in cells.
    """

    backend = Backend.MOTION
    device = "cpu"
    model = "motion"
    precision = "f32"
    workers = 1

    def __init__(self, frame: tuple[int, int]) -> None:
        height, width = frame
        columns = min(GRID_WIDTH, width)
        self.input_size = (max(round(height * columns / width), 1), columns)
        self._lock = threading.Lock()
        self._scene: _Grid | None = None
        self._noise: npt.NDArray[np.float32] = np.ones(self.input_size, np.float32)

    def detect(self, image: Image) -> Detections:
        """Return the moving bodies in a frame, whose scores are all the same."""
        grid = self._reduce(image)
        with self._lock:
            changed = self._changed_cells(grid)
        return _bodies(changed, (image.shape[0], image.shape[1]))

    def _reduce(self, image: Image) -> _Grid:
        step = max(image.shape[1] // (2 * GRID_WIDTH), 1)
        picked = np.ascontiguousarray(image[::step, ::step])
        height, width = self.input_size
        small = cv2.resize(picked, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32)
        return np.asarray(cv2.blur(small, (3, 3)), np.float32)

    def _changed_cells(self, grid: _Grid) -> npt.NDArray[np.uint8]:
        """Return the cells that differ from the empty scene, 0 or 1, and learn from the frame."""
        if self._scene is None:
            self._scene = grid.copy()
        difference = grid - self._scene
        # The exposure changes all cells alike.
        difference -= np.median(difference, axis=(0, 1))
        size = np.abs(difference).max(axis=2)
        changed = size > np.maximum(NOISE_FACTOR * self._noise, MIN_CHANGE)
        if changed.mean() > MAX_CHANGED:
            self._scene = grid.copy()
            return np.zeros(changed.shape, np.uint8)
        self._noise += np.float32(NOISE_WEIGHT) * (np.minimum(size, 4 * self._noise + 2) - self._noise)
        self._scene += np.clip(grid - self._scene, -BACKGROUND_STEP, BACKGROUND_STEP)
        return np.asarray(changed, np.uint8)


def _bodies(changed: npt.NDArray[np.uint8], frame: tuple[int, int]) -> Detections:
    """Return a box in pixels of the frame for each connected area of the size of a person."""
    closed = cv2.morphologyEx(changed, cv2.MORPH_CLOSE, np.ones((GAP_CELLS, GAP_CELLS), np.uint8))
    _, _, areas, _ = cv2.connectedComponentsWithStats(closed, connectivity=8)
    x, y, width, height, cells = areas[1:].T  # the first area is the rest of the picture
    boxes = np.column_stack([x, y, x + width, y + height]).astype(np.float32)
    is_person = (cells >= MIN_AREA * changed.size) & (cells <= MAX_AREA * changed.size)
    rows, columns = changed.shape
    scale = np.array([frame[1] / columns, frame[0] / rows] * 2, np.float32)
    found = boxes[is_person] * scale
    return Detections(found, np.full(len(found), SCORE, np.float32))
