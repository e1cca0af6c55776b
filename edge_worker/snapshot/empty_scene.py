"""The empty scene: what each block of the picture looks like when nobody is in it. Pure.

A block is learnt from samples over minutes, in which nobody was detected and nothing moved there. So people whom the
detector misses are not in it: they move, or sway while they stand.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.snapshot.block_samples import BlockMask, Blocks, BlockSamples, difference, to_blocks
from edge_worker.snapshot.image import limit_width
from edge_worker.snapshot.parameters import EmptySceneParameters
from edge_worker.video.frame import Box, Image

PROBES = 3
"""Frames of an attempt."""
SQUARE_BLOCKS = 2
"""Side in blocks of a square of one colour, where the scene is not known: at most 20 of them along the picture, so that
a person of half its height is at most ten squares high, without face, gait or print on a shirt."""
MIN_BLOCKS_FOR_GAIN = 20
AVERAGED_ATTEMPTS = 12


class EmptyScene:
    """Learns the empty scene of one view of a camera.

    Keeps one picture of at most 1280 pixels width and the samples of its cells: 2 MB at 640 × 480, 4 MB at 1280 × 720.

    Args:
        image: The first frame, height × width × 3, BGR; the others must have its size.
        parameters: The thresholds.

    Attributes:
        has_changed: Most of what was learnt looks different for a minute, because the camera was turned or the light
            was switched off. Start again with another `EmptyScene`.
    """

    def __init__(self, image: Image, parameters: EmptySceneParameters | None = None) -> None:
        self._parameters = parameters or EmptySceneParameters()
        self.has_changed = False
        height, width = image.shape[:2]
        blocks = self._parameters.grid_cells / self._parameters.block_cells / max(height, width)
        self._shape = (max(round(height * blocks), 1), max(round(width * blocks), 1))
        self._samples = BlockSamples(*self._shape, self._parameters)
        self._pixels: Image = np.zeros_like(limit_width(image))
        self._cells: npt.NDArray[np.float32] = np.zeros(self._samples.median.shape, np.float32)
        self._known: BlockMask = np.zeros(self._shape, np.bool_)
        self._support_s = np.zeros(self._shape)
        self._occupied: BlockMask = np.zeros(self._shape, np.bool_)
        self._mean = self._colours(self._to_blocks(image))
        self._averaged = 1
        self._probes: list[Blocks] = []
        self._probed_at = self._probe_at = -np.inf
        self._changed_since: float | None = None

    @property
    def coarse_share(self) -> float:
        """Return the share of the picture in which the scene is not known, 0..1."""
        return 1.0 - float(self._known.mean())

    def add(self, image: Image, people: Sequence[Box] | None, t: float) -> None:
        """Learn from a frame. Three frames in five seconds are compared; the others cost next to nothing.

        Args:
            image: The frame.
            people: The boxes of all detected people, in pixels; None if detection failed.
            t: Time of the frame in seconds, which does not decrease.
        """
        self._add_people(image, people)
        if t < self._probe_at:
            return
        if self._probes and t - self._probed_at > self._parameters.max_probe_gap_s:
            self._probes.clear()
        self._probes.append(self._to_blocks(image))
        self._probed_at = t
        if len(self._probes) < PROBES:
            self._probe_at = t + self._parameters.probe_interval_s
            return
        self._learn(image, t)
        self._probes.clear()
        self._occupied[:] = False
        self._probe_at = t + self._parameters.attempt_interval_s

    def picture(self) -> Image:
        """Return the empty scene, at most 1280 pixels wide, with squares of one colour where it is not known."""
        rows, columns = self._shape
        height, width = self._pixels.shape[:2]
        squares = (-(-columns // SQUARE_BLOCKS), -(-rows // SQUARE_BLOCKS))
        coarse = cv2.resize(self._mean, squares, interpolation=cv2.INTER_AREA).round().astype(np.uint8)
        picture = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_NEAREST)
        return np.asarray(cv2.copyTo(self._pixels, self._in_pixels(self._known), picture), np.uint8)

    # -- internal ----------------------------------------------------------------------------------------------------

    def _add_people(self, image: Image, people: Sequence[Box] | None) -> None:
        """Mark the blocks in which somebody is seen, with a margin, until the next attempt has ended."""
        if people is None:
            self._occupied[:] = True
            return
        (rows, columns), (height, width) = self._shape, image.shape[:2]
        for x1, y1, x2, y2 in people:
            mx, my = (x2 - x1) * self._parameters.person_margin, (y2 - y1) * self._parameters.person_margin
            left, right = (x1 - mx) * columns / width, (x2 + mx) * columns / width
            top, bottom = (y1 - my) * rows / height, (y2 + my) * rows / height
            self._occupied[
                max(int(np.floor(top)), 0) : max(int(np.ceil(bottom)), 0),
                max(int(np.floor(left)), 0) : max(int(np.ceil(right)), 0),
            ] = True

    def _learn(self, image: Image, t: float) -> None:
        """Sample the free blocks, and learn those that have been stable for minutes."""
        first, second, newest = self._probes
        tolerance = self._tolerance(second, newest)
        moving = (
            (difference(first, second) > tolerance)
            | (difference(second, newest) > tolerance)
            | (difference(first, newest) > tolerance)
        )
        moving = cv2.dilate(moving.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
        self._add_to_mean(newest)
        gain = self._gain(newest)
        newest = np.asarray(cv2.convertScaleAbs(newest, alpha=1 / gain), np.uint8)
        self.has_changed = self._looks_different(newest, t, tolerance)
        taken = self._samples.add(newest, ~(moving | self._occupied), t, tolerance)
        stable = taken & self._samples.stable()
        if stable.any():
            pixels = np.asarray(cv2.convertScaleAbs(limit_width(image), alpha=1 / gain), np.uint8)
            self._vote(pixels, newest, stable, tolerance)

    def _vote(self, pixels: Image, newest: Blocks, stable: BlockMask, tolerance: float) -> None:
        """Strengthen the stable blocks that are as learnt, weaken the others, and learn those without support.

        The content that was there for the longest time remains (the majority vote of Boyer and Moore).
        """
        parameters = self._parameters
        median = self._samples.median
        as_learnt = self._known & (difference(median, self._cells) <= tolerance)
        self._support_s += parameters.sample_interval_s * (stable & as_learnt)
        self._support_s -= parameters.sample_interval_s * (stable & self._known & ~as_learnt)
        np.minimum(self._support_s, parameters.max_support_s, out=self._support_s)
        # The pixels are those of this frame, so it must show what the median shows.
        shown = stable & (difference(newest, median) <= tolerance)
        learnt = shown & (~self._known | (self._support_s < 0))
        followed = shown & as_learnt & ~learnt
        blended = cv2.addWeighted(self._pixels, 1 - parameters.blend, pixels, parameters.blend, 0)
        cv2.copyTo(blended, self._in_pixels(followed), self._pixels)
        cv2.copyTo(pixels, self._in_pixels(learnt), self._pixels)
        self._cells[followed] += parameters.blend * (newest[followed] - self._cells[followed])
        self._cells[learnt] = newest[learnt]
        self._support_s[learnt] = parameters.samples * parameters.sample_interval_s
        self._known |= learnt

    def _looks_different(self, newest: Blocks, t: float, tolerance: float) -> bool:
        """Return whether most of the learnt blocks have looked different for some time."""
        if not self._known.any():
            return False
        is_different = difference(newest, self._cells) > tolerance
        if is_different[self._known].mean() <= self._parameters.changed_share:
            self._changed_since = None
            return False
        if self._changed_since is None:
            self._changed_since = t
        return t - self._changed_since >= self._parameters.changed_s

    def _gain(self, blocks: Blocks) -> float:
        """Return how much brighter the frame is than the samples: the exposure, or a cloud."""
        sampled = self._samples.sampled()
        if sampled.sum() < MIN_BLOCKS_FOR_GAIN:
            return 1.0
        ratio = (blocks[sampled].astype(np.float32) + 1) / (self._samples.median[sampled].astype(np.float32) + 1)
        return float(np.clip(np.median(ratio), 0.5, 2.0))

    def _tolerance(self, first: Blocks, second: Blocks) -> float:
        """Return by how much two cells of the same thing may differ: most of the picture shows nobody who moves."""
        noise = float(np.median(difference(first, second)))
        parameters = self._parameters
        return float(np.clip(parameters.noise_factor * noise, parameters.min_tolerance, parameters.max_tolerance))

    def _add_to_mean(self, blocks: Blocks) -> None:
        """Average the colour of each block over about a minute, so that people who pass are not in it."""
        self._averaged = min(self._averaged + 1, AVERAGED_ATTEMPTS)
        self._mean += (self._colours(blocks) - self._mean) / self._averaged

    def _colours(self, blocks: Blocks) -> npt.NDArray[np.float32]:
        colours: npt.NDArray[np.float32] = blocks.reshape(*self._shape, -1, 3).mean(axis=2, dtype=np.float32)
        return colours

    def _to_blocks(self, image: Image) -> Blocks:
        return to_blocks(image, *self._shape, self._parameters.block_cells)

    def _in_pixels(self, mask: BlockMask) -> npt.NDArray[np.uint8]:
        height, width = self._pixels.shape[:2]
        return np.asarray(cv2.resize(mask.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST), np.uint8)
