"""ByteTrack: associates every detection, high scores first, then low scores."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from edge_worker.detection.detector import Detections
from edge_worker.tracking import kalman
from edge_worker.tracking.association import Boxes, Indices, assign, contained_share, iou_matrix, suppress_duplicates
from edge_worker.tracking.standing_height import WIDTHS_PER_HEIGHT
from edge_worker.video.frame import Box

LONGEST_STEP_S = 0.4
"""A longer time between two frames is a pause of the camera, after which nobody is looked for further away."""


@dataclass(frozen=True, slots=True)
class TrackerParameters:
    """Thresholds of `ByteTrack` (Zhang et al., ByteTrack, ECCV 2022; arXiv 2110.06864).

    Attributes:
        high_score: Detections with at least this score are matched first and may start a track.
        low_score: Detections with at least this score may continue a track (a half hidden person); below is noise.
        new_score: Lowest score of a detection that starts a track.
        match_cost: First association: the largest 1 − IoU × score.
        low_match_cost: Second association, of low detections to tracks that are still unmatched: the largest 1 − IoU.
        confirm_cost: The largest 1 − IoU × score between a new track and the detection that confirms it.
        confirm_hits: Detections until a track is confirmed as a person. A single detection may be a flicker.
        confirm_window_s: Seconds for which a new track that is not observed waits for its next detection. At any frame
            rate the next frame may confirm it. A track that starts inside the box of another person waits for the next
            frame only: a second box on one person flickers.
        confirm_overlap: A track starts inside the box of another person if at least this share of the smaller of the
            two boxes lies in the larger.
        start_speed: How fast people may walk whose velocity is not known yet, in heights per second. Their boxes are
            enlarged before they are compared, by the way between two frames: at a low frame rate the boxes of one
            person do not overlap. 0 compares the boxes as they are.
        velocity_hits: Detections after which the velocity of a track is known.
        memory_s: Seconds for which a track that is not observed is kept.
        duplicate_iou: Of two detections that overlap more, the weaker is dropped. An NMS-free head sometimes answers
            twice, and a second track on one person is a second crossing.
    """

    high_score: float = 0.3
    low_score: float = 0.12
    new_score: float = 0.3
    match_cost: float = 0.85
    low_match_cost: float = 0.55
    confirm_cost: float = 0.8
    confirm_hits: int = 2
    confirm_window_s: float = 0.25
    confirm_overlap: float = 0.5
    start_speed: float = 1.0
    velocity_hits: int = 4
    memory_s: float = 1.5
    duplicate_iou: float = 0.6


@dataclass(frozen=True, slots=True)
class FirstDetection:
    """The detection with which a track began.

    Attributes:
        box: The box as detected.
        t: Time of its frame, in seconds.
    """

    box: Box
    t: float


@dataclass(frozen=True, slots=True)
class Track:
    """A confirmed track that was observed in this frame.

    Attributes:
        tracker_id: At least 1. Used for one track only within a run.
        box: The box as detected, not as predicted.
        score: Confidence of the detection, 0..1.
        first: Where the track began, in the frame that confirms it; None in later ones.
    """

    tracker_id: int
    box: Box
    score: float
    first: FirstDetection | None = None


class PredictedBoxes(NamedTuple):
    """The boxes of all tracks as predicted for a frame, with the margins of `iou_matrix`."""

    boxes: Boxes
    margins: npt.NDArray[np.float64]


class ByteTrack:
    """Follows people from frame to frame.

    The state is one row per track in parallel arrays, so a frame costs a few NumPy calls whatever the number of people.

    Args:
        parameters: The thresholds.
    """

    def __init__(self, parameters: TrackerParameters | None = None) -> None:
        self.parameters = parameters or TrackerParameters()
        self._next_id = 1
        self.reset()

    def reset(self) -> None:
        """Remove all tracks. Later ids continue after those already used."""
        self._mean: kalman.State = np.empty((0, 4, 2))
        self._covariance: kalman.State = np.empty((0, 4, 3))
        self._ids = np.empty(0, np.int64)
        self._hits = np.empty(0, np.int64)
        self._began_at = np.empty(0)
        self._observed_at = np.empty(0)
        self._lost = np.empty(0, bool)
        self._confirm_window_s = np.empty(0)
        self._now: float | None = None

    @property
    def track_count(self) -> int:
        """Return the number of tracks, including lost and unconfirmed ones."""
        return len(self._ids)

    def update(self, detections: Detections, t: float) -> list[Track]:
        """Process a frame and return the confirmed tracks that were observed in it, ordered by id.

        Args:
            detections: The detections of the frame.
            t: Time of the frame in seconds; later than the previous frame.
        """
        parameters = self.parameters
        if not len(detections) and not len(self._ids):
            self._now = t
            return []
        boxes = detections.boxes.astype(np.float64)
        scores = detections.scores.astype(np.float64)
        usable = scores >= parameters.low_score
        boxes, scores = boxes[usable], scores[usable]
        kept = suppress_duplicates(boxes, scores, parameters.duplicate_iou)
        boxes, scores = boxes[kept], scores[kept]
        margins = self._predict(t)

        high = np.flatnonzero(scores >= parameters.high_score)
        low = np.flatnonzero(scores < parameters.high_score)
        predicted = PredictedBoxes(_to_corners(self._mean[..., 0]), margins)
        matches: list[tuple[int, int]] = []

        confirmed = self._hits >= parameters.confirm_hits
        rows = np.flatnonzero(confirmed)
        matches += _match(predicted, rows, boxes, high, scores, parameters.match_cost)
        rows = _without(rows, [row for row, _ in matches])
        rows = rows[~self._lost[rows]]
        matches += _match(predicted, rows, boxes, low, None, parameters.low_match_cost)
        high = _without(high, [column for _, column in matches])
        matches += _match(predicted, np.flatnonzero(~confirmed), boxes, high, scores, parameters.confirm_cost)
        high = _without(high, [column for _, column in matches])

        has_one = self._hits == 1
        self._correct(matches, boxes, t)
        observed = {row: column for row, column in matches if self._hits[row] >= parameters.confirm_hits}
        tracks = []
        for row, column in observed.items():
            # The predicted box of a track with one detection is that one, because nothing is known of its velocity.
            first = FirstDetection(_box(predicted.boxes[row]), float(self._began_at[row])) if has_one[row] else None
            tracks.append(Track(int(self._ids[row]), _box(boxes[column]), float(scores[column]), first))
        self._remove_lost(t)
        new = boxes[high[scores[high] >= parameters.new_score]]
        is_inside = contained_share(new, boxes[list(observed.values())]) >= parameters.confirm_overlap
        self._start(new, t, np.where(is_inside, 0.0, parameters.confirm_window_s))
        return sorted(tracks, key=lambda track: track.tracker_id)

    def _predict(self, t: float) -> npt.NDArray[np.float64]:
        """Predict all tracks, and return the margins of their boxes in pixels."""
        elapsed_s = 0.0 if self._now is None else max(t - self._now, 1e-3)
        self._now = t
        if len(self._ids):
            # The height of a lost track stays as it is.
            self._mean[self._lost, 3, 1] = 0.0
            self._mean, self._covariance = kalman.predict(self._mean, self._covariance, elapsed_s)
        # Half of the way on each of the two boxes.
        heights = self._mean[:, 3, 0] * np.maximum(1.0, WIDTHS_PER_HEIGHT * self._mean[:, 2, 0])
        way = self.parameters.start_speed * min(elapsed_s, LONGEST_STEP_S) * heights / 2
        return np.where(self._hits < self.parameters.velocity_hits, way, 0.0)

    def _correct(self, matches: list[tuple[int, int]], boxes: Boxes, t: float) -> None:
        self._lost[:] = True
        if not matches:
            return
        rows, columns = (np.array(indices) for indices in zip(*matches, strict=True))
        measured = _to_centres(boxes[columns])
        self._mean[rows], self._covariance[rows] = kalman.correct(self._mean[rows], self._covariance[rows], measured)
        self._hits[rows] += 1
        self._observed_at[rows] = t
        self._lost[rows] = False

    def _remove_lost(self, t: float) -> None:
        """Remove tracks that were lost for too long, and new tracks that were not confirmed in time."""
        confirmed = self._hits >= self.parameters.confirm_hits
        unobserved_s = t - self._observed_at
        is_waiting = confirmed | ~self._lost | (unobserved_s <= self._confirm_window_s)
        keep = (unobserved_s <= self.parameters.memory_s) & is_waiting
        if not keep.all():
            self._mean, self._covariance = self._mean[keep], self._covariance[keep]
            self._ids, self._hits = self._ids[keep], self._hits[keep]
            self._began_at = self._began_at[keep]
            self._observed_at, self._lost = self._observed_at[keep], self._lost[keep]
            self._confirm_window_s = self._confirm_window_s[keep]

    def _start(self, boxes: Boxes, t: float, confirm_window_s: npt.NDArray[np.float64]) -> None:
        count = len(boxes)
        if not count:
            return
        mean, covariance = kalman.initiate(_to_centres(boxes))
        self._mean = np.concatenate([self._mean, mean])
        self._covariance = np.concatenate([self._covariance, covariance])
        self._ids = np.concatenate([self._ids, np.arange(self._next_id, self._next_id + count)])
        self._hits = np.concatenate([self._hits, np.ones(count, np.int64)])
        self._began_at = np.concatenate([self._began_at, np.full(count, t)])
        self._observed_at = np.concatenate([self._observed_at, np.full(count, t)])
        self._lost = np.concatenate([self._lost, np.zeros(count, bool)])
        self._confirm_window_s = np.concatenate([self._confirm_window_s, confirm_window_s])
        self._next_id += count


def _match(  # noqa: PLR0917 - private, and its arguments are one association step
    predicted: PredictedBoxes,
    rows: Indices,
    boxes: Boxes,
    columns: Indices,
    scores: npt.NDArray[np.float64] | None,
    limit: float,
) -> list[tuple[int, int]]:
    """Return pairs (track row, detection index) whose 1 − IoU (× score) is within the limit."""
    if not len(rows) or not len(columns):
        return []
    similarity = iou_matrix(predicted.boxes[rows], boxes[columns], predicted.margins[rows])
    if scores is not None:
        similarity = similarity * scores[columns][None]
    return [(int(rows[r]), int(columns[c])) for r, c in assign(1 - similarity, limit)]


def _box(values: Boxes) -> Box:
    x1, y1, x2, y2 = (float(value) for value in values)
    return x1, y1, x2, y2


def _without(indices: Indices, matched: list[int]) -> Indices:
    if not matched:
        return indices
    taken = set(matched)  # `np.isin` takes ten times as long for so few.
    return np.array([index for index in indices.tolist() if index not in taken], np.intp)


def _to_centres(boxes: Boxes) -> kalman.State:
    """Convert boxes (x1, y1, x2, y2) to (cx, cy, w/h, h)."""
    size = np.maximum(boxes[:, 2:] - boxes[:, :2], 1e-3)
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    return np.column_stack([centre, size[:, 0] / size[:, 1], size[:, 1]])


def _to_corners(state: npt.NDArray[np.float64]) -> Boxes:
    """Convert boxes (cx, cy, w/h, h) to (x1, y1, x2, y2)."""
    height = np.maximum(state[:, 3], 1e-3)
    half = np.column_stack([np.maximum(state[:, 2], 1e-3) * height, height]) / 2
    return np.concatenate([state[:, :2] - half, state[:, :2] + half], axis=1)
