"""A second box beside somebody who crosses, as a sign of a second person: figures of ``docs/accuracy.md``.

``python -m benchmarks.second_boxes FOLDER`` prints wrong counts (missed + extra) at full / half / a third of the frame
rate, as means over the phases of the thinning: before and after each crossing with such a box has been counted twice.
The rows are of the clips as they are, of the same with noise (`disturbed_clips`), and of pairs (`made_views`). The rule
was not kept, so it is not in the worker.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from pathlib import Path
from statistics import median

import numpy as np

from benchmarks.disturbed_clips import with_box_noise
from benchmarks.edge_counting import group_of
from benchmarks.made_views import Companion, MadeView
from edge_worker.crossing import Crossing
from edge_worker.detection.detector import Detections
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.evaluation.labelled_clips import LabelledClip, find_labelled_clips
from edge_worker.evaluation.recorded_detections import ClipDetections, detect_clip
from edge_worker.evaluation.replay import TrackedFrame, count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import score_crossings
from edge_worker.tracking.association import iou_matrix
from edge_worker.tracking.byte_track import Track

PAIRED_LINES = ("doorway_1", "doorway_2", "kitti_a", "plaza")
COMPANIONS = (Companion(0.25), Companion(0.35, 0.15))
SURE_SCORE = 0.5


@dataclass(frozen=True)
class Rule:
    """When a crossing is that of two people.

    Attributes:
        share: In this share of the pictures there is a second box.
        window_s: The pictures are those up to this long before and after the crossing.
        least_score: Boxes with a lower score are not used.
        least_iou: A second box overlaps that of the person by at least this.
        most_iou: And by at most this.
        size_ratio: The smaller of the two heights is at least this share of the larger.
        distance: Their centres are at least this far apart, in heights of the person.
        beside: Nobody else has a track within this distance, in heights. None to do without this.
    """

    share: float = 0.35
    window_s: float = 1.0
    least_score: float = 0.05
    least_iou: float = 0.2
    most_iou: float = 0.97
    size_ratio: float = 0.6
    distance: float = 0.04
    beside: float | None = 0.6

    def has_second_box(self, person: Track, tracks: Sequence[Track], found: Detections) -> bool:
        """Return whether a box that belongs to no track overlaps that of a person.

        Args:
            person: The person.
            tracks: All tracks of the frame.
            found: What the detector found in it.
        """
        usable = found.scores >= self.least_score
        boxes = found.boxes[usable].astype(np.float64)
        if not len(boxes):
            return False
        is_free = np.ones(len(boxes), bool)
        is_free[iou_matrix(np.array([track.box for track in tracks]), boxes).argmax(axis=1)] = False
        box = np.array(person.box)
        height, heights = box[3] - box[1], boxes[:, 3] - boxes[:, 1]
        apart = (boxes[:, :2] + boxes[:, 2:] - box[:2] - box[2:]) / 2
        overlap = iou_matrix(box[None], boxes)[0]
        is_second = (
            is_free
            & (overlap >= self.least_iou)
            & (overlap <= self.most_iou)
            & (np.minimum(height, heights) >= self.size_ratio * np.maximum(height, heights))
            & (np.hypot(apart[:, 0], apart[:, 1]) >= self.distance * height)
        )
        return bool(is_second.any())

    def is_pair(self, crossing: Crossing, frames: Sequence[TrackedFrame], found: dict[int, Detections]) -> bool:
        """Return whether two people have crossed instead of one.

        Args:
            crossing: What was counted.
            frames: The tracks of all frames.
            found: What the detector found, by the index of the frame.
        """
        seen = second = 0
        for frame in frames:
            person = next((track for track in frame.tracks if track.tracker_id == crossing.tracker_id), None)
            if person is None or abs(frame.media_s - crossing.t) > self.window_s:
                continue
            if self.beside is not None and any(
                _distance(person, other) <= self.beside for other in frame.tracks if other is not person
            ):
                return False
            seen += 1
            second += self.has_second_box(person, frame.tracks, found[frame.index])
        return second >= max(3.0, self.share * seen)


def _distance(person: Track, other: Track) -> float:
    """Return the distance of the centres of two boxes, in heights of the first one."""
    (ax1, ay1, ax2, ay2), (bx1, by1, bx2, by2) = person.box, other.box
    return hypot(ax1 + ax2 - bx1 - bx2, ay1 + ay2 - by1 - by2) / 2 / (ay2 - ay1)


def wrong_counts(detections: ClipDetections, truth: GroundTruth, rule: Rule) -> list[tuple[float, float]]:
    """Return missed + extra crossings at each rate, as means over the phases: without and with the rule."""
    cells = []
    for every in RATES:
        before = after = 0
        for phase in detections.phases(every):
            frames = track_detections(phase)
            found = {frame.index: frame.detections for frame in phase.frames}
            counted = count_tracks(frames, phase.size, truth.line, truth.anchor)
            pairs = [crossing for crossing in counted if rule.is_pair(crossing, frames, found)]
            before += _wrong(counted, truth)
            after += _wrong([*counted, *pairs], truth)
        cells.append((before / every, after / every))
    return cells


def _wrong(counted: Sequence[Crossing], truth: GroundTruth) -> int:
    score = score_crossings(counted, truth.crossings, truth.tolerance_s)
    return score.wrong


def pairs_of(clip: LabelledClip, name: str, folder: Path) -> Iterator[tuple[str, ClipDetections, GroundTruth]]:
    """Yield what was found in each clip of pairs that is made of a line, with its name and its labels.

    Args:
        clip: The labelled clip.
        name: One of its lines.
        folder: Keeps the detections.
    """
    truth, original = dict(clip.truths)[name], detect_clip(clip.path, folder=folder)
    heights = [
        float(box[3] - box[1])
        for frame in original.frames
        for box, score in zip(frame.detections.boxes, frame.detections.scores, strict=True)
        if score >= SURE_SCORE
    ]
    for companion in COMPANIONS:
        view = MadeView(companion)
        with tempfile.TemporaryDirectory() as temporary:
            made = view.write(clip.path, Path(temporary) / f"{clip.path.stem}.avi", truth, median(heights))
            label = f"{name}, pairs {companion.along:g} apart, {companion.across:g} ahead"
            yield label, detect_clip(made, folder=folder), view.truth(truth, original.size)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--detections", type=Path, required=True, metavar="FOLDER", help="keep the detections here")
    parser.add_argument("--only", nargs="+", default=(), metavar="LINE", help="only these lines")
    parser.add_argument("--share", type=float, default=Rule().share, help="share of the pictures with a second box")
    parser.add_argument("--anybody", action="store_true", help="also beside somebody who has a track")
    options = parser.parse_args()
    rule = Rule(share=options.share, beside=None if options.anybody else Rule().beside)
    print("| what | crossings | without | with the rule |", "|---|---|---|---|", sep="\n")
    for clip in find_labelled_clips(options.folder):
        for name, truth in clip.truths:
            if group_of(name) == "overhead" or name not in (options.only or (name,)):
                continue
            detections = detect_clip(clip.path, folder=options.detections)
            _print(name, detections, truth, rule)
            _print(f"{name}, noise", with_box_noise(detections), truth, rule)
            if name in PAIRED_LINES:
                for label, made, made_truth in pairs_of(clip, name, options.detections):
                    _print(label, made, made_truth, rule)


def _print(label: str, detections: ClipDetections, truth: GroundTruth, rule: Rule) -> None:
    cells = wrong_counts(detections, truth, rule)
    columns = (" / ".join(f"{cell[column]:.1f}" for cell in cells) for column in (0, 1))
    print(f"| {label} | {len(truth.crossings)} | {' | '.join(columns)} |", flush=True)


if __name__ == "__main__":
    main()
