"""Motion detection by comparison with the previous frame and with a learnt background."""

from __future__ import annotations

from collections import deque

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.motion.parameters import MotionParameters
from edge_worker.video.frame import Image
from edge_worker.video.reduced_picture import mean_grey

GreyGrid = npt.NDArray[np.float32]
"""A frame reduced to height × width cells, grey levels 0..255."""

LONGEST_INTERVAL_S = 1.0
"""After a longer gap (the camera was away) the background is updated as if this much time had passed."""


class BackgroundModel:
    """Detects motion and learns the background from frames without people.

    The comparison with the previous frame finds people who walk; the comparison with the background finds people who
    move very slowly or have stopped.

    Args:
        parameters: The thresholds.

    Attributes:
        has_faint_change: Whether the newest frame differs by `MotionParameters.faint_change`, or has motion.
    """

    def __init__(self, parameters: MotionParameters) -> None:
        self._parameters = parameters
        self._previous: GreyGrid | None = None
        self._background: GreyGrid | None = None
        self._noise: GreyGrid | None = None
        self._pending: deque[tuple[GreyGrid, float]] = deque()
        self._learnt_at: float | None = None
        self.has_faint_change = True

    def has_motion(self, image: Image, t: float) -> bool:
        """Return whether something moves in a frame; always True for the first one.

        Args:
            image: The frame, height × width × 3, BGR.
            t: Time of the frame in seconds.
        """
        grid = self._to_grid(image)
        previous, self._previous = self._previous, grid
        self._pending.append((grid, t))
        if previous is None or self._background is None or self._noise is None or previous.shape != grid.shape:
            self._reset(grid)
            self.has_faint_change = True
            return True
        change = np.maximum(cv2.absdiff(grid, previous), cv2.absdiff(grid, self._background))
        noise = self._parameters.noise_factor * self._noise
        self.has_faint_change = self._has_block(change > np.maximum(noise, self._parameters.faint_change))
        return self.has_faint_change and self._has_block(change > np.maximum(noise, self._parameters.min_change))

    def learn(self, *, people_present: bool) -> None:
        """Update the background with the oldest frame that has not been learnt yet.

        A difference while nobody is present belongs to the background, and its size is the noise of the cell.

        Args:
            people_present: Anybody was present in that frame; then nothing is learnt from it.
        """
        grid, t = self._pending.popleft()
        if people_present or self._background is None or self._noise is None or grid.shape != self._background.shape:
            self._learnt_at = t
            return
        seconds = min(t - self._learnt_at, LONGEST_INTERVAL_S) if self._learnt_at is not None else 0.0
        self._learnt_at = t
        difference = cv2.absdiff(grid, self._background)
        self._noise += _smoothing_weight(seconds, self._parameters.noise_s) * (difference - self._noise)
        self._background += _smoothing_weight(seconds, self._parameters.background_s) * (grid - self._background)

    def _has_block(self, changed: npt.NDArray[np.bool_]) -> bool:
        """Return whether all cells of a block have changed."""
        block = np.ones((self._parameters.block_cells, self._parameters.block_cells), np.uint8)
        return bool(cv2.countNonZero(cv2.erode(changed.view(np.uint8), block)))

    def _reset(self, grid: GreyGrid) -> None:
        self._background = grid.copy()
        self._noise = np.zeros_like(grid)

    def _to_grid(self, image: Image) -> GreyGrid:
        grid = mean_grey(image, self._parameters.grid_width).astype(np.float32)
        return np.asarray(cv2.blur(grid, (3, 3)), np.float32)


def _smoothing_weight(seconds: float, time_constant_s: float) -> float:
    """Return the weight 0..1 of a new value in an exponential average after the given time."""
    return 1.0 - float(np.exp(-seconds / time_constant_s))
