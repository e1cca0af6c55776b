"""Detection of a picture that stands still while frames keep coming. Pure."""

from __future__ import annotations

from collections import deque
from math import inf
from typing import TypeAlias

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.picture_health.parameters import FreezeParameters
from edge_worker.video.frame import Image

_Sample: TypeAlias = npt.NDArray[np.uint8]
_Blocks: TypeAlias = npt.NDArray[np.float32]

SAMPLE_WIDTH = 160
"""Width of a sample in pixels. Pixels are picked, not averaged: averaging would remove the noise."""
BLOCK = 10
"""Side of a block in pixels of a sample."""
QUIET_PERCENTILE = 25
"""The level of a sample is that of its quiet blocks: people move in the others."""
NOISE_PERCENTILE = 20
"""The usual noise is that of the quiet windows."""


class FreezeDetector:
    """Finds a frozen picture by the noise that every live picture has.

    The sensor of a camera makes noise, so that no two pictures are equal. An encoder that repeats a picture produces
    equal ones, or ones that repeat with its keyframes, or pictures that differ by much less than those before. A clock
    that the camera writes into the picture may go on.

    Where a crowd fills the picture again and again, its noise is never known. Such a camera has shown noise, so only
    equal pictures are taken for frozen ones.

    A camera without noise (a drawn scene; strong noise reduction) is recognised by pictures in which people move and
    the rest is equal. Its empty picture cannot be told from a frozen one, and is never called frozen.

    Args:
        parameters: The thresholds.
    """

    def __init__(self, parameters: FreezeParameters | None = None) -> None:
        self.parameters = parameters or FreezeParameters()
        self.is_frozen = False
        """Whether the picture is frozen."""
        self._earlier: deque[_Sample] = deque(maxlen=self.parameters.window)
        self._earlier_means: deque[_Blocks] = deque(maxlen=self.parameters.window)
        self._noise: deque[float] = deque(maxlen=self.parameters.noise_windows)
        self._noise_free_windows = 0
        self._levels: deque[float] = deque(maxlen=self.parameters.noise_windows)
        self._changes: deque[float] = deque()
        self._is_changing = False
        self._start: _Blocks = np.empty((0, 0), np.float32)
        self._departed = np.empty((0, 0), bool)
        self._still_since = 0.0
        self._now = 0.0
        self._strikes: deque[float] = deque()
        self._window_started: float | None = None
        self._window_level = 0.0
        self._window_has_motion = False

    @property
    def still_s(self) -> float:
        """Return the seconds since the picture last changed."""
        return self._now - self._still_since

    @property
    def is_suspected(self) -> bool:
        """Return whether the picture may turn out to be frozen within `FreezeParameters.frozen_s`."""
        return (
            self._limit_s() == self.parameters.frozen_s
            and not self.is_frozen
            and self.still_s >= self.parameters.held_after_s
        )

    def add(self, image: Image, t: float) -> None:
        """Process a picture; about one a second is enough.

        Args:
            image: The frame, height × width × 3, BGR.
            t: Its time in seconds; later than the previous one.
        """
        self._now = t
        sample = _sample(image)
        if not self._earlier or self._earlier[-1].shape != sample.shape:
            self._reset(sample, t)
            return
        level = min(_quiet_level(earlier, sample) for earlier in self._earlier)
        means = _block_means(sample)
        self._earlier.append(sample)
        self._earlier_means.append(means)
        has_motion = self._depart(means) > self.parameters.departed_share
        self._learn_noise(level, has_motion, t)
        self._forget_noise(t)
        if level > self._still_level():
            self._strikes.append(t)
        while self._strikes and t - self._strikes[0] > self.parameters.strikes_s:
            self._strikes.popleft()
        if has_motion or len(self._strikes) >= self.parameters.strikes:
            self._restart(means, t)
        self.is_frozen = self.still_s >= self._limit_s()

    @property
    def _is_noise_known(self) -> bool:
        return len(self._noise) >= self.parameters.min_noise_windows

    @property
    def _is_crowded(self) -> bool:
        """Return whether the picture has noise and changed too often for its noise to be known."""
        noisy = sum(level > self.parameters.no_noise for level in self._levels)
        return len(self._changes) >= self.parameters.crowd_changes and noisy >= self.parameters.min_noise_windows

    def _limit_s(self) -> float:
        if self._is_noise_known or self._is_crowded:
            return self.parameters.frozen_s
        return inf if self._noise_free_windows else self.parameters.unknown_frozen_s

    def _still_level(self) -> float:
        if not self._is_noise_known:
            return self.parameters.no_noise
        usual = float(np.percentile(self._noise, NOISE_PERCENTILE))
        return min(max(self.parameters.noise_share * usual, self.parameters.no_noise), self.parameters.max_still_level)

    def _learn_noise(self, level: float, has_motion: bool, t: float) -> None:
        """Learn from each window that is not still as a whole."""
        if self._window_started is None:
            self._window_started = t
        self._window_level = max(self._window_level, level)
        self._window_has_motion = self._window_has_motion or has_motion
        if t - self._window_started < self.parameters.noise_window_s:
            return
        self._levels.append(self._window_level)
        if self._window_level > self._still_level():
            self._noise.append(self._window_level)
        elif self._window_has_motion and not self._is_noise_known:
            self._noise_free_windows += 1
        self._window_started, self._window_level, self._window_has_motion = t, 0.0, False

    def _forget_noise(self, t: float) -> None:
        """Forget the noise when the picture has changed, and remember the changes before the present stillness."""
        was_changing, self._is_changing = self._is_changing, self._has_changed()
        if self._is_changing:
            self._noise.clear()
            self._noise_free_windows = 0
        if self._is_changing and not was_changing:
            self._changes.append(t)
        while self._changes and self._still_since - self._changes[0] > self.parameters.crowd_s:
            self._changes.popleft()

    def _has_changed(self) -> bool:
        """Return whether most of the picture has shown something else for some seconds, passing people apart."""
        count = self.parameters.window // 3
        if len(self._earlier) < self.parameters.window:
            return False
        means = list(self._earlier_means)
        before, after = np.median(means[:count], axis=0), np.median(means[-count:], axis=0)
        changed = np.abs(after - before) > self.parameters.changed_level
        return float(changed.mean()) > self.parameters.changed_share

    def _depart(self, means: _Blocks) -> float:
        """Return the share of blocks that have shown something else since the start of the stillness."""
        self._departed |= np.abs(means - self._start) > self.parameters.departed_level
        return float(self._departed.mean())

    def _restart(self, means: _Blocks, t: float) -> None:
        self._start, self._still_since = means, t
        self._departed = np.zeros(self._start.shape, bool)
        self._strikes.clear()

    def _reset(self, sample: _Sample, t: float) -> None:
        means = _block_means(sample)
        self._earlier.clear()
        self._earlier.append(sample)
        self._earlier_means.clear()
        self._earlier_means.append(means)
        self._noise.clear()
        self._noise_free_windows = 0
        self._levels.clear()
        self._changes.clear()
        self._is_changing = False
        self._window_started, self._window_level, self._window_has_motion = None, 0.0, False
        self.is_frozen = False
        self._restart(means, t)


def _sample(image: Image) -> _Sample:
    step = max(image.shape[1] // SAMPLE_WIDTH, 1)
    return np.ascontiguousarray(image[step // 2 :: step, step // 2 :: step, 1])


def _block_means(sample: npt.NDArray[np.uint8] | _Blocks) -> _Blocks:
    """Return the mean of each block of a sample."""
    height, width = sample.shape
    size = (max(width // BLOCK, 1), max(height // BLOCK, 1))
    return np.asarray(cv2.resize(sample.astype(np.float32), size, interpolation=cv2.INTER_AREA), np.float32)


def _quiet_level(earlier: _Sample, sample: _Sample) -> float:
    """Return the mean absolute difference of the pixels in the quiet blocks."""
    difference = np.asarray(cv2.absdiff(earlier, sample), np.uint8)
    levels = _block_means(difference).ravel()
    rank = len(levels) * QUIET_PERCENTILE // 100
    return float(np.partition(levels, rank)[rank])
