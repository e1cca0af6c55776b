"""ByteTrack: every detection box is associated, the strong ones first, then the weak ones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from edge_worker.detection.detections import Detections
from edge_worker.tracking import kalman
from edge_worker.tracking.association import Boxes, assign, iou_matrix, suppress_duplicates
from edge_worker.tracking.policy import TrackerPolicy
from edge_worker.tracking.track import Track

Rows = npt.NDArray[np.intp]


class ByteTrack:
    """Follows people from frame to frame.

    State is one row per track in parallel arrays, so that a frame costs a few NumPy calls however many people there
    are.
    """

    def __init__(self, policy: TrackerPolicy | None = None) -> None:
        self.policy = policy or TrackerPolicy()
        self._next_id = 1
        self.forget()

    def forget(self) -> None:
        """Starts anew with nobody known; ids go on from where they were."""
        self._mean: kalman.State = np.empty((0, 4, 2))
        self._covariance: kalman.State = np.empty((0, 4, 3))
        self._ids = np.empty(0, np.int64)
        self._hits = np.empty(0, np.int64)
        self._seen_at = np.empty(0)
        self._missed = np.empty(0, bool)
        self._now: float | None = None

    @property
    def remembered(self) -> int:
        """How many tracks there are, also those that are unseen or not yet confirmed."""
        return len(self._ids)

    def update(self, detections: Detections, t: float) -> list[Track]:
        """The confirmed tracks observed in this frame.

        Args:
            detections: Of this frame.
            t: Its moment in seconds; later than that of the frame before.
        """
        policy = self.policy
        boxes = detections.boxes.astype(np.float64)
        scores = detections.scores.astype(np.float64)
        usable = scores >= policy.low_score
        boxes, scores = boxes[usable], scores[usable]
        kept = suppress_duplicates(boxes, scores, policy.duplicate_iou)
        boxes, scores = boxes[kept], scores[kept]
        self._predict(t)

        high = np.flatnonzero(scores >= policy.high_score)
        low = np.flatnonzero(scores < policy.high_score)
        predicted = _corners(self._mean[..., 0])
        matches: list[tuple[int, int]] = []

        confirmed = self._hits >= policy.confirm_hits
        rows = np.flatnonzero(confirmed)
        matches += _match(predicted, rows, boxes, high, scores, policy.match_cost)
        rows = _left(rows, [row for row, _ in matches])
        rows = rows[~self._missed[rows]]
        matches += _match(predicted, rows, boxes, low, None, policy.low_match_cost)
        high = _left(high, [column for _, column in matches])
        matches += _match(predicted, np.flatnonzero(~confirmed), boxes, high, scores, policy.confirm_cost)
        high = _left(high, [column for _, column in matches])

        self._apply(matches, boxes, t)
        seen = {row: column for row, column in matches if self._hits[row] >= policy.confirm_hits}
        tracks = [self._track(row, boxes[column], scores[column]) for row, column in seen.items()]
        self._retire(t)
        self._begin(boxes[high[scores[high] >= policy.new_score]], t)
        return sorted(tracks, key=lambda track: track.tracker_id)

    def _predict(self, t: float) -> None:
        if self._now is not None and len(self._ids):
            # A person who is not seen does not keep growing or shrinking.
            self._mean[self._missed, 3, 1] = 0.0
            self._mean, self._covariance = kalman.predicted(self._mean, self._covariance, max(t - self._now, 1e-3))
        self._now = t

    def _apply(self, matches: list[tuple[int, int]], boxes: Boxes, t: float) -> None:
        self._missed[:] = True
        if not matches:
            return
        rows, columns = (np.array(part) for part in zip(*matches, strict=True))
        measured = _centres(boxes[columns])
        self._mean[rows], self._covariance[rows] = kalman.corrected(self._mean[rows], self._covariance[rows], measured)
        self._hits[rows] += 1
        self._seen_at[rows] = t
        self._missed[rows] = False

    def _retire(self, t: float) -> None:
        """Forgets tracks unseen for too long, and those not confirmed by the very next frame."""
        confirmed = self._hits >= self.policy.confirm_hits
        keep = (t - self._seen_at <= self.policy.memory_s) & (confirmed | ~self._missed)
        if not keep.all():
            self._mean, self._covariance = self._mean[keep], self._covariance[keep]
            self._ids, self._hits = self._ids[keep], self._hits[keep]
            self._seen_at, self._missed = self._seen_at[keep], self._missed[keep]

    def _begin(self, boxes: Boxes, t: float) -> None:
        count = len(boxes)
        if not count:
            return
        mean, covariance = kalman.initial(_centres(boxes))
        self._mean = np.concatenate([self._mean, mean])
        self._covariance = np.concatenate([self._covariance, covariance])
        self._ids = np.concatenate([self._ids, np.arange(self._next_id, self._next_id + count)])
        self._hits = np.concatenate([self._hits, np.ones(count, np.int64)])
        self._seen_at = np.concatenate([self._seen_at, np.full(count, t)])
        self._missed = np.concatenate([self._missed, np.zeros(count, bool)])
        self._next_id += count

    def _track(self, row: int, box: Boxes, score: float) -> Track:
        x1, y1, x2, y2 = (float(value) for value in box)
        return Track(int(self._ids[row]), (x1, y1, x2, y2), float(score))


def _match(  # noqa: PLR0917 - private, and its six arguments are one row of ByteTrack's table
    predicted: Boxes,
    rows: Rows,
    boxes: Boxes,
    columns: Rows,
    scores: npt.NDArray[np.float64] | None,
    limit: float,
) -> list[tuple[int, int]]:
    """Pairs (track row, detection index) whose 1 − IoU (× score) is within the limit."""
    if not len(rows) or not len(columns):
        return []
    likeness = iou_matrix(predicted[rows], boxes[columns])
    if scores is not None:
        likeness = likeness * scores[columns][None]
    return [(int(rows[r]), int(columns[c])) for r, c in assign(1 - likeness, limit)]


def _left(indices: Rows, taken: list[int]) -> Rows:
    return indices[~np.isin(indices, taken)] if taken else indices


def _centres(boxes: Boxes) -> kalman.State:
    """(cx, cy, w/h, h) of (x1, y1, x2, y2)."""
    size = np.maximum(boxes[:, 2:] - boxes[:, :2], 1e-3)
    centre = (boxes[:, :2] + boxes[:, 2:]) / 2
    return np.column_stack([centre, size[:, 0] / size[:, 1], size[:, 1]])


def _corners(state: npt.NDArray[np.float64]) -> Boxes:
    """(x1, y1, x2, y2) of (cx, cy, w/h, h)."""
    height = np.maximum(state[:, 3], 1e-3)
    half = np.column_stack([np.maximum(state[:, 2], 1e-3) * height, height]) / 2
    return np.concatenate([state[:, :2] - half, state[:, :2] + half], axis=1)
