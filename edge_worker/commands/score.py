"""Compare the count of a clip, or of all clips in a folder, with the labelled crossings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from edge_worker.commands import Subparsers
from edge_worker.commands.count import add_model_options, add_view_option

if TYPE_CHECKING:
    from edge_worker.evaluation.labelled_clips import LabelledClip
    from edge_worker.evaluation.line_score import LineScore
    from edge_worker.evaluation.recorded_detections import ClipDetections

BELOW_THRESHOLD = 1
"""The exit code when precision or recall is below the required value."""


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the command."""
    parser = subparsers.add_parser("score", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument(
        "clip", type=Path, metavar="CLIP|FOLDER", help="a labelled clip, or a folder of them, also below it"
    )
    parser.add_argument(
        "--truth",
        type=Path,
        metavar="FILE",
        action="append",
        default=[],
        help="ground truth of one clip, once per line (all *.truth.json beside the clip that name it)",
    )
    parser.add_argument(
        "--every",
        metavar="N[,N…]",
        default="1",
        help="use every N-th frame; 1,2,3 scores full, half and a third of the frame rate (1)",
    )
    parser.add_argument(
        "--detections", type=Path, metavar="FOLDER", help="keep the detections here and use them again (not kept)"
    )
    parser.add_argument("--line", metavar="AX,AY,BX,BY", help="use this line instead of the labelled one")
    parser.add_argument("--anchor", choices=("center", "foot"), help="use this anchor instead of the labelled one")
    parser.add_argument("--tolerance", type=float, metavar="S", help="seconds (the labelled value, or 1)")
    parser.add_argument(
        "--offset", type=float, default=0.0, metavar="S", help="add S seconds to the labels of one clip that are early"
    )
    parser.add_argument("--min-recall", type=float, default=0.0, metavar="R", help="0..1; exit 1 below")
    parser.add_argument("--min-precision", type=float, default=0.0, metavar="P", help="0..1; exit 1 below")
    add_view_option(parser)
    add_model_options(parser)
    parser.add_argument("--json", metavar="FILE", help="write the scores as JSON; - for stdout, instead of the table")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import json
    import sys

    from edge_worker.errors import UsageError
    from edge_worker.evaluation.labelled_clips import find_labelled_clips
    from edge_worker.evaluation.report import details, document, intervals, offsets, table

    for name in ("min_recall", "min_precision"):
        if not 0 <= getattr(arguments, name) <= 1:
            raise UsageError(f"--{name.replace('_', '-')} is a share between 0 and 1, not {getattr(arguments, name):g}")
    if arguments.offset and arguments.clip.is_dir():
        raise UsageError("--offset needs a single clip: the labels of others are not early or late by the same time")
    steps = _steps(arguments.every)
    clips = find_labelled_clips(arguments.clip, arguments.truth)
    scores = [one for clip in clips for one in _score_clip(clip, steps, arguments)]
    if arguments.json != "-":
        print(table(scores))
        print(*intervals(scores), *offsets(scores), sep="\n")
    text = json.dumps(document(scores), indent=2)
    if arguments.json == "-":
        print(text)
    elif arguments.json:
        Path(arguments.json).write_text(text + "\n")
    for one in scores:
        for line in details(one):
            print(line, file=sys.stderr)
    is_below = [_is_below(scores, step, arguments) for step in steps]
    return BELOW_THRESHOLD if any(is_below) else 0


def _steps(text: str) -> list[int]:
    from edge_worker.errors import UsageError

    try:
        steps = [int(part) for part in text.split(",")]
    except ValueError:
        steps = []
    if not steps or min(steps) < 1:
        raise UsageError(
            f"--every is {text!r}: give whole numbers from 1 on, such as 1,2,3 for all frames, every "
            "second one and every third one"
        )
    return sorted(set(steps))


def _is_below(scores: list[LineScore], every: int, arguments: argparse.Namespace) -> bool:
    """Return whether precision or recall at a rate is below the required value, and say so."""
    import sys

    from edge_worker.evaluation.report import RATES
    from edge_worker.evaluation.score import total_score

    overall = total_score([one.score for one in scores if one.every == every])
    is_below = bool(overall.recall < arguments.min_recall or overall.precision < arguments.min_precision)
    if is_below:
        print(
            f"metrica-edge: at {RATES.get(every, f'1/{every} of the rate')}, precision {overall.precision:.1%} and "
            f"recall {overall.recall:.1%} are not at least {arguments.min_precision:.1%} and "
            f"{arguments.min_recall:.1%}",
            file=sys.stderr,
        )
    return is_below


def _score_clip(clip: LabelledClip, steps: list[int], arguments: argparse.Namespace) -> list[LineScore]:
    """Return the scores of all lines of a clip at all rates, from one pass of the detector for each view."""
    from edge_worker.counting.line import Anchor, Line
    from edge_worker.detection.detector import Backend
    from edge_worker.evaluation.label_offset import find_label_offset, moved
    from edge_worker.evaluation.line_score import LineScore
    from edge_worker.evaluation.look_of_clip import look_of_clip
    from edge_worker.evaluation.recorded_detections import detect_clip
    from edge_worker.evaluation.replay import count_tracks, track_detections
    from edge_worker.evaluation.score import score_crossings
    from edge_worker.overhead.parameters import tracker_parameters
    from edge_worker.overhead.view import View
    from edge_worker.pipeline.clip_look import Look
    from edge_worker.pipeline.clip_progress import ClipProgress

    model = {name: getattr(arguments, name) for name in ("model", "backend", "device", "threads")}
    # The motion backend has no view.
    asked = View.SIDE if arguments.backend == Backend.MOTION else View(arguments.view or View.AUTO)

    def detect(look: Look, line: Line) -> ClipDetections:
        with ClipProgress(str(clip.path), quiet=arguments.quiet) as progress:
            if look != Look() and asked is View.AUTO:
                progress.print_message(f"{clip.path.name}: {look.message}")
            return detect_clip(
                clip.path,
                **model,
                above_line=line if look.view is View.ABOVE else None,
                region=look.region,
                folder=arguments.detections,
                on_message=progress.print_message,
                on_frame=progress.update_detection,
            )

    scores = []
    plain: ClipDetections | None = None
    for name, truth in clip.truths:
        line = Line.parse(arguments.line) if arguments.line else truth.line
        anchor = Anchor(arguments.anchor) if arguments.anchor else truth.anchor
        tolerance = truth.tolerance_s if arguments.tolerance is None else arguments.tolerance
        look = Look(View.ABOVE) if asked is View.ABOVE else Look()
        if look.view is View.SIDE:
            plain = plain or detect(look, line)
        if asked is View.AUTO and plain is not None:
            look = look_of_clip(clip.path, line, anchor, plain, **model)
        detections = plain if look == Look() and plain is not None else detect(look, line)
        for step in steps:
            tracks = track_detections(detections, step=step, tracker=tracker_parameters(look.view))
            counted = count_tracks(tracks, detections.size, line, look.view.anchor(anchor))
            labelled = moved(truth.crossings, arguments.offset)
            score = score_crossings(counted, labelled, tolerance)
            offset = find_label_offset(counted, labelled, tolerance)
            scores.append(LineScore(name, step, score, moved_s=arguments.offset, offset=offset))
    return scores
