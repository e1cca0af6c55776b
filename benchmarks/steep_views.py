"""Wrong counts of people in pairs, and by the tilt of the camera: two tables of ``docs/accuracy.md``.

``python -m benchmarks.steep_views FOLDER`` prints both. The clips are made of the labelled ones (`made_views`). Each
cell is the wrong counts (missed + extra) at full / half / a third of the frame rate, with what was missed at the full
rate in brackets.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.made_views import Companion, MadeView, Tilt
from edge_worker.counting.line import Anchor
from edge_worker.evaluation.ground_truth import GroundTruth
from edge_worker.evaluation.labelled_clips import LabelledClip, find_labelled_clips
from edge_worker.evaluation.look_of_clip import look_of_clip
from edge_worker.evaluation.recorded_detections import ClipDetections, detect_clip
from edge_worker.evaluation.replay import count_tracks, track_detections
from edge_worker.evaluation.report import RATES
from edge_worker.evaluation.score import Score, score_crossings
from edge_worker.overhead.parameters import tracker_parameters
from edge_worker.overhead.view import View
from edge_worker.pipeline.clip_look import Look

LINES = ("doorway_1", "doorway_2", "stadtmitte_a", "campus_a", "kitti_a", "plaza")
"""Lines of cameras that stand still. One line of each clip: companions walk beside one."""
PAIRED_LINES = ("doorway_1", "doorway_2", "kitti_a", "plaza")
COMPANIONS = (Companion(0.12), Companion(0.25), Companion(0.4), Companion(0.35, 0.15))
TILTS = (0.0, 30.0, 50.0, 60.0, 70.0)
SURE_SCORE = 0.5
"""The height of people in a clip is the median of the boxes with at least this score."""


@dataclass(frozen=True)
class Measured:
    """The counts of one line of a made clip.

    Attributes:
        name: The line.
        crossings: The number of crossings.
        seen: How the model looked at the clip.
        whole: The scores at each rate in whole pictures, as they are.
        found: The scores with that look.
    """

    name: str
    crossings: int
    seen: Look
    whole: tuple[Score, ...]
    found: tuple[Score, ...]


def measure(clip: LabelledClip, name: str, view: MadeView, detections: Path | None) -> Measured:
    """Return the counts of a line in a clip made of it.

    Args:
        clip: The labelled clip.
        name: One of its lines.
        view: What is changed.
        detections: Keeps the detections of the clip as it is and of the made one; None keeps nothing.
    """
    truth = dict(clip.truths)[name]
    original = detect_clip(clip.path, folder=detections)
    heights = [
        float(box[3] - box[1])
        for frame in original.frames
        for box, score in zip(frame.detections.boxes, frame.detections.scores, strict=True)
        if score >= SURE_SCORE
    ]
    with tempfile.TemporaryDirectory() as folder:
        made = view.write(clip.path, Path(folder) / f"{clip.path.stem}.avi", truth, median(heights))
        made_truth = view.truth(truth, original.size)
        whole = detect_clip(made, folder=detections)
        look = look_of_clip(made, made_truth.line, made_truth.anchor, whole)
        seen = whole
        if look != Look():
            above_line = made_truth.line if look.view is View.ABOVE else None
            seen = detect_clip(made, above_line=above_line, region=look.region, folder=detections)
    return Measured(
        name,
        len(made_truth.crossings),
        look,
        tuple(scores(whole, made_truth, View.SIDE)),
        tuple(scores(seen, made_truth, look.view)),
    )


def scores(detections: ClipDetections, truth: GroundTruth, view: View) -> Iterator[Score]:
    """Yield the score at each rate."""
    anchor: Anchor = view.anchor(truth.anchor)
    for every in RATES:
        tracks = track_detections(detections, step=every, tracker=tracker_parameters(view))
        counted = count_tracks(tracks, detections.size, truth.line, anchor)
        yield score_crossings(counted, truth.crossings, truth.tolerance_s)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="labelled clips")
    parser.add_argument("--detections", type=Path, metavar="FOLDER", help="keep the detections here")
    parser.add_argument("--only", nargs="+", default=(), metavar="LINE", help="only these lines")
    parser.add_argument("--tilts", nargs="*", type=float, default=TILTS, metavar="DEGREES", help="none for no table")
    parser.add_argument("--no-pairs", action="store_true", help="without the table of pairs")
    arguments = parser.parse_args()
    lines = [
        (clip, name)
        for clip in find_labelled_clips(arguments.folder)
        for name, _ in clip.truths
        if name in (arguments.only or LINES)
    ]
    print("| what is made | line (crossings) | whole pictures | found out | |", "|---|---|---|---|---|", sep="\n")
    views = [(f"tilted by {degrees:g}°", MadeView(tilt=Tilt(degrees))) for degrees in arguments.tilts]
    if not arguments.no_pairs:
        views += [
            (f"pairs, {one.along:g} heights apart" + (f", {one.across:g} ahead" if one.across else ""), MadeView(one))
            for one in COMPANIONS
        ]
    for label, view in views:
        for clip, name in lines:
            if view.companion is None or name in PAIRED_LINES:
                print(_row(label, measure(clip, name, view, arguments.detections)), flush=True)


def _row(label: str, result: Measured) -> str:
    seen = result.seen
    how = "region" if seen.region is not None else str(seen.view)
    cells = [_cell(scores) for scores in (result.whole, result.found)]
    return f"| {label} | {result.name} ({result.crossings}) | {' | '.join(cells)} | {how} |"


def _cell(scores: tuple[Score, ...]) -> str:
    wrong = " / ".join(str(score.wrong) for score in scores)
    return f"{wrong} ({len(scores[0].missed)})"


if __name__ == "__main__":
    main()
