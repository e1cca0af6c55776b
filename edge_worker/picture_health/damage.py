"""Detection of pictures that are damaged by lost packets. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.picture_health.parameters import DamageParameters
from edge_worker.video.frame import Image

_Sample = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Damage:
    """How many of the newest keyframes have repaired a damaged picture.

    Attributes:
        repairs: The keyframes that have repaired the picture.
        keyframes: All keyframes that were compared.
    """

    repairs: int
    keyframes: int


@dataclass(frozen=True, slots=True)
class _Keyframe:
    t: float
    change: float
    repairs: bool


class DamageDetector:
    """Finds damaged pictures by the keyframes that repair them.

    Between two keyframes an encoder sends differences only. A lost packet damages every picture until the next
    keyframe, which shows the whole scene: the picture then changes by more than people move. At a low bit rate every
    keyframe changes the picture, but all of them by about as much. The decoder reports no damage, and a picture alone
    does not show it well: people who walk change it, too.

    Where keyframes repair the picture again and again, a picture between two keyframes that suddenly changes by more
    than those before is damaged, and so are the pictures after it until the next keyframe.

    Args:
        parameters: The thresholds.
    """

    def __init__(self, parameters: DamageParameters | None = None) -> None:
        self.parameters = parameters or DamageParameters()
        self.damage = Damage(0, 0)
        self.reported: Damage | None = None
        self._previous: _Sample | None = None
        self._changes: deque[float] = deque(maxlen=self.parameters.compared_changes)
        self._keyframes: deque[_Keyframe] = deque()
        self._damaged_at: float | None = None

    def add(self, image: Image, t: float, *, has_keyframe: bool) -> bool:
        """Process a picture and return whether it is damaged so much that nobody should be looked for in it.

        Args:
            image: The frame, height × width × 3, BGR.
            t: Its time in seconds; later than the previous one.
            has_keyframe: Whether the stream had a keyframe since the previous picture, this one included.
        """
        sample = _sample(image, self.parameters.sample_width)
        previous, self._previous = self._previous, sample
        if previous is None or previous.shape != sample.shape:
            self._changes.clear()
            self._damaged_at = None
            return False
        change = self._change(previous, sample)
        if not has_keyframe:
            is_damaged = self._is_damaged(change, t)
            self._changes.append(change)
            return is_damaged
        self._damaged_at = None
        if len(self._changes) >= self.parameters.min_changes:
            self._keyframes.append(_Keyframe(t, change, self._repairs(change)))
        # A stream of keyframes alone has no differences to damage.
        self._changes.clear()
        self._decide(t)
        return False

    def _is_damaged(self, change: float, t: float) -> bool:
        """Return whether a picture that no keyframe has repaired, with this change, is damaged."""
        parameters = self.parameters
        if self.reported and len(self._changes) >= parameters.min_changes:
            is_sudden = change > max(parameters.min_repair, parameters.repair_factor * max(self._changes))
            if is_sudden and self._damaged_at is None:
                self._damaged_at = t
        return self._damaged_at is not None and t - self._damaged_at < parameters.withheld_s

    def _change(self, previous: _Sample, sample: _Sample) -> float:
        """Return the share of blocks that have changed."""
        difference = np.asarray(cv2.absdiff(previous, sample), np.float32)
        height, width = sample.shape
        size = (max(width // self.parameters.block, 1), max(height // self.parameters.block, 1))
        blocks = cv2.resize(difference, size, interpolation=cv2.INTER_AREA)
        return float((blocks > self.parameters.changed_level).mean())

    def _repairs(self, change: float) -> bool:
        """Return whether a keyframe with this change has repaired a damaged picture."""
        parameters = self.parameters
        usual = [keyframe.change for keyframe in self._keyframes]
        if len(usual) < parameters.min_keyframes:
            return False
        return change > max(
            parameters.min_repair,
            parameters.repair_factor * max(self._changes),
            parameters.usual_factor * float(np.percentile(usual, parameters.usual_percentile)),
        )

    def _decide(self, t: float) -> None:
        while self._keyframes and t - self._keyframes[0].t > self.parameters.memory_s:
            self._keyframes.popleft()
        repairs, keyframes = sum(keyframe.repairs for keyframe in self._keyframes), len(self._keyframes)
        self.damage = Damage(repairs, keyframes)
        if self.reported:
            is_reported = repairs > self.parameters.repaired_share * keyframes
        else:
            is_reported = repairs >= max(self.parameters.min_damaged, self.parameters.damaged_share * keyframes)
        self.reported = self.damage if is_reported else None


def _sample(image: Image, width: int) -> _Sample:
    step = max(image.shape[1] // width, 1)
    return np.ascontiguousarray(image[step // 2 :: step, step // 2 :: step, 1])
