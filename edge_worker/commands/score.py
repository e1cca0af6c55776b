"""Compare the count of a clip, or of all clips in a folder, with the labelled crossings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from edge_worker.commands import Subparsers
from edge_worker.commands.count import add_model_options

if TYPE_CHECKING:
    from edge_worker.evaluation.score import Score

BELOW_THRESHOLD = 1
"""The exit code when precision or recall is below the required value."""


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the command."""
    parser = subparsers.add_parser("score", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("clip", type=Path, metavar="CLIP|FOLDER", help="a labelled clip, or a folder of them")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="ground truth of one clip (<clip>.truth.json)")
    parser.add_argument("--line", metavar="AX,AY,BX,BY", help="use this line instead of the labelled one")
    parser.add_argument("--anchor", choices=("center", "foot"), help="use this anchor instead of the labelled one")
    parser.add_argument("--tolerance", type=float, metavar="S", help="seconds (the labelled value, or 1)")
    parser.add_argument("--min-recall", type=float, default=0.0, metavar="R", help="0..1; exit 1 below")
    parser.add_argument("--min-precision", type=float, default=0.0, metavar="P", help="0..1; exit 1 below")
    add_model_options(parser)
    parser.add_argument("--json", metavar="FILE", help="write the scores as JSON; - for stdout, instead of the table")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import json
    import sys

    from edge_worker.errors import UsageError
    from edge_worker.evaluation.report import details, document, table
    from edge_worker.evaluation.score import total_score

    for name in ("min_recall", "min_precision"):
        if not 0 <= getattr(arguments, name) <= 1:
            raise UsageError(f"--{name.replace('_', '-')} is a share between 0 and 1, not {getattr(arguments, name):g}")
    clips = _clips(arguments.clip, arguments.truth)
    scores = [(clip.name, _score_clip(clip, truth, arguments)) for clip, truth in clips]
    if arguments.json != "-":
        print(table(scores))
    text = json.dumps(document(scores), indent=2)
    if arguments.json == "-":
        print(text)
    elif arguments.json:
        Path(arguments.json).write_text(text + "\n")
    for name, score in scores:
        for line in details(name, score):
            print(line, file=sys.stderr)
    overall = total_score([score for _, score in scores])
    is_below = overall.recall < arguments.min_recall or overall.precision < arguments.min_precision
    if is_below:
        print(
            f"metrica-edge: precision {overall.precision:.1%} and recall {overall.recall:.1%} are below "
            f"{arguments.min_precision:.1%} and {arguments.min_recall:.1%}",
            file=sys.stderr,
        )
    return BELOW_THRESHOLD if is_below else 0


def _clips(path: Path, truth: Path | None) -> list[tuple[Path, Path]]:
    """Return the clips, each with its ground truth file."""
    from edge_worker.errors import UsageError
    from edge_worker.evaluation.ground_truth import ground_truth_path
    from edge_worker.video.address import checked_file

    if not path.is_dir():
        clip = checked_file(str(path))
        return [(clip, truth or ground_truth_path(clip))]
    if truth is not None:
        raise UsageError("--truth needs a single clip; the clips of a folder each have <clip>.truth.json beside them")
    clips = sorted(
        clip
        for clip in path.iterdir()
        if clip.is_file() and clip.suffix.lower() not in (".json", ".md", ".txt") and ground_truth_path(clip).is_file()
    )
    if not clips:
        raise UsageError(f"no clip in {path} has a <clip>.truth.json beside it")
    return [(clip, ground_truth_path(clip)) for clip in clips]


def _score_clip(clip: Path, truth_path: Path, arguments: argparse.Namespace) -> Score:
    from edge_worker.counting.line import Anchor, Line
    from edge_worker.evaluation.ground_truth import read_ground_truth
    from edge_worker.evaluation.score import score_crossings
    from edge_worker.pipeline.clip_count import count_clip
    from edge_worker.pipeline.clip_progress import ClipProgress

    truth = read_ground_truth(truth_path)
    with ClipProgress(str(clip), quiet=arguments.quiet) as progress:
        count = count_clip(
            str(clip),
            line=Line.parse(arguments.line) if arguments.line else truth.line,
            anchor=Anchor(arguments.anchor) if arguments.anchor else truth.anchor,
            model=arguments.model,
            backend=arguments.backend,
            threads=arguments.threads,
            on_message=progress.print_message,
            on_frame=[progress.update],
        )
    tolerance = truth.tolerance_s if arguments.tolerance is None else arguments.tolerance
    return score_crossings(count.crossings, truth.crossings, tolerance)
