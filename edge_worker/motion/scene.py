"""Does anything move? From a small grey picture of each frame."""

from __future__ import annotations

from collections import deque

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.motion.policy import MotionPolicy
from edge_worker.video.frame import Image

Grey = npt.NDArray[np.float32]
"""height × width, grey levels 0..255."""

LONGEST_STEP_S = 1.0
"""After a longer pause (the camera was away) a frame teaches no more than after this one."""


class Scene:
    """Compares each frame with the one before and with the empty scene, which it learns from frames without people.

    The comparison with the frame before sees who walks, the one with the empty scene who creeps or has stopped.
    """

    def __init__(self, policy: MotionPolicy) -> None:
        self._policy = policy
        self._before: Grey | None = None
        self._empty: Grey | None = None
        self._noise: Grey | None = None
        self._untold: deque[tuple[Grey, float]] = deque()
        self._learnt_at: float | None = None

    def moves(self, image: Image, t: float) -> bool:
        """Whether something moves in a frame (height × width × 3, BGR) of the moment ``t``; always in the first one."""
        picture = self._small(image)
        before, self._before = self._before, picture
        self._untold.append((picture, t))
        if before is None or self._empty is None or self._noise is None or before.shape != picture.shape:
            self._begin(picture)
            return True
        limit = np.maximum(self._policy.noise_factor * self._noise, self._policy.smallest_step)
        changed = (cv2.absdiff(picture, before) > limit) | (cv2.absdiff(picture, self._empty) > limit)
        block = np.ones((self._policy.block_cells, self._policy.block_cells), np.uint8)
        return bool(cv2.countNonZero(cv2.erode(changed.astype(np.uint8), block)))

    def learn(self, *, somebody: bool) -> None:
        """Of the oldest frame that nothing was told of yet: whether anybody was there.

        What differs while nobody is there belongs to the scene, and how much it differs is its noise.
        """
        picture, t = self._untold.popleft()
        if somebody or self._empty is None or self._noise is None or picture.shape != self._empty.shape:
            self._learnt_at = t
            return
        seconds = min(t - self._learnt_at, LONGEST_STEP_S) if self._learnt_at is not None else 0.0
        self._learnt_at = t
        self._noise += _part(seconds, self._policy.noise_s) * (cv2.absdiff(picture, self._empty) - self._noise)
        self._empty += _part(seconds, self._policy.background_s) * (picture - self._empty)

    def _begin(self, picture: Grey) -> None:
        self._empty = picture.copy()
        self._noise = np.zeros_like(picture)

    def _small(self, image: Image) -> Grey:
        height, width = image.shape[:2]
        across = min(self._policy.cells_across, width)
        size = (across, max(round(height * across / width), 1))
        small = cv2.cvtColor(cv2.resize(image, size, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
        return cv2.blur(small.astype(np.float32), (3, 3)).astype(np.float32, copy=False)


def _part(seconds: float, time_constant_s: float) -> float:
    """How far an exponential average goes in so many seconds, 0..1."""
    return 1.0 - float(np.exp(-seconds / time_constant_s))
