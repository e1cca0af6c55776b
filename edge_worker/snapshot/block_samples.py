"""The samples of each block over minutes, and whether they agree. Pure."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.snapshot.parameters import EmptySceneParameters
from edge_worker.video.frame import Image

Blocks = npt.NDArray[np.uint8]
"""The cells of a frame by block: rows × columns × values, where the values are the BGR colours of the block's cells."""
BlockMask = npt.NDArray[np.bool_]
"""A truth value for each block: rows × columns."""

_NEIGHBOURS = np.ones((3, 3), np.uint8)


class BlockSamples:
    """Keeps the newest samples of each block and their median.

    Each block has its own times: a busy block is sampled when it is free.

    Args:
        rows: Blocks from top to bottom.
        columns: Blocks from left to right.
        parameters: The thresholds.

    Attributes:
        median: The median of the samples of each block, value by value.
    """

    def __init__(self, rows: int, columns: int, parameters: EmptySceneParameters) -> None:
        values = 3 * parameters.block_cells**2
        self._parameters = parameters
        self._samples = np.zeros((parameters.samples, rows, columns, values), np.uint8)
        self._count = np.zeros((rows, columns), np.int64)
        self._sampled_at = np.full((rows, columns), -np.inf)
        self._agrees = np.zeros((rows, columns), np.bool_)
        self.median: Blocks = np.zeros((rows, columns, values), np.uint8)

    def add(self, blocks: Blocks, free: BlockMask, t: float, tolerance: float) -> BlockMask:
        """Take a sample of each block that is free and due, and return which ones those are.

        Args:
            blocks: The cells of the frame.
            free: The blocks in which nobody is seen and nothing moves.
            t: Time of the frame in seconds.
            tolerance: The largest difference between two samples that agree, grey levels.
        """
        taken: BlockMask = free & (t - self._sampled_at >= self._parameters.sample_interval_s)
        new = taken & (self._count == 0)
        self._samples[:, new] = blocks[new]  # the median of one sample is that sample
        rows, columns = np.nonzero(taken)
        self._samples[self._count[rows, columns] % self._parameters.samples, rows, columns] = blocks[rows, columns]
        self._count[rows, columns] += 1
        self._sampled_at[rows, columns] = t
        samples = self._samples[:, rows, columns]
        middle = self._parameters.samples // 2
        median = np.partition(samples, middle, axis=0)[middle]
        self.median[rows, columns] = median
        agreeing = np.mean(difference(samples, median) <= tolerance, axis=0)
        self._agrees[rows, columns] = agreeing >= self._parameters.agreeing_share
        return taken

    def sampled(self) -> BlockMask:
        """Return the blocks that have any sample."""
        sampled: BlockMask = self._count > 0
        return sampled

    def stable(self) -> BlockMask:
        """Return the blocks that have all samples, agree, and are not beside or within blocks that do not agree.

        The outline of a person who stands is not stable, but a plain coat within it is.
        """
        complete = self._count >= self._parameters.samples
        restless = cv2.dilate((complete & ~self._agrees).astype(np.uint8), _NEIGHBOURS)
        outlines, _ = cv2.findContours(restless, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
        cv2.drawContours(restless, outlines, -1, 1, cv2.FILLED)
        stable: BlockMask = complete & self._agrees & (restless == 0)
        return stable


def to_blocks(image: Image, rows: int, columns: int, cells: int) -> Blocks:
    """Return the cells of a frame by block.

    Args:
        image: The frame, height × width × 3.
        rows: Blocks from top to bottom.
        columns: Blocks from left to right.
        cells: Side of a block in cells.
    """
    grid = cv2.resize(image, (columns * cells, rows * cells), interpolation=cv2.INTER_AREA)
    return np.asarray(grid, np.uint8).reshape(rows, cells, columns, cells, 3).swapaxes(1, 2).reshape(rows, columns, -1)


def difference(first: npt.NDArray[np.generic], second: npt.NDArray[np.generic]) -> npt.NDArray[np.float32]:
    """Return the largest difference of any value of a block (the last axis)."""
    distance: npt.NDArray[np.float32] = np.abs(np.subtract(first, second, dtype=np.float32)).max(axis=-1, initial=0)
    return distance
