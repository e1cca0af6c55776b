"""Motion across the counting line, by optical flow: of everything that moves, detected or not. Pure."""

from __future__ import annotations

from collections import deque
from math import exp, hypot, inf

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.counting.line import Line
from edge_worker.picture_health.parameters import LineMotionParameters
from edge_worker.video.frame import Image
from edge_worker.video.reduced_picture import Grey, grey_levels, pick_pixels, reduced

WIDTH = 128
"""Width in cells of the grey pictures that are compared."""
PICKED_WIDTH = 320
"""Every n-th pixel is picked so that about this width is left, before the pictures are reduced: a tenth of the time."""
HALF_BAND = 3.0
"""Motion is measured up to this many cells from the line."""
LEAST_SIDE = 32
"""The flow of a picture with a shorter side cannot be computed: OpenCV reads outside of it, and the process ends."""
MAX_GAP_S = 2.0
"""After a longer gap between two pictures nothing is measured."""


class LineMotion:
    """Measures the area that moves across a line, as a share of the picture.

    A person who crosses the line moves about the area of the body across it, in one direction. Motion along the line,
    leaves and screens move as much to one side as to the other. Only what differs from a slowly learnt background
    counts.

    Args:
        line: The counting line.
        parameters: The thresholds.
    """

    def __init__(self, line: Line, parameters: LineMotionParameters | None = None) -> None:
        self.parameters = parameters or LineMotionParameters()
        self._line = line
        self._flow: cv2.DISOpticalFlow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._previous: Grey | None = None
        self._t = 0.0
        self._newest: deque[tuple[float, float, float]] = deque()
        self._passed_at = -inf

    def add(self, image: Image, t: float) -> bool:
        """Process a picture and return whether something has passed the line with it.

        Args:
            image: The frame, height × width × 3, BGR.
            t: Its time in seconds; later than the previous one.
        """
        grey = _grey(image)
        previous, self._previous = self._previous, grey
        seconds, self._t = t - self._t, t
        if previous is None or previous.shape != grey.shape or not 0 < seconds <= MAX_GAP_S:
            self._start(grey)
            return False
        moving, is_global = self._moving(grey, seconds)
        if is_global:
            self._newest.clear()
            return False
        self._newest.append((t, *self._area(previous, grey, moving)))
        while t - self._newest[0][0] > self.parameters.passage_s:
            self._newest.popleft()
        net = abs(sum(area for _, area, _ in self._newest))
        gross = sum(total for _, _, total in self._newest)
        if net < self.parameters.min_passage or net < self.parameters.coherence * gross:
            return False
        self._newest.clear()
        # A large body passes for some seconds.
        is_new = t - self._passed_at > self.parameters.passage_s
        self._passed_at = t
        return is_new

    def _start(self, grey: Grey) -> None:
        height, width = grey.shape
        ax, ay, bx, by = self._line.in_pixels(width, height)
        length = hypot(bx - ax, by - ay)
        rows, columns = (axis + 0.5 for axis in np.mgrid[0:height, 0:width])
        offset = ((bx - ax) * (rows - ay) - (by - ay) * (columns - ax)) / length
        along = ((bx - ax) * (columns - ax) + (by - ay) * (rows - ay)) / length
        self._band = (np.abs(offset) <= HALF_BAND) & (along >= 0) & (along <= length)
        self._normal = (-(by - ay) / length, (bx - ax) / length)
        self._background = grey.astype(np.float32)
        self._noise = np.ones(grey.shape, np.float32)
        self._newest.clear()

    def _moving(self, grey: Grey, seconds: float) -> tuple[npt.NDArray[np.bool_], bool]:
        """Return the cells near the line that differ from the background, and whether the whole picture does."""
        difference = np.abs(grey - self._background)
        limit = np.maximum(self.parameters.noise_factor * self._noise, self.parameters.min_change)
        changed = difference > limit
        weight = 1.0 - exp(-seconds / self.parameters.noise_s)
        self._noise += np.float32(weight) * (np.minimum(difference, 4 * self._noise + 2) - self._noise)
        step = np.float32(self.parameters.background_per_s * seconds)
        self._background += np.clip(grey - self._background, -step, step)
        is_global = float(changed.mean()) > self.parameters.max_change
        if is_global:
            self._background = grey.astype(np.float32)
        return changed & self._band, is_global

    def _area(self, previous: Grey, grey: Grey, moving: npt.NDArray[np.bool_]) -> tuple[float, float]:
        """Return the area that moved across the line since the previous picture: signed, and in both directions."""
        if not moving.any():
            return 0.0, 0.0
        before, after = _enlarged(previous), _enlarged(grey)
        whole = self._flow.calc(before, after, np.zeros((*after.shape, 2), np.float32))
        flow = whole[: grey.shape[0], : grey.shape[1]][moving]
        speed = (flow[:, 0] * self._normal[0] + flow[:, 1] * self._normal[1]) / (2 * HALF_BAND * grey.size)
        return float(speed.sum()), float(np.abs(speed).sum())


def _grey(image: Image) -> Grey:
    return reduced(pick_pixels(grey_levels(image), image.shape[1] // PICKED_WIDTH), WIDTH)


def _enlarged(picture: Grey) -> Grey:
    """Return a picture of which each side has at least `LEAST_SIDE` cells: the last row and column are repeated."""
    below, right = (max(LEAST_SIDE - side, 0) for side in picture.shape)
    return np.pad(picture, ((0, below), (0, right)), mode="edge") if below or right else picture
