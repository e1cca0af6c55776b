"""Wrong counts on the labelled clips at full, half and a third of the frame rate, beside those of peers.

The detector sees each clip once. Its detections are counted for every line and every rate: by the worker, with the
trackers of Ultralytics under our counter (`tracker_peers`), and with their tracks and the counters of peers
(`counter_peers`). ``python -m benchmarks.edge_counting FOLDER`` prints these rows alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.counter_peers import count_with_line_zone, count_with_object_counter
from benchmarks.from_above import with_late_labels
from benchmarks.row import Row, at_most, figure
from benchmarks.tracker_peers import TRACKERS, track_with_ultralytics, with_box_heights
from edge_worker.crossing import Crossing
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.evaluation.labelled_clips import find_labelled_clips
from edge_worker.evaluation.line_score import LineScore
from edge_worker.evaluation.look_of_clip import look_of_clip
from edge_worker.evaluation.recorded_detections import detect_clip
from edge_worker.evaluation.replay import TrackedFrame, count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import score_crossings, total_score
from edge_worker.overhead.parameters import tracker_parameters
from edge_worker.overhead.view import View
from edge_worker.pipeline.clip_look import Look

OVERHEAD = ("busdoor_2", "busdark")
"""Lines seen from straight above, which a detector trained on COCO hardly knows."""
CLIPS = ("doorway_1", "doorway_2", "doorway_6", "plaza")
"""The lines on which the parameters were chosen first."""
GROUPS = ("clips", "views", "overhead")
LIMITS = {("clips", 1): 0, ("views", 1): 2, ("views", 2): 3, ("views", 3): 4}
"""Largest number of wrong counts of a group of lines, per rate."""
LINE_ZONE_TRACKER = "bytetrack"
LINE_ZONE_THRESHOLDS = (1, 3)
"""Frames for which LineZone wants to see a person on the other side: its default, and one against jitter."""


def group_of(name: str) -> str:
    """Return the group of a line by the name of its truth file: ``clips``, ``views`` (ordinary) or ``overhead``."""
    return "clips" if name in CLIPS else "overhead" if name in OVERHEAD else "views"


def rows(clips: Path, detections_folder: Path | None = None) -> list[Row]:
    """Return the wrong counts of all labelled clips in a folder and below it.

    Our counts are those of the view and the region that are found out from each clip; peers get the picture as it is.

    Args:
        clips: The folder.
        detections_folder: Keeps the detections; None to keep nothing.
    """
    ours: list[LineScore] = []
    peers: dict[str, list[LineScore]] = {}
    for clip in find_labelled_clips(clips):
        print(f"benchmarks: count {clip.path.name}", file=sys.stderr, flush=True)
        detections = detect_clip(clip.path, folder=detections_folder)
        truths = [(name, with_late_labels(name, truth)) for name, truth in clip.truths]
        looks = {name: look_of_clip(clip.path, truth.line, truth.anchor, detections) for name, truth in truths}
        seen = {
            name: detect_clip(
                clip.path,
                above_line=truth.line if looks[name].view is View.ABOVE else None,
                region=looks[name].region,
                folder=detections_folder,
            )
            for name, truth in truths
            if looks[name] != Look()
        }
        for every in RATES:
            peer_tracks = {name: track_with_ultralytics(detections, name, every) for name in TRACKERS}
            for name, truth in truths:
                view = looks[name].view
                tracks = track_detections(seen.get(name, detections), step=every, tracker=tracker_parameters(view))
                counted = count_tracks(tracks, detections.size, truth.line, view.anchor(truth.anchor))
                ours.append(LineScore(name, every, score_crossings(counted, truth.crossings, truth.tolerance_s)))
                for peer, crossings in _count_with_peers(peer_tracks, detections.size, truth):
                    score = score_crossings(crossings, truth.crossings, truth.tolerance_s)
                    peers.setdefault(peer, []).append(LineScore(name, every, score))
    return [
        *_wrong_counts("edge", ours, LIMITS),
        *(row for peer, scores in peers.items() for row in _wrong_counts(f"edge_{peer}", scores, {})),
    ]


def _count_with_peers(
    peer_tracks: Mapping[str, Sequence[TrackedFrame]], size: tuple[int, int], truth: GroundTruth
) -> Iterator[tuple[str, list[Crossing]]]:
    """Yield the name of each peer and its crossings; the name of a tracker alone stands for it under our counter."""
    for tracker, tracks in peer_tracks.items():
        yield tracker, count_tracks(with_box_heights(tracks), size, truth.line, truth.anchor)
        yield f"object_counter_{tracker}", count_with_object_counter(tracks, size, truth)
    for threshold in LINE_ZONE_THRESHOLDS:
        crossings = count_with_line_zone(peer_tracks[LINE_ZONE_TRACKER], size, truth, threshold)
        yield f"line_zone_{threshold}", crossings


def _wrong_counts(prefix: str, scores: Sequence[LineScore], limits: Mapping[tuple[str, int], int]) -> list[Row]:
    """Return a row per rate for each group of lines."""
    found = []
    for name in GROUPS:
        group = [one for one in scores if group_of(one.name) == name]
        for every, rate in RATES.items():
            score = total_score([one.score for one in group if one.every == every])
            wrong = score.wrong
            note = f"{len(score.missed)} missed, {len(score.extra)} extra of {score.labelled}; {rate}"
            limit = limits.get((name, every))
            metric = f"{prefix}_{name}_wrong_{every}"
            found.append(figure(metric, wrong, "", note) if limit is None else at_most(metric, wrong, limit, "", note))
    return found


def main() -> None:
    """Print the rows."""
    from benchmarks.__main__ import table

    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--detections", type=Path, metavar="FOLDER", help="keep the detections here")
    arguments = parser.parse_args()
    print(table(rows(arguments.folder, arguments.detections)))


if __name__ == "__main__":
    main()
