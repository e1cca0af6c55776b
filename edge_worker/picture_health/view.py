"""Comparison of a camera's view with its calibrated view. Pure."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

import cv2
import numpy as np
import numpy.typing as npt

from edge_worker.picture_health.edge_map import (
    EdgeMap,
    GreyPicture,
    contrast,
    edge_map,
    find_displacement,
    grey_picture,
    sharpness,
    similarity,
)
from edge_worker.picture_health.parameters import ViewParameters
from edge_worker.video.frame import Image

TILES = (8, 6)
"""Columns and rows of tiles."""
MIN_TILE_STRENGTH = 0.05
"""A tile of the calibrated view with a smaller mean strength of the edges is a blank wall, and says nothing."""


class ViewProblem(StrEnum):
    """Why the view differs from the calibrated one."""

    DARK = "dark"
    WASHED_OUT = "washed_out"
    COVERED = "covered"
    OUT_OF_FOCUS = "out_of_focus"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class CalibratedView:
    """The view for which the counting line was drawn. It contains edges only, no picture.

    Attributes:
        edges: The mean edge map.
        sharpness: The mean sharpness.
    """

    edges: EdgeMap
    sharpness: float


class ViewMonitor:
    """Learns the calibrated view and finds out whether the camera still shows it.

    Args:
        view: The calibrated view; None to learn it from the next pictures.
        parameters: The thresholds.

    Attributes:
        view: The calibrated view; None while it is learnt.
        problem: What is wrong; None if nothing is, or before the first comparison.
        detail: How far the view has moved, such as ``shifted by 5 % of the width``; empty if that is not known.
        has_compared: Whether there was any comparison.
    """

    def __init__(self, view: CalibratedView | None = None, parameters: ViewParameters | None = None) -> None:
        self.parameters = parameters or ViewParameters()
        self.view = view
        self.problem: ViewProblem | None = None
        self.detail = ""
        self.has_compared = False
        self._recent: deque[tuple[GreyPicture, EdgeMap]] = deque(maxlen=self.parameters.recent_samples)
        self._calibration: tuple[EdgeMap, float, int] | None = None
        self._compared_at: float | None = None
        self._latest: ViewProblem | None = None
        self._repeats = 0

    def add(self, image: Image, t: float) -> None:
        """Process a picture; about one a second is enough.

        Args:
            image: The frame, height × width × 3, BGR.
            t: Its time in seconds; later than the previous one.
        """
        grey = grey_picture(image)
        edges = edge_map(grey)
        if self._recent and self._recent[-1][1].shape != edges.shape:
            self._recent.clear()
        self._recent.append((grey, edges))
        if self.view is None:
            self._calibrate(grey, edges)
        if self._compared_at is None:
            self._compared_at = t
        if t - self._compared_at >= self.parameters.compare_every_s:
            self._compared_at = t
            self._conclude(*self._compare())

    # -- internal ------------------------------------------------------------------------------------------------------

    def _calibrate(self, grey: GreyPicture, edges: EdgeMap) -> None:
        """Add a picture to the calibrated view, unless it shows nothing."""
        dark, bright = contrast(grey)
        if bright - dark < self.parameters.min_contrast:
            return
        if self._calibration is None or self._calibration[0].shape != edges.shape:
            self._calibration = (np.zeros_like(edges), 0.0, 0)
        total, sharp, count = self._calibration
        total, sharp, count = total + edges, sharp + sharpness(grey), count + 1
        self._calibration = (total, sharp, count)
        if count >= self.parameters.calibration_samples:
            self.view = CalibratedView(np.asarray(total / count, np.complex64), sharp / count)
            self._calibration = None

    def _compare(self) -> tuple[ViewProblem | None, str]:
        """Return what is wrong with the recent pictures, and how far the view has moved."""
        problem = self._missing_contrast()
        if problem is not None or self.view is None:
            return problem, ""
        edges = np.mean([edges for _, edges in self._recent], axis=0).astype(np.complex64)
        if edges.shape != self.view.edges.shape:
            return ViewProblem.MOVED, "another shape of the picture"
        same = similarity(self.view.edges, edges)
        if same >= self.parameters.same_view:
            return None, ""
        if self._is_covered(self.view.edges, edges):
            return ViewProblem.COVERED, ""
        return self._displaced(self.view, edges, same)

    def _missing_contrast(self) -> ViewProblem | None:
        levels = np.median([contrast(grey) for grey, _ in self._recent], axis=0)
        dark, bright = float(levels[0]), float(levels[1])
        if bright - dark >= self.parameters.min_contrast:
            return None
        if bright < self.parameters.dark_below:
            return ViewProblem.DARK
        return ViewProblem.WASHED_OUT if dark > self.parameters.bright_above else ViewProblem.COVERED

    def _displaced(self, view: CalibratedView, edges: EdgeMap, same: float) -> tuple[ViewProblem | None, str]:
        """Return how a view that has changed differs: moved, out of focus, or only by its light.

        Args:
            view: The calibrated view.
            edges: The mean edge map of the recent pictures.
            same: Their similarity.
        """
        found = find_displacement(view.edges, edges)
        least = max(self.parameters.moved_similarity, same + self.parameters.moved_gain)
        if found.similarity >= least and found.is_larger_than(self.parameters.min_shift):
            return ViewProblem.MOVED, str(found)
        sharp = float(np.median([sharpness(grey) for grey, _ in self._recent]))
        if same < self.parameters.blurred_view and sharp < self.parameters.min_sharpness * view.sharpness:
            return ViewProblem.OUT_OF_FOCUS, ""
        return ViewProblem.MOVED if same < self.parameters.other_view else None, ""

    def _is_covered(self, calibrated: EdgeMap, edges: EdgeMap) -> bool:
        before, now = _tiles(calibrated), _tiles(edges)
        has_edges = before > MIN_TILE_STRENGTH
        if not has_edges.any():
            return False
        strength = now[has_edges] / before[has_edges]
        lost = strength < self.parameters.lost_tile
        lost_share = float(lost.mean())
        if lost_share >= self.parameters.lost_share:
            return True
        kept = float(np.median(strength[~lost])) if not lost.all() else 0.0
        return lost_share >= self.parameters.lost_share_bright and kept >= self.parameters.kept_strength

    def _conclude(self, problem: ViewProblem | None, detail: str) -> None:
        """Report a problem that was found several times in a row, and end it likewise."""
        self._repeats = self._repeats + 1 if problem is self._latest else 1
        self._latest = problem
        needed = self.parameters.leave_after if problem is None else self.parameters.enter_after
        if self._repeats >= needed:
            self.problem, self.detail = problem, detail
        self.has_compared = True


def _tiles(edges: EdgeMap) -> npt.NDArray[np.float32]:
    strength = np.abs(edges).astype(np.float32)
    return np.asarray(cv2.resize(strength, TILES, interpolation=cv2.INTER_AREA), np.float32)
