"""Save a picture of the scene, in which people are not blurred, with a grid and the line, to choose a line from.

People are not blurred in this picture, unlike in the snapshots that the worker sends. It also marks the positions of
people. It stays on this machine: keep it in the store, and delete it when the line has been chosen.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from edge_worker.commands import UNBLURRED, Subparsers
from edge_worker.commands.count import add_counting_options


def add_parser(subparsers: Subparsers) -> None:
    """Add the parser of the command."""
    parser = subparsers.add_parser("calibrate", help=(__doc__ or "").splitlines()[0], description=__doc__)
    parser.add_argument("source", metavar="FILE|URL", help="a video file, a stream, or a webcam such as 0")
    parser.add_argument(
        "--out",
        type=Path,
        default=Path("calibration.jpg"),
        metavar="FILE",
        help="the picture, with people unblurred (calibration.jpg)",
    )
    parser.add_argument("--seconds", type=float, default=20.0, metavar="S", help="seconds of video to observe (20)")
    add_counting_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Run the command and return its exit code."""
    import sys

    from edge_worker.annotation.calibration import observe, write_image
    from edge_worker.counting.line import Anchor, Line
    from edge_worker.errors import UsageError
    from edge_worker.pipeline.opening import open_pipeline

    line = Line.parse(arguments.line) if arguments.line else Line.mid_height()
    anchor = Anchor(arguments.anchor or Anchor.FOOT)
    if arguments.out.suffix.lower() not in (".jpg", ".jpeg", ".png"):
        raise UsageError(f"--out writes a picture, and {arguments.out} does not end in .jpg or .png")
    print(UNBLURRED.format(path=arguments.out), file=sys.stderr)
    pipeline = open_pipeline(
        arguments.source,
        line=line,
        anchor=anchor,
        model=arguments.model,
        backend=arguments.backend,
        device=arguments.device,
        threads=arguments.threads,
        on_message=lambda message: print(message, file=sys.stderr),
    )
    try:
        observed = observe(pipeline, anchor, arguments.seconds)
    finally:
        pipeline.close()
    write_image(observed, line, arguments.out)
    print(f"{arguments.out}: {observed.people} people in {observed.seconds:.0f} s, {observed.crossings} crossings")
    print("crosses mark the anchors of people; read the ends of a line from the grid: --line ax,ay,bx,by")
    return 0
