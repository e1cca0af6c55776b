"""Compares the count of a clip, or of all clips of a folder, with its known crossings."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from edge_worker.commands import Subparsers
from edge_worker.commands.count import add_model_options

if TYPE_CHECKING:
    from edge_worker.scoring.score import Score

BELOW = 1
"""The exit code when precision or recall is below what was asked for."""


def add_parser(subparsers: Subparsers) -> None:
    parser = subparsers.add_parser("score", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("clip", type=Path, metavar="CLIP|FOLDER", help="a clip, or a folder of clips with their truth")
    parser.add_argument("--truth", type=Path, metavar="FILE", help="of one clip; <clip>.truth.json unless said")
    parser.add_argument("--line", metavar="AX,AY,BX,BY", help="another line than the truth's")
    parser.add_argument("--anchor", choices=("center", "foot"), help="another anchor than the truth's")
    parser.add_argument("--tolerance", type=float, metavar="S", help="seconds (the truth's, else 1)")
    parser.add_argument("--min-recall", type=float, default=0.0, metavar="R", help="0..1; exit 1 below")
    parser.add_argument("--min-precision", type=float, default=0.0, metavar="P", help="0..1; exit 1 below")
    add_model_options(parser)
    parser.add_argument("--json", metavar="FILE", help="write the scores as JSON; - for stdout, instead of the table")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    import json
    import sys

    from edge_worker.errors import UsageError
    from edge_worker.scoring.report import details, document, table, total

    for name in ("min_recall", "min_precision"):
        if not 0 <= getattr(arguments, name) <= 1:
            raise UsageError(f"--{name.replace('_', '-')} is a share between 0 and 1, not {getattr(arguments, name):g}")
    scores = [(clip.name, _scored(clip, truth, arguments)) for clip, truth in _clips(arguments.clip, arguments.truth)]
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
    together = total([score for _, score in scores])
    below = together.recall < arguments.min_recall or together.precision < arguments.min_precision
    if below:
        print(
            f"metrica-edge: precision {together.precision:.1%} and recall {together.recall:.1%} are below "
            f"{arguments.min_precision:.1%} and {arguments.min_recall:.1%}",
            file=sys.stderr,
        )
    return BELOW if below else 0


def _clips(path: Path, truth: Path | None) -> list[tuple[Path, Path]]:
    """Clips with their truth."""
    from edge_worker.errors import UsageError
    from edge_worker.scoring.truth import truth_beside
    from edge_worker.video.address import checked_file

    if not path.is_dir():
        clip = checked_file(str(path))
        return [(clip, truth or truth_beside(clip))]
    if truth is not None:
        raise UsageError("--truth belongs to one clip; in a folder each clip has <clip>.truth.json beside it")
    clips = sorted(
        clip
        for clip in path.iterdir()
        if clip.is_file() and clip.suffix.lower() not in (".json", ".md", ".txt") and truth_beside(clip).is_file()
    )
    if not clips:
        raise UsageError(f"no clip in {path} has a <clip>.truth.json beside it")
    return [(clip, truth_beside(clip)) for clip in clips]


def _scored(clip: Path, truth_path: Path, arguments: argparse.Namespace) -> Score:
    from edge_worker.counting.line import Anchor, Line
    from edge_worker.pipeline.clip_count import count_clip
    from edge_worker.pipeline.clip_progress import ClipProgress
    from edge_worker.scoring.score import score
    from edge_worker.scoring.truth import read_truth

    truth = read_truth(truth_path)
    with ClipProgress(str(clip), quiet=arguments.quiet) as progress:
        counted = count_clip(
            str(clip),
            line=Line.parse(arguments.line) if arguments.line else truth.line,
            anchor=Anchor(arguments.anchor) if arguments.anchor else truth.anchor,
            model=arguments.model,
            backend=arguments.backend,
            threads=arguments.threads,
            say=progress.say,
            on_frame=[progress.update],
        )
    tolerance = truth.tolerance_s if arguments.tolerance is None else arguments.tolerance
    return score(counted.crossings, truth.crossings, tolerance)
